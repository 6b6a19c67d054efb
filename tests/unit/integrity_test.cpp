#include <gtest/gtest.h>

#include "core/tools/base64.h"
#include "core/tools/pack_text.h"
#include "core/tools/sha2.h"

namespace candor::tools {
namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (std::uint8_t byte : sha384(bytes))
    for (int digit : {byte >> 4, byte & 15}) out += "0123456789abcdef"[digit];
  return out;
}

// RFC 4648, section 10.
TEST(Base64, FollowsTheRfc) {
  for (const auto& [plain, text] : std::vector<std::pair<const char*, const char*>>{{"", ""},
                                                                                    {"f", "Zg=="},
                                                                                    {"fo", "Zm8="},
                                                                                    {"foo", "Zm9v"},
                                                                                    {"foob", "Zm9vYg=="},
                                                                                    {"fooba", "Zm9vYmE="},
                                                                                    {"foobar", "Zm9vYmFy"}})
    EXPECT_EQ(base64(plain), text);
  EXPECT_EQ(base64(std::string_view("\xff\xfe\x00", 3)), "//4A");
}

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes + "CNDR\n\"\\#$%~ tail";
}

/// As the text is read in a page.
std::string bytes_of(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool leads = c == '#' || c == '$';
    const int follower = leads ? static_cast<unsigned char>(text[++at]) : 0;
    bytes += static_cast<char>(c == '%' ? 0 : leads ? follower + (c == '#' ? 92 : 184) : c);
  }
  return bytes;
}

TEST(PackText, HoldsEveryByteInPrintableAscii) {
  const std::string text = pack_text(all_bytes());
  for (char c : text) EXPECT_TRUE(c >= ' ' && c <= '~') << static_cast<int>(c);
  EXPECT_EQ(bytes_of(text), all_bytes());
  EXPECT_EQ(pack_text(std::string_view("CNDR\1\0", 6)), "CNDR$I%");
  EXPECT_EQ(pack_literal("a\"b\\c"), R"("a\"b\\c")");
}

// FIPS 180-4 examples (NIST, SHA384.pdf) and the empty message.
TEST(Sha384, FollowsFips180) {
  EXPECT_EQ(hex(""),
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b");
  EXPECT_EQ(hex("abc"),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqr"
                "stnopqrstu"),
            "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039");
  EXPECT_EQ(hex(std::string(1'000'000, 'a')),
            "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985");
}

TEST(Sha384, PadsEveryLengthAroundABlock) {
  std::string text;
  std::string previous;
  for (int i = 0; i < 300; ++i, text += 'x') {
    const std::string now = hex(text);
    EXPECT_NE(now, previous) << i;
    previous = now;
  }
  EXPECT_EQ(integrity("abc"), "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
}

}  // namespace
}  // namespace candor::tools

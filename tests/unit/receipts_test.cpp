/// @file Files of receipts: what holds, and every way in which one can be broken.
#include "core/tools/receipts.h"

#include <gtest/gtest.h>

#include <map>

#include "core/compiler/codes.h"
#include "core/tools/canonical.h"
#include "core/tools/host.h"
#include "core/tools/sha2.h"

namespace candor::tools {
namespace {

using compiler::Issues;

std::string canonical(std::string_view text) {
  Issues issues;
  const auto json = compiler::read_json(text, {}, issues);
  EXPECT_TRUE(json) << text;
  return json ? canonical_json(*json).value_or("refused") : "";
}

// FIPS 180-4 examples (NIST, SHA256.pdf), the empty message, and a million times `a`.
TEST(Sha256, FollowsFips180) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PadsEveryLengthAroundABlock) {
  std::map<std::string, int> seen;
  for (int i = 0; i < 200; ++i)
    EXPECT_TRUE(seen.emplace(sha256_hex(std::string(static_cast<std::size_t>(i), 'x')), i).second);
  // Made with `printf x%.0s {1..n} | sha256sum`: 55 bytes are the most that fit one block with their length.
  EXPECT_EQ(sha256_hex(std::string(55, 'x')), "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072");
}

// RFC 8785, 3.2.2 and 3.2.3, without its fractions.
TEST(Canonical, FollowsRfc8785) {
  EXPECT_EQ(canonical("{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\", \"literals\": [null, "
                      "true, false]}"),
            "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  EXPECT_EQ(
      canonical(
          "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\","
          "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
          "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}"),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
      "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  EXPECT_EQ(canonical(R"(["\b\t\n\f\r\u000b\u007f"])"), "[\"\\b\\t\\n\\f\\r\\u000b\x7f\"]");
  EXPECT_EQ(canonical("[0, -0, 1.0, 1e2, -9007199254740991]"), "[0,0,1,100,-9007199254740991]");
  EXPECT_EQ(canonical("[1.5]"), "refused");
  EXPECT_EQ(canonical("[9007199254740993]"), "refused");
  EXPECT_EQ(canonical(R"({"b": {"b": 1, "a": 2}, "a": [], "aa": {}})"), R"({"a":[],"aa":{},"b":{"a":2,"b":1}})");
}

/// Writes lines as the widget does.
class Writer {
 public:
  std::string line(const std::string& chain, const std::string& more = R"("type":"shown")") {
    auto& [seq, prev] = heads_[chain];
    std::string text =
        sealed("\"v\":1,\"chain\":\"" + chain + "\",\"seq\":" + std::to_string(seq++) +
               ",\"at\":\"2026-11-20T09:00:00Z\",\"prev\":" + (prev.empty() ? "null" : '"' + prev + '"') + ',' + more);
    prev = hash_;
    return text;
  }
  std::string end(const std::string& chain) {
    const auto& [seq, head] = heads_[chain];
    return sealed(R"("v":1,"type":"end","at":"2026-11-20T09:00:00Z","chains":[{"chain":")" + chain +
                  "\",\"count\":" + std::to_string(seq) + ",\"head\":\"" + head + "\"}]");
  }
  const std::string& hash() const { return hash_; }
  /// `{members}` with its hash.
  std::string sealed(const std::string& members) {
    hash_ = sha256_hex(canonical('{' + members + '}'));
    return '{' + members + ",\"hash\":\"" + hash_ + "\"}";
  }

 private:
  std::map<std::string, std::pair<int, std::string>> heads_;
  std::string hash_;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

/// `code line N: …` of each thing that is wrong, without the message.
std::vector<std::string> wrong(const std::vector<std::string>& lines) {
  Issues issues;
  verify_receipts(joined(lines), issues);
  std::vector<std::string> found;
  for (const auto& issue : issues)
    found.push_back(issue.code + (issue.message.rfind("line ", 0) == 0
                                      ? ' ' + issue.message.substr(0, issue.message.find(':'))
                                      : ""));
  return found;
}

using Found = std::vector<std::string>;

class Receipts : public testing::Test {
 protected:
  Receipts() {
    for (int i = 0; i < 4; ++i) lines.push_back(writer.line("a"));
    lines.push_back(writer.end("a"));
  }
  Writer writer;
  std::vector<std::string> lines;
};

TEST_F(Receipts, Hold) {
  Issues issues;
  const ReceiptFile file = verify_receipts(joined(lines), issues);
  EXPECT_TRUE(issues.empty());
  ASSERT_EQ(file.chains.size(), 1u);
  EXPECT_EQ(file.lines, 5u);
  EXPECT_EQ(file.chains[0].count, 4u);
  EXPECT_TRUE(file.chains[0].ends_here);
}

TEST_F(Receipts, MayBeWrittenAnewByAServer) {
  const std::string& line = lines[0];
  lines[0] = "{ \"hash\" : " + line.substr(line.find("\"hash\":") + 7, 66) + ", " +
             line.substr(1, line.find(",\"hash\"") - 1) + " }\r";
  EXPECT_EQ(wrong(lines), Found{});
}

TEST_F(Receipts, OfManyBrowsersStandInOneFile) {
  Writer other;
  lines.insert(lines.begin() + 1, other.line("b"));
  lines.insert(lines.begin() + 3, other.line("b"));
  EXPECT_EQ(wrong(lines), Found{"unsealed"});
}

TEST_F(Receipts, AnAlteredOneIsFound) {
  const std::size_t at = lines[1].find("shown");
  lines[1].replace(at, 5, "never");
  EXPECT_EQ(wrong(lines), Found{"altered line 2"});
}

TEST_F(Receipts, OneThatWasWrittenAnewWithItsHashIsFound) {
  Writer forger;
  forger.line("a");
  lines[1] = forger.line("a", R"("type":"removed")");
  EXPECT_EQ(wrong(lines), Found{"altered line 3"});
}

TEST_F(Receipts, ARemovedOneIsFoundWhereverItStood) {
  for (std::size_t i = 0; i < 3; ++i) {
    auto some = lines;
    some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(wrong(some), Found{"removed line " + std::to_string(i + 1)}) << i;
  }
  auto some = lines;
  some.erase(some.begin() + 3);
  EXPECT_EQ(wrong(some), (Found{"removed line 4", "unsealed"}));
}

TEST_F(Receipts, AReorderedOneIsFound) {
  std::swap(lines[1], lines[2]);
  EXPECT_EQ(wrong(lines), Found{"reordered line 3"});
  std::swap(lines[0], lines[3]);
  EXPECT_NE(wrong(lines), Found{});
}

TEST_F(Receipts, ATruncatedLineIsFound) {
  for (std::size_t length = 1; length < lines[3].size(); length += 7) {
    auto some = lines;
    some[3].resize(length);
    EXPECT_EQ(wrong(some), (Found{"bad-json line 4", "removed line 5", "unsealed"})) << length;
  }
}

TEST_F(Receipts, AFileWithoutItsEndIsWarnedOf) {
  for (std::size_t length = 1; length < 5; ++length) {
    auto some = lines;
    some.resize(length);
    EXPECT_EQ(wrong(some), Found{"unsealed"});
  }
  EXPECT_EQ(wrong({}), Found{"bad-receipt"});
}

TEST_F(Receipts, ARepeatedOneIsNoFault) {
  lines.insert(lines.begin() + 2, lines[0]);
  Issues issues;
  verify_receipts(joined(lines), issues);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].code, "repeated");
  EXPECT_FALSE(compiler::has_errors(issues));
}

TEST_F(Receipts, AForkIsFound) {
  Writer other;
  other.line("a");
  lines.insert(lines.begin() + 2, other.line("a", R"("type":"removed")"));
  EXPECT_EQ(wrong(lines), Found{"altered line 3"});
}

TEST_F(Receipts, AreTiedToTheLinesThatTheyFollow) {
  const std::string reference = R"("type":"chosen","after":[{"chain":"b","seq":1,"hash":")";
  Writer other;
  const std::vector<std::string> shown = {other.line("b"), other.line("b")};
  const auto file = [&](const std::string& hash, std::vector<std::string> first) {
    Writer fresh;
    first.push_back(fresh.line("a", reference + hash + "\"}]"));
    first.push_back(fresh.end("a"));
    return first;
  };
  EXPECT_EQ(wrong(file(other.hash(), shown)), Found{"unsealed"});
  EXPECT_EQ(wrong(file(other.hash(), {shown[0]})), (Found{"removed line 2", "unsealed"}));
  EXPECT_EQ(wrong(file(std::string(64, '0'), shown)), (Found{"altered line 3", "unsealed"}));
  EXPECT_EQ(wrong(file(other.hash(), {})), Found{});
}

TEST_F(Receipts, WhatIsNoneIsRefused) {
  for (const char* line : {"7", "[]", "{}", "null", R"({"v":2})", R"({"v":1,"hash":"x"})", R"({"v":1,"v":1})"}) {
    const Found found = wrong({line});
    ASSERT_EQ(found.size(), 1u) << line;
    EXPECT_TRUE(found[0] == "bad-receipt line 1" || found[0] == "duplicate-key line 1") << found[0];
  }
  for (const char* members : {R"("v":1)", R"("v":1,"chain":"a","seq":-1,"at":"x","type":"shown","prev":null)",
                              R"("v":1,"chain":"a","seq":0,"at":"x","type":"shown","prev":"x")",
                              R"("v":1,"chain":"a","seq":0,"at":"x","prev":null)",
                              R"("v":1,"type":"end","chains":[{"chain":"a","count":0,"head":""}])"})
    EXPECT_EQ(wrong({writer.sealed(members)}), Found{"bad-receipt line 1"}) << members;
}

class Memory : public Host {
 public:
  std::string text;
  std::optional<std::string> read(std::string_view path) override {
    if (path != "r.jsonl") return std::nullopt;
    return text;
  }
  std::vector<std::string> list(std::string_view) override { return {}; }
  std::string today() override { return "2026-11-20"; }
};

TEST_F(Receipts, AreVerifiedOnTheCommandLine) {
  Memory host;
  host.text = joined(lines);
  const auto candor = [&](std::vector<std::string> words, std::string_view input = {}) {
    words.insert(words.begin(), "receipts");
    return run(words, input, host);
  };
  const Outcome good = candor({"--verify", "r.jsonl"});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_NE(good.out.find(R"({"type":"success","warnings":[],"value":{"lines":5,"chains":[{"chain":"a","count":4,)"),
            std::string::npos)
      << good.out;
  EXPECT_EQ(candor({"--verify", "-"}, host.text).out, good.out);
  const std::string head = lines[4].substr(lines[4].find("\"head\":") + 8, 64);
  EXPECT_EQ(candor({"--verify", "r.jsonl", "--head", head}).status, 0);
  EXPECT_EQ(candor({"--verify", "r.jsonl", "--head", std::string(64, '0')}).status, 2);
  EXPECT_EQ(candor({"--verify", "none.jsonl"}).status, 2);
  EXPECT_EQ(candor({}).status, 2);

  std::swap(lines[1], lines[2]);
  host.text = joined(lines);
  const Outcome bad = candor({"--verify", "r.jsonl"});
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.err, "candor: r.jsonl#: line 3: number 1 of its chain stands after number 2\n");
  EXPECT_NE(bad.out.find(R"("code":"reordered","path":"","file":"r.jsonl")"), std::string::npos) << bad.out;
}

}  // namespace
}  // namespace candor::tools

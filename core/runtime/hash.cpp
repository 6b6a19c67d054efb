#include "core/runtime/hash.h"

namespace candor::runtime {

std::uint32_t crc32(const std::uint8_t* data, std::uint32_t size) {
  // Sixteen entries, one for each half byte: small, and fast enough for one pass at load.
  static constexpr std::uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                              0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                              0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
  std::uint32_t crc = ~0u;
  for (std::uint32_t i = 0; i < size; ++i) {
    crc = table[(crc ^ data[i]) & 15] ^ crc >> 4;
    crc = table[(crc ^ data[i] >> 4) & 15] ^ crc >> 4;
  }
  return ~crc;
}

void Fingerprint::begin() {
  halves[0] = 2166136261u;
  halves[1] = 0x9e3779b9u;
}

void Fingerprint::add(std::uint32_t value) {
  for (std::uint32_t& half : halves) half = (half ^ (value & 0xff)) * 16777619u;
}

void Fingerprint::add(Text text) {
  do add(static_cast<std::uint32_t>(*text));
  while (*text++);
}

void Fingerprint::write(char* out) const {
  for (int i = 0; i < 16; ++i) *out++ = "0123456789abcdef"[halves[i / 8] >> (28 - i % 8 * 4) & 15];
  *out = '\0';
}

}  // namespace candor::runtime

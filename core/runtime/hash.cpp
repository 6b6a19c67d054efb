#include "core/runtime/hash.h"

namespace candor::runtime {

std::uint32_t crc32(const std::uint8_t* data, std::uint32_t size) {
  // The table is made here, which is shorter than to carry it. Bit by bit a page that runs the twin would wait for it:
  // what is read while a page loads is not yet compiled.
  std::uint32_t table[256];
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xedb88320 & (0 - (crc & 1)));
    table[byte] = crc;
  }
  std::uint32_t crc = ~0u;
  for (; size > 0; --size) crc = crc >> 8 ^ table[(crc ^ *data++) & 255];
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

#pragma once
/// @file Packs as bytes: what damages them, and the seal that would hide the damage.
#include <cstdint>
#include <string>
#include <string_view>

namespace candor::corpus {

/// CRC-32 after ISO 3309.
inline std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (char byte : bytes) {
    crc ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

/// The header of a pack: "CNDR", format, sections, two zeros, length, checksum of all that follows.
constexpr std::size_t pack_header = 16, pack_length_at = 8, pack_checksum_at = 12;

inline void put_u32(std::string& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}

/// The pack with the length and checksum that fit its bytes, so that what is wrong is looked at.
inline std::string resealed(std::string pack) {
  if (pack.size() < pack_header) return pack;
  put_u32(pack, pack_length_at, static_cast<std::uint32_t>(pack.size()));
  put_u32(pack, pack_checksum_at, crc32_of(std::string_view(pack).substr(pack_header)));
  return pack;
}

inline std::string flipped(std::string pack, std::size_t bit) {
  pack[bit / 8] = static_cast<char>(pack[bit / 8] ^ 1 << bit % 8);
  return pack;
}

}  // namespace candor::corpus

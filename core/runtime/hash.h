#pragma once
/// @file Checksums and fingerprints. None of them is a security boundary: integrity hashes are (SHA-384, by the loader).
#include <cstdint>

#include "core/runtime/bytes.h"

namespace candor::runtime {

/// CRC-32 of ISO 3309 (reflected polynomial 0xEDB88320), as in zlib.
std::uint32_t crc32(const std::uint8_t* data, std::uint32_t size);

/// FNV-1a over `text`, going on from `state`.
inline std::uint32_t fnv1a(std::uint32_t state, Text text) {
  for (char c : text) state = (state ^ static_cast<unsigned char>(c)) * 16777619u;
  return state;
}
inline constexpr std::uint32_t fnv1a_start = 2166136261u;

/// A 64-bit fingerprint as two 32-bit ones from different starts, because 64-bit integers are costly where WebAssembly is
/// translated to JavaScript.
inline void hash_begin(std::uint32_t (&state)[2]) {
  state[0] = fnv1a_start;
  state[1] = 0x9e3779b9u;
}
inline void hash_line(std::uint32_t (&state)[2], Text key, Text value) {
  for (std::uint32_t& half : state) half = fnv1a(fnv1a(fnv1a(fnv1a(half, key), "="), value), "\n");
}
/// Sixteen hexadecimal digits into `out`.
void write_hash(const std::uint32_t (&state)[2], char* out);

}  // namespace candor::runtime

#pragma once
/// @file Checksums and fingerprints. None of them is a security boundary: integrity hashes are (SHA-384, by the
/// loader).
#include <cstdint>

#include "core/runtime/text.h"

namespace candor::runtime {

/// CRC-32 of ISO 3309 (reflected polynomial 0xEDB88320), as in zlib.
std::uint32_t crc32(const std::uint8_t* data, std::uint32_t size);

/// A 64-bit fingerprint as two 32-bit ones (FNV-1a from different starts), because 64-bit integers are costly where
/// WebAssembly is translated to JavaScript.
struct Fingerprint {
  std::uint32_t halves[2] = {};

  void begin();
  void add(std::uint32_t value);  ///< its low byte
  void add(Text text);            ///< with its NUL
  /// Sixteen hexadecimal digits and NUL into `out`.
  void write(char* out) const;
};

}  // namespace candor::runtime

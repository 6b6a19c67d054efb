#pragma once
/// @file A checked cursor over packed bytes, used while loading. What has been checked is then read in place.
#include <cstdint>
#include <cstring>

#include "core/runtime/text.h"

namespace candor::runtime {

/// Reads forward. A read beyond the end makes `ok` false for good and reads zeros, so that one look at the end is
/// enough; what is of no fixed size must not be looked into before that.
class Cursor {
 public:
  Cursor(const std::uint8_t* data, std::uint32_t size) : at_(data), end_(data + size) {}

  bool ok() const { return at_ != nullptr; }
  bool done() const { return at_ && at_ == end_; }
  const std::uint8_t* at() const { return at_; }
  std::uint32_t left() const { return static_cast<std::uint32_t>(end_ - at_); }

  /// The next `size` bytes, or `most_zeros` bytes of zeros.
  const std::uint8_t* take(std::uint32_t size);
  /// A record in place.
  template <class T>
  const T* record() {
    static_assert(sizeof(T) <= most_zeros);
    return reinterpret_cast<const T*>(take(sizeof(T)));
  }
  std::uint32_t u8();
  std::uint32_t u16();
  /// A text in place.
  Text text();
  void fail() { at_ = end_ = nullptr; }
  void expect(bool held) {
    if (!held) fail();
  }

 private:
  static constexpr std::uint32_t most_zeros = 256;

  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

inline std::uint16_t read_u16(const std::uint8_t* at) { return static_cast<std::uint16_t>(at[0] | at[1] << 8); }

template <class T>
T read_as(const std::uint8_t* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

}  // namespace candor::runtime

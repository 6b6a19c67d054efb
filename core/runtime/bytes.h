#pragma once
/// @file A checked cursor over packed bytes (format.h).
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "core/runtime/text.h"

namespace candor::runtime {

/// Reads forward; a read beyond the end yields zeros and makes `ok` false for good.
class Cursor {
 public:
  constexpr Cursor() = default;
  Cursor(const std::uint8_t* data, std::uint32_t size) : at_(data), end_(data + size) {}

  bool ok() const { return !failed_; }
  bool done() const { return at_ == end_; }
  const std::uint8_t* at() const { return at_; }
  std::uint32_t left() const { return static_cast<std::uint32_t>(end_ - at_); }

  std::uint8_t u8() { return left() ? *at_++ : fail(); }

  std::uint32_t u32() {
    std::uint32_t value = 0;
    for (int shift = 0; shift < 32; shift += 8) value |= static_cast<std::uint32_t>(u8()) << shift;
    return value;
  }

  std::uint32_t varint() {
    std::uint32_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      std::uint8_t byte = u8();
      value |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return fail();
  }

  std::int32_t zigzag() {
    std::uint32_t value = varint();
    return static_cast<std::int32_t>((value >> 1) ^ (0 - (value & 1)));
  }

  double f64() {
    double value = 0;
    const std::uint8_t* from = take(sizeof value);
    if (from) std::memcpy(&value, from, sizeof value);
    return value;
  }

  /// The next `size` bytes, or null.
  const std::uint8_t* take(std::uint32_t size) {
    if (size > left()) {
      fail();
      return nullptr;
    }
    at_ += size;
    return at_ - size;
  }

  /// A varint length and as many bytes.
  Text text() {
    std::uint32_t size = varint();
    const std::uint8_t* from = take(size);
    return from ? Text(reinterpret_cast<const char*>(from), size) : Text();
  }

  /// A cursor over the next `size` bytes, which this one passes over.
  Cursor part(std::uint32_t size) {
    const std::uint8_t* from = take(size);
    Cursor inner(from, from ? size : 0);
    inner.failed_ = failed_;
    return inner;
  }
  /// A varint length and a cursor over as many bytes.
  Cursor block() { return part(varint()); }

  std::uint8_t fail() {
    failed_ = true;
    at_ = end_;
    return 0;
  }

 private:
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  bool failed_ = false;
};

/// A list of varints in place: `for (auto list = Ints(cursor); list.next();) use(list.value)`. Passes the cursor over it.
struct Ints {
  explicit Ints(Cursor& cursor) : source(cursor), left(cursor.varint()) {}
  bool next() {
    if (left == 0 || !source.ok()) return false;
    --left;
    value = source.varint();
    return source.ok();
  }
  Cursor& source;
  std::uint32_t left;
  std::uint32_t value = 0;
};

/// A list of at most `N` trivially copyable items in place of an allocating vector. Items are not constructed before they are
/// pushed, so that a list costs nothing to make.
template <class T, std::uint32_t N>
struct List {
  static_assert(std::is_trivially_copyable_v<T>);
  union {
    T items[N];
  };
  std::uint32_t size;

  constexpr List() : size(0) {}

  void clear() { size = 0; }
  bool push(const T& item) {
    if (size == N) return false;
    items[size++] = item;
    return true;
  }
  T& operator[](std::uint32_t i) { return items[i]; }
  const T& operator[](std::uint32_t i) const { return items[i]; }
  T* begin() { return items; }
  T* end() { return items + size; }
  const T* begin() const { return items; }
  const T* end() const { return items + size; }
  bool holds(const T& item) const {
    for (const T& other : *this)
      if (other == item) return true;
    return false;
  }
};

}  // namespace candor::runtime

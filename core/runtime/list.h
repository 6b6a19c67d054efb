#pragma once
/// @file A list in fixed memory.
#include <cstdint>
#include <type_traits>

#include "core/runtime/text.h"

namespace candor::runtime {

/// Room for one more item behind the `size` that there are, or null where `most` is reached. One for all lists: of a
/// template there would be one for each.
void* grow(std::uint32_t& size, std::uint32_t most, void* items, std::uint32_t item_size);

/// Adds one more item; false where `most` is reached.
bool push_item(std::uint32_t& size, std::uint32_t most, void* items, const void* item, std::uint32_t item_size);

/// The item whose id, which stands first in it, is `id`; what is behind the last one where there is none.
const void* find_by_id(const void* items, std::uint32_t size, std::uint32_t item_size, Text id);

/// At most `N` trivially copyable items, in place of an allocating vector. Items are not constructed before they are
/// pushed, so that a list costs nothing to make.
template <class T, std::uint32_t N>
struct List {
  static_assert(std::is_trivially_copyable_v<T>);
  static constexpr std::uint32_t item_size = sizeof(T);  // NOLINT(bugprone-sizeof-expression): pointers are items too
  std::uint32_t size;
  union {
    T items[N];
  };

  constexpr List() : size(0) {}

  void clear() { size = 0; }
  /// Room for one more item, or null where there is none.
  T* add() { return static_cast<T*>(grow(size, N, items, item_size)); }
  bool push(const T& item) { return push_item(size, N, items, &item, item_size); }
  /// `end()` where there is none.
  const T* find(Text id) const { return static_cast<const T*>(find_by_id(items, size, item_size, id)); }
  T* find(Text id) { return const_cast<T*>(static_cast<const List*>(this)->find(id)); }
  T& operator[](std::uint32_t i) { return items[i]; }
  const T& operator[](std::uint32_t i) const { return items[i]; }
  T* begin() { return items; }
  T* end() { return items + size; }
  const T* begin() const { return items; }
  const T* end() const { return items + size; }
};

}  // namespace candor::runtime

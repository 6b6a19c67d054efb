#include "core/runtime/list.h"

#include <cstring>

namespace candor::runtime {

void* grow(std::uint32_t& size, std::uint32_t most, void* items, std::uint32_t item_size) {
  return size == most ? nullptr : static_cast<char*>(items) + size++ * item_size;
}

bool push_item(std::uint32_t& size, std::uint32_t most, void* items, const void* item, std::uint32_t item_size) {
  void* room = grow(size, most, items, item_size);
  if (room) std::memcpy(room, item, item_size);
  return room;
}

const void* find_by_id(const void* items, std::uint32_t size, std::uint32_t item_size, Text id) {
  auto at = static_cast<const char*>(items);
  for (; size > 0 && !equal(*reinterpret_cast<const Text*>(at), id); --size) at += item_size;
  return at;
}

}  // namespace candor::runtime

#pragma once
/// @file Blocks that the host fills before a call: a stack over fixed memory, for a module that has no malloc.
#include <cstddef>
#include <cstdint>

namespace candor::wasm {

/// At most `Size` bytes of blocks at a time. Space is reclaimed from the end: freeing a block gives back all space
/// behind the last block in use, so freeing all blocks empties the arena in whatever order it is done.
template <std::uint32_t Size>
class Arena {
 public:
  /// A block of `size` bytes, aligned to 8, or null where it does not fit.
  std::uint8_t* allocate(std::uint32_t size) {
    if (size > Size) return nullptr;
    const std::uint32_t rounded = (size + sizeof(Block) - 1) / sizeof(Block) * sizeof(Block);
    if (rounded + sizeof(Block) > sizeof memory_ - end_) return nullptr;
    Block* block = at(end_);
    *block = {rounded, true};
    end_ = after(end_);
    return content(block);
  }

  /// Ends a block. Null, a pointer that is no block, and a block that has been freed are ignored.
  void free(const std::uint8_t* pointer) {
    std::uint32_t used_end = 0;
    for (std::uint32_t offset = 0; offset < end_; offset = after(offset)) {
      Block* block = at(offset);
      if (content(block) == pointer) block->used = false;
      if (block->used) used_end = after(offset);
    }
    end_ = used_end;
  }

 private:
  struct Block {
    std::uint32_t size;  ///< of what follows, a multiple of sizeof(Block)
    std::uint32_t used;
  };
  static constexpr std::uint32_t most_blocks = 64;

  Block* at(std::uint32_t offset) { return reinterpret_cast<Block*>(memory_ + offset); }
  static std::uint8_t* content(Block* block) { return reinterpret_cast<std::uint8_t*>(block + 1); }
  std::uint32_t after(std::uint32_t offset) { return offset + sizeof(Block) + at(offset)->size; }

  alignas(8) std::uint8_t memory_[Size + most_blocks * sizeof(Block)] = {};
  std::uint32_t end_ = 0;
};

}  // namespace candor::wasm

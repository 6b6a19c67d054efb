#include "wasm/arena.h"

#include <gtest/gtest.h>

#include <cstring>

namespace candor::wasm {
namespace {

TEST(Arena, HandsOutItsWholeSizeAndThenNothing) {
  Arena<1024> arena;
  std::uint8_t* all = arena.allocate(1024);
  ASSERT_NE(all, nullptr);
  std::memset(all, 0xff, 1024);
  EXPECT_EQ(arena.allocate(1024), nullptr);
  arena.free(all);
  EXPECT_EQ(arena.allocate(1024), all);
}

TEST(Arena, RefusesSizesThatWouldWrapAround) {
  Arena<1024> arena;
  for (std::uint32_t size : {1025u, 0x7fffffffu, 0xfffffff8u, 0xffffffffu})
    EXPECT_EQ(arena.allocate(size), nullptr) << size;
}

TEST(Arena, IsEmptyOnceAllBlocksAreFreedInAnyOrder) {
  Arena<1024> arena;
  std::uint8_t* first = arena.allocate(100);
  std::uint8_t* second = arena.allocate(200);
  std::uint8_t* third = arena.allocate(300);
  arena.free(first);
  EXPECT_EQ(arena.allocate(1024), nullptr);
  arena.free(third);
  arena.free(second);
  EXPECT_EQ(arena.allocate(1024), first);
}

TEST(Arena, KeepsABlockThatIsInUseBehindFreedOnes) {
  Arena<1024> arena;
  std::uint8_t* first = arena.allocate(8);
  std::uint8_t* second = arena.allocate(8);
  std::memset(second, 7, 8);
  arena.free(first);
  std::uint8_t* third = arena.allocate(8);
  ASSERT_NE(third, nullptr);
  std::memset(third, 0, 8);
  EXPECT_EQ(second[0], 7);
  EXPECT_GT(third, second);
}

TEST(Arena, IgnoresForeignPointersAndSecondFrees) {
  Arena<1024> arena;
  std::uint8_t* block = arena.allocate(1000);
  std::uint8_t foreign = 0;
  arena.free(nullptr);
  arena.free(&foreign);
  arena.free(block + 1);
  arena.free(block - 8);
  EXPECT_EQ(arena.allocate(1000), nullptr);
  arena.free(block);
  arena.free(block);
  EXPECT_EQ(arena.allocate(1000), block);
}

TEST(Arena, HandsOutAlignedBlocksOfNothing) {
  Arena<64> arena;
  std::uint8_t* empty = arena.allocate(0);
  std::uint8_t* next = arena.allocate(3);
  ASSERT_NE(empty, nullptr);
  EXPECT_NE(empty, next);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(next) % 8, 0u);
}

}  // namespace
}  // namespace candor::wasm

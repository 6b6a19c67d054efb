#include "core/runtime/bytes.h"

namespace candor::runtime {

const std::uint8_t* Cursor::take(std::uint32_t size) {
  static constexpr std::uint8_t zeros[most_zeros] = {};
  if (size > left()) {
    fail();
    return zeros;
  }
  at_ += size;
  return at_ - size;
}

std::uint32_t Cursor::u8() { return *take(1); }

std::uint32_t Cursor::u16() { return read_u16(take(2)); }

Text Cursor::text() {
  auto from = reinterpret_cast<Text>(at_);
  while (u8()) {
  }
  return ok() ? from : "";
}

}  // namespace candor::runtime

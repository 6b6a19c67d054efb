#include "core/runtime/bytes.h"

namespace candor::runtime {

const std::uint8_t* Cursor::take(std::uint32_t size) {
  if (size > left() || !at_) {
    at_ = nullptr;
    return nullptr;
  }
  at_ += size;
  return at_ - size;
}

std::uint32_t Cursor::u8() {
  const std::uint8_t* at = take(1);
  return at ? *at : 0;
}

std::uint32_t Cursor::u16() {
  const std::uint8_t* at = take(2);
  return at ? read_u16(at) : 0;
}

Text Cursor::text() {
  const std::uint8_t* from = at_;
  while (u8()) {
  }
  return ok() ? reinterpret_cast<Text>(from) : nullptr;
}

}  // namespace candor::runtime

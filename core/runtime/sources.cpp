#include "core/runtime/sources.h"

namespace candor::runtime {
namespace {

constexpr Words names = "id\0law\0article\0url\0checked\0confidence\0";
constexpr std::uint32_t fields = 6;

}  // namespace

bool Sources::load(Cursor in) {
  std::uint32_t count = in.u16();
  first_ = reinterpret_cast<Text>(in.at());
  for (std::uint32_t i = 0; i < count * fields && in.ok(); ++i) in.text();
  count_ = in.done() ? count : 0;
  return in.done();
}

void Sources::write(Text id, JsonWriter& out) const {
  out.open("source", '{');
  Text at = first_;
  bool known = false;
  for (std::uint32_t i = 0; i < count_ && !known; ++i) {
    known = equal(at, id);
    for (std::uint32_t field = 0; field < fields; ++field, at += length(at) + 1)
      if (known) out.field(word_at(names, static_cast<int>(field)), at);
  }
  if (!known) out.field("id", id);
  out.close('}');
}

}  // namespace candor::runtime

#include "core/runtime/sources.h"

namespace candor::runtime {
namespace {

constexpr const char* names[] = {"law", "article", "url", "checked", "confidence"};
constexpr int fields = 5;

}  // namespace

bool Sources::load(Cursor in) {
  count_ = in.varint();
  rows_ = in;
  for (std::uint32_t i = 0; i < count_ && in.ok(); ++i)
    for (int field = 0; field <= fields; ++field) in.text();
  if (in.ok() && in.done()) return true;
  count_ = 0;
  return false;
}

void Sources::write(const Text& id, JsonWriter& out) const {
  out.open('{').field("id", id);
  Cursor rows = rows_;
  for (std::uint32_t i = 0; i < count_; ++i) {
    bool found = rows.text() == id;
    for (const char* name : names) {
      Text value = rows.text();
      if (found) out.field(name, value);
    }
    if (found) break;
  }
  out.close('}');
}

}  // namespace candor::runtime

#pragma once
/// @file Citations: section S. Optional; with it, answers carry the whole source of an obligation, without it the id.
#include <cstdint>

#include "core/runtime/bytes.h"
#include "core/runtime/json_writer.h"

namespace candor::runtime {

class Sources {
 public:
  /// False: the section is malformed. The bytes must outlive it.
  bool load(Cursor section);
  void clear() { count_ = 0; }

  /// Writes `"source": { "id": … }`, with law, article, url, checked and confidence where the source is known.
  void write(Text id, JsonWriter& out) const;

 private:
  std::uint32_t count_ = 0;
  Text first_ = nullptr;
};

}  // namespace candor::runtime

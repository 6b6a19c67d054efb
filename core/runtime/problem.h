#pragma once
/// @file What is wrong with a request, all of it at once.
#include <cstdint>

#include "core/runtime/bytes.h"

namespace candor::runtime {

/// `code` is stable. `key` is the line's key, from which the JSON Pointer is made; `index` counts repeated keys (`place`,
/// `language`), -1 elsewhere. The message reads: `found` + `expected`.
struct Problem {
  const char *code, *expected;
  Text key, found;
  int index = -1;
};

/// The first 24 are kept.
class Problems {
 public:
  void clear() { list_.clear(); }
  bool none() const { return list_.size == 0; }
  void add(const char* code, const Text& key, const Text& found, const char* expected, int index = -1) { list_.push({code, expected, key, found, index}); }
  const Problem* begin() const { return list_.begin(); }
  const Problem* end() const { return list_.end(); }

 private:
  List<Problem, 24> list_;
};

}  // namespace candor::runtime

#pragma once
/// @file What is wrong with a request, all of it at once.
#include <cstdint>

#include "core/runtime/list.h"
#include "core/runtime/text.h"

namespace candor::runtime {

/// Where something stands: the key of a line, cut into parts by NUL where dots were, or a part of it.
struct Key {
  Text text;
  std::uint32_t size;  ///< of the whole key, in bytes
  int index;           ///< of a key that may repeat (`place`, `language`); -1 elsewhere
};

/// `code` is stable; the message reads: found `found`, expected `expected`.
struct Problem {
  Text code, expected, found;
  Key key;
};

/// The first 24 are kept.
struct Problems {
  List<Problem, 24> list;

  bool none() const { return !list.size; }
  void add(Text code, const Key& key, Text found, Text expected);
  /// Where no key of the input says more.
  void add(Text code, Text path, Text found, Text expected);
};

}  // namespace candor::runtime

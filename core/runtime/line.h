#pragma once
/// @file Requests and deployments as `key=value` lines: LF, printable UTF-8, keys that are paths; the first `=` splits.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/hash.h"
#include "core/runtime/problem.h"

namespace candor::runtime {

/// One line on its way in. It is cut up in place while it is read.
struct Line {
  const Book& book;
  Problems& problems;
  Key key = {};
  char *path = nullptr, *value = nullptr;  ///< `path`: what is still to be read of the key
  char* parts[3] = {};                     ///< what stood for the `*` and `+` of the pattern that it fits

  /// The index of the first of `patterns` that the path fits, or -1. `*` stands for one part, `+` for all further parts
  /// or none.
  int match(Words patterns);

  void refuse(Text code, Text expected) { problems.add(code, key, value, expected); }
  void unknown_key(Text expected) { problems.add("unknown-key", key, "", expected); }
  /// What there is no room for is refused, never dropped.
  void keep(bool kept) {
    if (!kept) refuse("too-large", "fewer of these");
  }

 private:
  bool fits(Text pattern);
};

/// Reads lines, and refuses what is no printable UTF-8 and keys that stand twice.
class Lines {
 public:
  /// `text` ends with NUL at `size`. False, and a problem, where the lines as a whole are bad.
  bool begin(char* text, std::uint32_t size, Problems& problems);
  /// The next line; false at the end.
  bool next(Line& line);

 private:
  bool is_new(Line& line);

  char* rest_ = nullptr;
  /// Of the keys so far: 64 bits, so that two keys are one, and a request is refused, by no chance that anybody meets.
  List<Fingerprint, 3000> seen_;
};

}  // namespace candor::runtime

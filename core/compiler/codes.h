#pragma once
/// @file Every code that an issue can carry, in one table: docs/errors.md and the tests of the tools come from it.
#include <span>
#include <string_view>

#include "core/compiler/issue.h"

namespace candor::compiler {

/// An error refuses the input; a warning goes with an answer.
enum class Level { error, warning };

struct Code {
  std::string_view code;  ///< stable and kebab-case
  Level level;
  std::string_view summary;  ///< what is wrong, in a sentence
  std::string_view fix;      ///< what to do about it
};

/// Sorted by code.
std::span<const Code> all_codes();

/// The entry of `code`, or null.
const Code* find_code(std::string_view code);

/// Whether one of the issues is an error; a code that is not in the table counts as one.
bool has_errors(const Issues&);

}  // namespace candor::compiler

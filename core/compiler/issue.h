#pragma once
/// @file What the compiler says when it refuses.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candor::compiler {

/// One thing that is wrong. Messages are lower case, carry no full stop and quote input in backticks.
struct Issue {
  std::string code;     ///< stable and kebab-case, e.g. `unknown-fact`
  std::string path;     ///< JSON Pointer into the input; `file#/pointer` where the input is one of several files
  std::string message;  ///< what was found and what was expected
  std::string fix;      ///< the nearest valid spelling or the next step; empty where there is none
};
using Issues = std::vector<Issue>;

/// The candidate nearest to `word` by edit distance, or empty where none is near enough to be a likely slip.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// `text` in backticks, on one line and cut to a readable length: how a message quotes input.
std::string in_backticks(std::string_view text);

/// `path` of a value inside `file`: `file#`, or the empty pointer where there is no file.
std::string root_path(std::string_view file);

}  // namespace candor::compiler

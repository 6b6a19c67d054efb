#pragma once
/// @file What the commands are made of: their options, their input, and how they refuse.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/compiler/deployment.h"
#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"
#include "core/tools/host.h"

namespace candor::tools {

/// One command line after the command's name, and the world around it.
struct Invocation {
  std::map<std::string, std::string, std::less<>> options;  ///< `--out dist` as `out`: `dist`; a flag is empty
  std::string_view standard_input;
  Host& host;

  bool has(std::string_view name) const { return options.count(name) > 0; }
  std::string option(std::string_view name, std::string fallback = {}) const {
    const auto found = options.find(name);
    return found == options.end() ? fallback : found->second;
  }
};

Outcome decide(const Invocation&);
Outcome build(const Invocation&);
Outcome snippet(const Invocation&);
Outcome plan(const Invocation&);
Outcome lint(const Invocation&);
Outcome matrix(const Invocation&);
Outcome diff(const Invocation&);
Outcome mark(const Invocation&);
Outcome receipts(const Invocation&);
Outcome reference(const Invocation&);

/// Issues as a JSON array. The part of a path before `#` is a file and becomes `file`.
std::string issues_json(const compiler::Issues&);
/// Issues as lines `candor: path: message (fix)`.
std::string lines_of(const compiler::Issues&);

/// Status 2: every issue in the failure JSON on stdout and as a line on stderr.
Outcome refuse(const compiler::Issues&);
/// Status 1: something that no input explains.
Outcome fail(const std::string& message);

/// Reads the JSON file that the option `name` names (`-`: standard input). Nothing, and `unreadable` or what the reader
/// reports, where that fails.
std::optional<compiler::Json> read_document(const Invocation&, std::string_view name, compiler::Issues&);
/// The same, as a deployment of `rulebook`, to which its house rules are added first.
std::optional<compiler::Deployment> read_deployment_option(const Invocation&, compiler::Rulebook&, compiler::Issues&);

/// Puts the name of the file behind option `name` before the paths of the issues from `first` on.
void locate(const Invocation&, std::string_view name, compiler::Issues&, std::size_t first);

/// `directory` and `name` as one path.
std::string join_path(std::string_view directory, std::string_view name);

}  // namespace candor::tools

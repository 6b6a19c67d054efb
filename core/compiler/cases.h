#pragma once
/// @file Reads the corpus, tests/cases/: sentences about what must be shown where, and when.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"
#include "core/compiler/rulebook.h"

namespace candor::compiler {

/// One situation of one deployment, and what is expected of the decision.
struct Case {
  std::string name;                ///< a sentence, and the only one of that name
  std::string path;                ///< `us-ca.json#/cases/0`
  std::vector<std::string> rules;  ///< ids of the rules that the case is for
  Json deployment;                 ///< a candor.json, looked up where the case names one
  Json situation;         ///< as `candor decide --situation` reads it; keys checked unless an error is expected
  Json expect;            ///< keys, ids and names checked
  std::optional<Day> at;  ///< of the situation, where it is a day that exists

  bool is_for(std::string_view rule) const;
  /// The case expects that `rule` is among the obligations.
  bool expects(std::string_view rule) const;
  /// The case expects that it is not.
  bool excludes(std::string_view rule) const;
};

/// Reads every file but deployments/*.json, which cases name by their bare name. Reports `no-cases`, `duplicate-name`,
/// `unknown-deployment`, `unknown-rule`, `unknown-key`, `unknown-value`, `missing-key`, `expects-nothing`, and what the
/// JSON reader does. Cases that were reported are left out.
std::vector<Case> read_cases(const SourceFiles& files, const Rulebook&, Issues&);

}  // namespace candor::compiler

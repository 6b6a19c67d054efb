#pragma once
/// @file What one deployment owes in any place and channel, on any day: what `candor matrix` and `candor diff` look at.
#include <candor/engine.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/deployment.h"
#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"
#include "core/tools/law.h"

namespace candor::tools {

/// A decision for one place and channel, and the place's name.
struct Row {
  std::string place, name;  ///< `*`, "no place known", for the unknown place
  std::string channel;      ///< the id of a channel of the deployment
  compiler::Json decision;  ///< `value` of the answer to `explain`
};

/// Asks the whole rulebook, whatever places the deployment would be sliced to, in English.
class Survey {
 public:
  /// Nothing, and the errors, where the deployment cannot be compiled.
  static std::optional<Survey> of(const Law&, compiler::Deployment, compiler::Issues&);
  /// The same through a `rules.pack` of this or an earlier release, which decides without words: house rules and
  /// overrides do not count.
  static std::optional<Survey> of_pack(const Law&, std::string_view rules_pack, compiler::Deployment,
                                       compiler::Issues&);

  /// The decision in `place` (an index into the rulebook's places) and `channel` on `day`, YYYY-MM-DD.
  std::optional<Row> row(int place, const std::string& channel, const std::string& day, compiler::Issues&);
  /// The decisions for every place and channel, by place, then as the deployment lists its channels.
  std::optional<std::vector<Row>> rows(const std::string& day, compiler::Issues&);

  /// Of the rules, `2026.11.20+af1404bb`; empty before the first question.
  const std::string& version() const { return version_; }
  int places() const { return static_cast<int>(rulebook_->places.size()); }
  const std::vector<std::string>& channels() const { return deployment_.channels; }

 private:
  Survey(const compiler::Rulebook& rulebook, compiler::Deployment deployment)
      : rulebook_(&rulebook), deployment_(std::move(deployment)) {}

  const compiler::Rulebook* rulebook_;
  compiler::Deployment deployment_;
  std::vector<std::string> lines_;  ///< what every question says of the deployment
  Engine engine_;
  std::string version_;
};

/// One obligation in short: `{ "rule", "duty", "topic", "severity", "certainty", "status", "law", "article", "url" }`.
compiler::Json in_short(const compiler::Json& obligation);

}  // namespace candor::tools

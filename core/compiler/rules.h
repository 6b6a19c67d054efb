#pragma once
/// @file Reads rule files: one law, platform policy or house rule set each.
#include <string>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// What a file of rules is; it decides which layers its rules may have (the first is the default) and which keys it
/// has.
enum class RuleFile { law, platform, baseline, house };

/// A rule id: lower-case words and numbers joined by `-`, sections by `.`, e.g. `us-tx-552.051-gov`.
bool is_rule_id(std::string_view id);

/// The id of a source that has none of its own, `us-nj-bot-56-18/US-NJ`. It takes no room in a pack.
std::string source_id(const std::string& rule, const std::string& place);

/// Appends the statutory texts of a file to `rulebook`; before any rules are read, since these name them.
void read_verbatim(const Json& document, const std::string& path, Rulebook& rulebook, Issues&);

/// Appends the rules and sources of a file to `rulebook`, everything in it resolved but `modifies`.
void read_rules(const Json& document, const std::string& file, RuleFile kind, Rulebook& rulebook, Issues&);

}  // namespace candor::compiler

#pragma once
/// @file What is wrong with rules that can be read: small checks, each with a name and a code, that report issues.
#include <vector>

#include "core/compiler/cases.h"
#include "core/compiler/issue.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// Checks a rulebook as read_rulebook or add_house_rules left it: `presumes-below`, `stale-source` (a warning),
/// `low-confidence`, `pending-overridden`, `bad-prefix`, `platform-not-named`, `modifies-cycle`,
/// `modifier-without-effect`, `says-nothing`, `without-timing`, `says-topic-mismatch`, `block-without-end`,
/// `unreachable`, `unused-verbatim`.
void lint_rules(const Rulebook&, Issues&);

/// The same checks of an operator's own rules alone, which add_house_rules added to a rulebook that has been checked.
void lint_house_rules(const Rulebook&, Issues&);

/// Reports `without-cases` for each rule that lacks a case in which it applies, one in which it does not, one on the
/// day before and one on the day of its date. A rule that never took effect or is pending needs one in which it fires
/// nothing; the baseline of the unknown place has no date. Rules that no case can be for, those of a house, are left
/// out.
void lint_cases(const Rulebook&, const std::vector<Case>&, Issues&);

}  // namespace candor::compiler

#pragma once
/// @file Reads conditions: `all`, `any`, `not`, or one comparison of one fact.
#include <string>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// Reads a condition over the facts of `rulebook`. What is wrong is reported (`bad-condition`, `unknown-fact`,
/// `unknown-value`, `wrong-type`, `bad-date`, `empty-range`, `too-deep`) and reads as a condition that always holds.
Condition read_condition(const Json&, const std::string& path, const Rulebook&, Issues&);

/// The index of the fact named `name`, or -1 and `unknown-fact` with the nearest name.
int resolve_fact_name(std::string_view name, const std::string& path, const Rulebook&, Issues&);

}  // namespace candor::compiler

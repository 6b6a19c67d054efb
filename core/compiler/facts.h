#pragma once
/// @file Reads the vocabulary of facts: core/rules/facts.json, and the `facts` of a house rule file.
#include <optional>
#include <string>
#include <string_view>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

constexpr std::size_t most_fact_values = 32;  ///< a value is one bit of a mask

/// The index of the fact named `name`, or -1.
int find_fact(const Rulebook&, std::string_view name);

/// The bit of one value of a flag, choice or set; 0 and `wrong-type` or `unknown-value` where it is none.
std::uint32_t read_value_bit(const Fact&, const Json& value, const std::string& path, Issues&);

/// The value of `fact` written as `value`; a set as a list, one of its values, or `none`. Nothing where something was
/// reported: `wrong-type`, `unknown-value`, `duplicate-value`, `bad-date`.
std::optional<FactValue> read_fact_value(const Fact& fact, const Json& value, const std::string& path, Issues&);

/// Reads facts.json, whose first four facts are the derived ones. Needs the vocabulary.
void read_facts(const Json& document, const std::string& path, Rulebook&, Issues&);

/// Appends the facts under `key` of a house rule file: names begin `x-`, none is derived.
void read_house_facts(const Json& list, const std::string& path, Rulebook&, Issues&);

}  // namespace candor::compiler

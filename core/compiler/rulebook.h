#pragma once
/// @file Reads core/rules/ as a whole into one rulebook, and house rules into an existing one.
#include <map>
#include <optional>
#include <string>

#include "core/compiler/issue.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// Path relative to a folder, `law/eu/ai-act.json`, and text.
using SourceFiles = std::map<std::string, std::string>;

/// Reads vocabulary.json, facts.json, places.json, topics.json, law/**.json, platform/*.json and unknown.json, each
/// once. Names become indices, rules and sources are sorted by id, places by code. Nothing, and everything that is
/// wrong at once, where something was reported; `path` of an issue is `law/eu/ai-act.json#/rules/0/in/0/from`.
std::optional<Rulebook> read_rulebook(const SourceFiles& files, Issues&);

/// Adds an operator's own rules, read by the same rules: ids begin `house-`, layer house (or agreement), and facts
/// `x-…` under the key `facts` of a file. Rules that are already there keep their ids in Rule::modifies_ids, from which
/// all references are resolved anew. Where something was reported the rulebook must not be used.
void add_house_rules(Rulebook&, const SourceFiles& house_files, Issues&);

}  // namespace candor::compiler

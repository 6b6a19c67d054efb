#pragma once
/// @file What deployments and situations have in common: places, facts, languages, instants, and their flattening to
/// the request lines that the runtime reads.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"
#include "core/compiler/reader.h"

namespace candor::compiler {

/// The place written as `code` in upper or lower case, as an index into Rulebook::places. Aliases count as what they
/// stand for, and a subdivision of a country whose subdivisions are not listed counts as the country (`DE-BY` is DE).
/// -1 and `unknown-place` where there is none.
int resolve_place(std::string_view code, const Rulebook&, const std::string& path, Issues&);

/// The strings of the list under `key`, out of `allowed` unless that is empty. A bare string is refused: it would
/// flatten to another line.
std::vector<std::string> read_list(ObjectReader&, std::string_view key, const std::vector<std::string>& allowed = {});

/// The places of the list under `key`.
std::vector<int> read_places(ObjectReader&, std::string_view key, const Rulebook&);

/// The index of the fact named `name` that somebody may state, or -1 and `unknown-fact` or `derived-fact`.
int resolve_fact(std::string_view name, const Rulebook&, const std::string& path, Issues&);

/// Checks the object of stated facts under `key`.
void check_facts(ObjectReader&, std::string_view key, const Rulebook&);

/// A BCP 47 language tag of language, script, region and variants in its usual case; none where `tag` is not
/// well-formed.
std::optional<std::string> canonical_language(std::string_view tag);

/// An instant after RFC 3339, e.g. 2026-11-20T09:00:00Z.
bool is_instant(std::string_view text);

/// `[a-z0-9][a-z0-9-]*`
bool is_id(std::string_view text);
/// Reports `bad-id` where it is none.
void check_id(std::string_view text, const std::string& path, Issues&);

/// Appends `path=value` for each value below `value`: members by their name, items by their index, but the items of a
/// list among `facts` joined by `,`, or `none`. The engine's flatten (widget/src/engine/flatten.ts) writes the same
/// lines.
void flatten(const Json& value, const std::string& path, std::vector<std::string>& lines);

}  // namespace candor::compiler

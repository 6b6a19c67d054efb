#pragma once
/// @file Reads core/rules/places.json: where law applies, and what lies in what.
#include <string>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// The index of the place written exactly as `code`, or -1.
int find_place(const Rulebook&, std::string_view code);

/// Reads places.json into `rulebook`: places sorted by code, `*` first, with all their parents; aliases; refused codes.
/// Reports `bad-place-code`, `duplicate-id`, `unknown-place`, `place-cycle`, `too-many-parents`.
void read_places(const Json& document, const std::string& path, Rulebook& rulebook, Issues&);

}  // namespace candor::compiler

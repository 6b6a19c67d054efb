#pragma once
/// @file One moment that somebody asks about: read strictly, everything wrong at once.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/deployment.h"
#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// The request lines of a situation without its `op`: `at=2026-11-20`, `place=DE`, `channel=chat`, `language=de-AT`,
/// `fact.obviousAi=true`, `consent.at=…`, `posture=strict`. Keys at, now, jurisdictions, channel, languages, facts,
/// consent, posture; `today` stands in for an absent `at`. Nothing where something was reported.
std::optional<std::vector<std::string>> read_situation(const Json& document, const Rulebook&, const Deployment&,
                                                       std::string_view today, Issues&);

}  // namespace candor::compiler

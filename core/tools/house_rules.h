#pragma once
/// @file The operator's own rules: the files that `"rules": ["house/*.json"]` of a deployment names.
#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"
#include "core/tools/host.h"

namespace candor::tools {

/// Reads the house rules that `deployment`, the document at `path`, names, and adds them to `rulebook`. Names are
/// relative to the deployment's folder; `*` stands for any part of a file's name. Reports `unreadable` and what the
/// rules reader does.
void add_named_rules(const compiler::Json& deployment, std::string_view path, Host& host, compiler::Rulebook& rulebook,
                     compiler::Issues&);

}  // namespace candor::tools

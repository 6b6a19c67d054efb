#pragma once
/// @file Reads the closed lists of names (core/rules/vocabulary.json) and the topics of notices
/// (core/rules/topics.json).
#include <string>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// Reads vocabulary.json into `rulebook`: its date and every list. Reports `missing-key`, `bad-name`, `bad-date`.
void read_vocabulary(const Json& document, const std::string& path, Rulebook& rulebook, Issues&);

/// Reads topics.json into `rulebook`. Needs the vocabulary. Reports `bad-id`, `duplicate-id`, `unknown-value`.
void read_topics(const Json& document, const std::string& path, Rulebook& rulebook, Issues&);

/// The index of the topic `id`, or -1.
int find_topic(const Rulebook&, std::string_view id);

}  // namespace candor::compiler

#pragma once
/// @file One operator's deployment (`candor.json`): read strictly, everything wrong at once.
#include <optional>
#include <string>
#include <vector>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// Words of the operator's own in place of a message.
struct Override {
  std::string language;  ///< BCP 47
  std::string key;       ///< one of message_keys()
  std::string text;      ///< an ICU message
};

/// The document, and what slicing and building need from it.
struct Deployment {
  Json document;
  std::vector<std::string> channels;   ///< ids, in the order of the document; at least one
  std::vector<std::string> languages;  ///< BCP 47, best first; empty: every language there is
  std::vector<int> places;             ///< indices into Rulebook::places; empty: everywhere
  std::vector<int> established;        ///< places whose law reaches the operator as well
  std::uint32_t platforms = 0;         ///< one bit a value of the fact `platforms`
  std::vector<int> purpose_kinds;      ///< of the declared purposes
  std::vector<std::string> links;      ///< ids of the declared links
  std::vector<Override> overrides;
  std::vector<std::string> rules;  ///< house rule files
};

/// Checks the whole document against the rulebook. Nothing where something was reported; codes `missing-key`,
/// `unknown-key`, `wrong-type`, `unknown-value`, `unknown-fact`, `derived-fact`, `not-lifting`, `unknown-place`,
/// `unknown-rule`, `bad-id`, `duplicate-id`, `bad-url`, `bad-date`, `bad-language`, `bad-text`, `bad-message`.
std::optional<Deployment> read_deployment(const Json& document, const Rulebook&, Issues&);

/// Whether an operator may waive it: what binds by the rules of a platform or of the house, and what is merely wise.
bool can_be_waived(const Rule&);

/// The request lines of a deployment, `deployment.operator.name=Acme`, without what is compiled in: rules and
/// overrides.
std::vector<std::string> flatten(const Deployment&);

}  // namespace candor::compiler

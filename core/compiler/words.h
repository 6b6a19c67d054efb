#pragma once
/// @file What no text of a notice may say, or leave unsaid, in any language that is shipped.
#include <string>
#include <string_view>

#include "core/compiler/issue.h"

namespace candor::compiler {

/// Checks the ICU message `text` of `key` in the language `tag`, each branch of a plural or select on its own:
/// - `vague-notice`: a title, short or spoken form of ai-interaction or ai-content that does not say plainly that AI is
/// at
///   work: only "assistant", "uses LLMs" or "services on this website use AI" (Commission guidelines C(2026) 5054, §
///   38);
/// - `promises-too-much`: a promise of compliance or security, in any text;
/// - `consent-words`: words in a text about AI by which consent robots take it for a cookie prompt and click it away.
/// `path` of an issue is `locales/<tag>.json#/messages/<key>`, or the one given: that of an operator's own words.
void lint_words(std::string_view tag, std::string_view key, std::string_view text, Issues&, std::string path = {});

}  // namespace candor::compiler

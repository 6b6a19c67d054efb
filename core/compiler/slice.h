#pragma once
/// @file The part of rulebook and words that one deployment can ever need. A slice answers inside its places and
/// languages with the same bytes as the whole: it drops rules, texts and sources, never vocabulary, place codes or the
/// place `*`.
#include <optional>
#include <string>
#include <vector>

#include "core/compiler/deployment.h"
#include "core/compiler/issue.h"
#include "core/compiler/locale.h"
#include "core/compiler/model.h"

namespace candor::compiler {

struct Slice {
  Rulebook rulebook;
  std::vector<bool> inside;     ///< one a place: whether the slice answers for it
  std::vector<Locale> locales;  ///< with the deployment's own words; best first
};

/// Slices `rulebook` and `locales` to the places, languages, platforms and purposes of `deployment`, and compiles its
/// overrides. Named places keep their parents and, where they are unions or countries, all that lies in them; languages
/// that a kept rule demands stay. Nothing, and `unknown-language`, `bad-message` and what compile_message reports,
/// where the deployment asks for words that do not exist.
std::optional<Slice> slice(const Rulebook& rulebook, const std::vector<Locale>& locales, const Deployment& deployment,
                           Issues&);

}  // namespace candor::compiler

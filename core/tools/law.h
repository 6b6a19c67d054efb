#pragma once
/// @file What the commands carry with them, and one deployment compiled against it.
#include <candor/engine.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/deployment.h"
#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/locale.h"
#include "core/compiler/model.h"

namespace candor::tools {

/// The bytes of an embedded file, or empty where there is none.
std::string_view embedded(std::string_view name);

/// The rulebook and the languages of this version; English first, since the first one answers where nothing is asked
/// for.
struct Law {
  compiler::Rulebook rulebook;
  std::vector<compiler::Locale> locales;
};
std::optional<Law> embedded_law(compiler::Issues&);

/// The bundle of one deployment, sliced to it.
std::optional<std::string> compile_bundle(const Law&, const compiler::Deployment&, compiler::Issues&);

/// Loads a bundle, and whole citations where `with_sources`. False, and the errors, where the engine refuses.
bool load(Engine&, std::string_view bundle, bool with_sources, compiler::Issues&);
/// The envelope that answers request lines. Nothing, and the errors, where the engine refuses.
std::optional<std::string> ask(Engine&, const std::vector<std::string>& lines, compiler::Issues&);

/// A deployment compiled, and the first thing that a visitor of it meets.
struct Compiled {
  std::string bundle;
  compiler::Json decision;  ///< the envelope of the answer
};
/// What to decide for; empty: the deployment's first place (none: unknown), channel and language.
struct First {
  std::string language, channel, place;
};
/// Compiles `deployment` and decides, today but not before the day of the rulebook. Nothing, and what was refused,
/// where bundle or decision are.
std::optional<Compiled> compile_first(const Law&, const compiler::Deployment&, const First&, std::string_view today,
                                      compiler::Issues&);

}  // namespace candor::tools

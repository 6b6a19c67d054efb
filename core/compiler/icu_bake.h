#pragma once
/// @file What a language pack takes from CLDR. Native only: needs ICU with all its data.
#include <optional>
#include <string>
#include <string_view>

#include "core/compiler/locale.h"

namespace candor::compiler {

/// The CLDR data of the language `tag` (BCP 47), without messages. Everything tabulated is compared with what ICU
/// itself formats before it is returned. Nothing, and the reason among `issues`, where ICU does not know the language
/// (`unknown-language`) or the tables cannot express it (`unsupported-language`).
std::optional<Locale> bake_locale(std::string_view tag, const std::string& path, Issues& issues);

/// Reads one locales/<tag>.json: CLDR data and messages.
std::optional<Locale> read_locale(const Json& document, const std::string& file, const Rulebook&, Issues&);

}  // namespace candor::compiler

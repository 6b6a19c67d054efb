#pragma once
/// @file One ICU MessageFormat pattern to bytecode. With icu_bake.cpp, the only place that sees ICU; this half needs
/// its MessagePattern alone and no data, so that it runs in WebAssembly too.
/// @see https://unicode-org.github.io/icu/userguide/format_parse/messages/
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/compiler/issue.h"

namespace candor::compiler {

constexpr std::size_t message_size_limit = 8192;  ///< bytes of one pattern
constexpr int message_depth_limit = 8;            ///< braces within braces

/// Compiles `pattern` to the bytecode of locale.h. Allowed are `{x}`, `{n, number, integer}`, `{n, plural, …}`,
/// `{x, select, …}` and `{d, date, long}` over `message_arguments`, each kind of argument in its own form.
/// `needed_plurals` has one bit for each category that every plural must have beside `other`.
/// Nothing, and the reasons among `issues` under `path`: `bad-message`, `unknown-argument`, `wrong-argument`,
/// `missing-plural`, `too-large`.
std::optional<std::string> compile_message(std::string_view pattern, std::uint8_t needed_plurals,
                                           const std::string& path, Issues& issues);

}  // namespace candor::compiler

#pragma once
/// @file Packs as ASCII text, for scripts that hold them: printable bytes stand as they are, so that names and words
/// compress as in the pack itself, to two thirds of what base64 takes. `%` is a zero; `#` and `$` lead a character that
/// stands for another byte (pack_text.cpp). Every text begins `CNDR$`. Read by widget/src/engine/pack-text.ts.
#include <string>
#include <string_view>

namespace candor::tools {

std::string pack_text(std::string_view pack);

/// The text as a JavaScript string, quotes included.
std::string pack_literal(std::string_view pack);

/// An ES module whose default export is the text: for pages whose policy blocks fetch.
std::string pack_module(std::string_view pack);

}  // namespace candor::tools

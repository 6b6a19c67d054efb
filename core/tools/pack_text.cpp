#include "core/tools/pack_text.h"

namespace candor::tools {
namespace {

constexpr unsigned first_followed = 127, first_wrapped = 219;  // bytes from which on `#` and `$` lead
constexpr unsigned first_follower = 35;                        // no quote, and no space at the end of a line

}  // namespace

std::string pack_text(std::string_view pack) {
  std::string text;
  for (char each : pack) {
    const auto byte = static_cast<unsigned char>(each);
    const bool leads = each == '#' || each == '$' || each == '%';
    const bool followed = byte >= first_followed && byte < first_wrapped;
    if (!byte) text += '%';
    else if (byte >= ' ' && byte < first_followed && !leads) text += each;
    else if (followed) (text += '#') += static_cast<char>(byte - first_followed + first_follower);
    else (text += '$') += static_cast<char>((byte - first_wrapped + first_follower) & 0xff);
  }
  return text;
}

std::string pack_literal(std::string_view pack) {
  std::string literal = "\"";
  for (char each : pack_text(pack)) {
    if (each == '"' || each == '\\') literal += '\\';
    literal += each;
  }
  return literal + '"';
}

std::string pack_module(std::string_view pack) { return "export default " + pack_literal(pack) + ";\n"; }

}  // namespace candor::tools

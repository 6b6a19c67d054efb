#pragma once
/// @file Marks written into content: what the core says, as markup.
#include <map>
#include <string>
#include <string_view>

namespace candor::tools {

/// What to write, by form (`text`, `html-attribute`, `meta`, `json-ld`; others mean nothing here), and the language of
/// the text.
struct MarkTexts {
  std::map<std::string, std::string, std::less<>> values;
  std::string language, direction;
};

/// `content` with its marks. A whole page gets them in its head, and the label first in its body; any other HTML, which
/// is what begins with `<`, is wrapped in an element that carries the attributes; plain text begins with the label.
std::string mark_content(std::string_view content, const MarkTexts& marks);

}  // namespace candor::tools

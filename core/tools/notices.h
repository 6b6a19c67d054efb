#pragma once
/// @file The notices of a decision as static text: for pages before any script, and for mail, contracts and tickets,
/// which have none.
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/json.h"

namespace candor::tools {

/// A piece of text: a notice in one language, statutory words, or a link.
struct Words {
  std::string language, direction;  ///< empty: not stated
  std::string title, body;
  std::string url;  ///< of a link
};

/// What stands without a script in `slot` (empty: in any), in the order of the decision. Consent is not asked without
/// one, since no gate opens without it; what waits for a question stays silent.
std::vector<Words> notices_in(const compiler::Json& decision, std::string_view slot);
/// The links that have an address.
std::vector<Words> links_in(const compiler::Json& decision);

/// A paragraph, escaped: `p`, `strong` and `a`, with `lang` and `dir`, which mail clients keep.
std::string paragraph(const Words&);

/// The slots of `type` that stand outside a page, in the order in which they are read; none of a page or a chat.
std::vector<std::string> slots_of(std::string_view type);

/// Words one below the other.
std::string as_html(const std::vector<Words>&);
std::string as_text(const std::vector<Words>&);

}  // namespace candor::tools

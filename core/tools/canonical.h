#pragma once
/// @file The canonical form of JSON that receipts are hashed in: RFC 8785 (JCS), for values without fractions.
/// widget/src/receipts/canonical.ts writes the same bytes.
#include <optional>
#include <string>
#include <string_view>

#include "core/compiler/json.h"

namespace candor::tools {

/// `value` in canonical form, without the member `omit` of its top level. Nothing where a number is no integer of at
/// most 2^53 - 1: receipts hold none, and the other forms of RFC 8785 3.2.2.3 would have to be written alike in every
/// language.
std::optional<std::string> canonical_json(const compiler::Json& value, std::string_view omit = {});

}  // namespace candor::tools

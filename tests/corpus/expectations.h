#pragma once
/// @file What a case of the corpus expects, held against one answer.
#include <string>
#include <string_view>

#include "core/compiler/json.h"

namespace candor::corpus {

/// Whatever of `expect` does not hold of the decision in `envelope`, a line each; empty where all of it does. A key
/// that nothing looks at does not hold.
std::string unmet(const compiler::Json& expect, const compiler::Json& envelope);

}  // namespace candor::corpus

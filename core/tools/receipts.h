#pragma once
/// @file Checks a file of receipts, as the widget exports them and as an operator's endpoint collects them.
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"

namespace candor::tools {

/// One chain of a file: the lines that a browser wrote one after the other.
struct ReceiptChain {
  std::string id;
  std::size_t count = 0;   ///< lines, repeated ones not counted
  std::string from, to;    ///< `at` of the first and the last line
  std::string head;        ///< hash of the last line
  bool ends_here = false;  ///< an `end` line names the last line as the last
};

struct ReceiptFile {
  std::size_t lines = 0;
  std::vector<ReceiptChain> chains;  ///< in the order of their first lines
};

/// Reads JSON Lines and checks hashes, numbers, order and references (docs/receipts.md). Everything wrong goes to
/// `issues`, each with its line: `bad-json`, `bad-receipt`, `altered`, `removed`, `reordered`; as warnings `repeated`
/// and `unsealed`.
ReceiptFile verify_receipts(std::string_view text, compiler::Issues& issues);

}  // namespace candor::tools

#include "core/compiler/issue.h"

#include <algorithm>
#include <limits>

namespace candor::compiler {
namespace {

constexpr std::size_t longest_word = 64;   ///< longer input is no slip of a name
constexpr std::size_t longest_quote = 80;  ///< bytes of input that a message repeats

std::string folded(std::string_view word) {
  std::string result(word);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

/// Optimal string alignment: insertions, deletions, replacements and swapped neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_above, above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
    two_above = above;
    above = row;
  }
  return above[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  const std::string wanted = folded(word);
  // Two-letter codes are all near each other: only another case of one is a likely slip.
  const std::size_t tolerance = word.size() / 3;
  std::size_t best_distance = std::numeric_limits<std::size_t>::max();
  const std::string* best = nullptr;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    const std::size_t distance = edit_distance(wanted, folded(candidate));
    if (distance > tolerance || distance >= best_distance) continue;
    best_distance = distance;
    best = &candidate;
  }
  return best ? *best : std::string();
}

std::string in_backticks(std::string_view text) {
  const bool cut = text.size() > longest_quote;
  std::size_t length = std::min(text.size(), longest_quote);
  while (cut && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  std::string result = "`";
  for (char c : text.substr(0, length)) result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return result + (cut ? "…`" : "`");
}

std::string root_path(std::string_view file) { return file.empty() ? std::string() : std::string(file) + '#'; }

}  // namespace candor::compiler

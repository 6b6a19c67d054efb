#include "core/runtime/text.h"

namespace candor::runtime {
namespace {

/// The length of `word` where `text` begins with it, else -1.
int match(const Text& text, const char* word) {
  std::size_t i = 0;
  for (; word[i]; ++i)
    if (i == text.size() || text[i] != word[i]) return -1;
  return static_cast<int>(i);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is(const Text& text, const char* word) { return match(text, word) == static_cast<int>(text.size()); }

bool eat(Text& text, const char* prefix) {
  int length = match(text, prefix);
  if (length < 0) return false;
  text = {text.data() + length, text.size() - static_cast<std::size_t>(length)};
  return true;
}

Text take_until(Text& rest, char separator) {
  const char* from = rest.data();
  std::size_t size = rest.size(), i = 0;
  while (i < size && from[i] != separator) ++i;
  rest = i == size ? Text() : Text(from + i + 1, size - i - 1);
  return {from, i};
}

int index_of(const Text& text, Words words) {
  Text rest = words;
  for (int i = 0; !rest.empty(); ++i)
    if (take_until(rest, ' ') == text) return i;
  return -1;
}

Text word_at(Words words, int index) {
  Text rest = words;
  while (index-- > 0) take_until(rest, ' ');
  return take_until(rest, ' ');
}

double whole_number(const Text& text, unsigned digits) {
  double number = 0;
  if (text.empty() || text.size() > digits) return -1;
  for (char c : text) {
    if (!is_digit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool is_id(const Text& text) {
  for (char c : text)
    if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '-') return false;
  return !text.empty() && text[0] != '-';
}

}  // namespace candor::runtime

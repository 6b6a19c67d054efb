#include "core/runtime/text.h"

#include <cstring>

namespace candor::runtime {

bool equal(Text a, Text b) {
  while (*a && *a == *b) ++a, ++b;
  return *a == *b;
}

std::uint32_t length(Text text) { return static_cast<std::uint32_t>(std::strlen(text)); }

int index_of(Text text, Words words) {
  for (int i = 0; *words; ++i, words += length(words) + 1)
    if (equal(text, words)) return i;
  return -1;
}

Text word_at(Words words, int index) {
  for (; index > 0; --index) words += length(words) + 1;
  return words;
}

Text cut(char*& rest, char separator) {
  Text first = rest;
  while (*rest && *rest != separator) ++rest;
  if (*rest) *rest++ = '\0';
  return first;
}

std::int32_t whole_number(Text text) {
  std::int32_t number = is_empty(text) ? -1 : 0;
  for (; *text; ++text) {
    if (*text < '0' || *text > '9') return -1;
    number = number < most_number / 10 ? number * 10 + (*text - '0') : most_number;
  }
  return number;
}

bool is_id(Text text) {
  if (is_empty(text) || *text == '-') return false;
  for (; *text; ++text)
    if (!(*text >= 'a' && *text <= 'z') && !(*text >= '0' && *text <= '9') && *text != '-') return false;
  return true;
}

}  // namespace candor::runtime

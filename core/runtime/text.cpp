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

double whole_number(Text text, std::uint32_t digits) {
  double number = 0;
  if (is_empty(text)) return -1;
  for (; *text; ++text, --digits) {
    if (*text < '0' || *text > '9' || !digits) return -1;
    number = number * 10 + (*text - '0');
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

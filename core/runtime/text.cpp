#include "core/runtime/text.h"

namespace candor::runtime {

bool equal(Text a, Text b) {
  while (*a && *a == *b) ++a, ++b;
  return *a == *b;
}

bool equal(Text text, const char* bytes, std::uint32_t size) {
  for (; size > 0 && *text && *text == *bytes; --size) ++text, ++bytes;
  return !size && !*text;
}

std::uint32_t length(Text text) {
  std::uint32_t size = 0;
  while (text[size]) ++size;
  return size;
}

int index_of(Text text, Words words) {
  for (int i = 0; *words; ++i) {
    Text at = text;
    while (*words && *words == *at) ++words, ++at;
    if (*words == *at) return i;
    while (*words++) {
    }
  }
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

bool is_id_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_id(Text text) {
  bool good = *text != '-' && *text;
  for (; *text; ++text) good &= is_id_letter(*text) | (*text == '-');
  return good;
}

}  // namespace candor::runtime

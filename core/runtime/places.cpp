#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

/// The country of a subdivision (`DE-BY`), or -1; also where its subdivisions are listed, right behind it.
int country_of(const Book& book, char* code, std::uint32_t size) {
  if (size < 4 || size > 6 || code[2] != '-') return -1;
  for (Text c = code + 3; *c; ++c)
    if (!is_id_letter(static_cast<char>(*c | 0x20))) return -1;
  code[2] = '\0';
  int country = book.find_sorted(Strings::places, code);
  Text next = book.string(Strings::places, static_cast<std::uint32_t>(country + 1));
  return next[0] == code[0] && next[1] == code[1] && next[2] == '-' ? -1 : country;
}

}  // namespace

int resolve_place(const Book& book, Line& line) {
  char code[8];
  std::uint32_t size = length(line.value);
  // What is longer than any code stands for none.
  if (size >= sizeof code) size = 0;
  code[size] = '\0';
  for (std::uint32_t i = 0; i < size; ++i) {
    char c = line.value[i];
    code[i] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  int found = book.find_sorted(Strings::places, code);
  if (found >= 0) return found;
  int alias = book.find_sorted(Strings::place_aliases, code);
  if (alias >= 0) return book.alias_target(static_cast<std::uint32_t>(alias));
  int refused = book.find_sorted(Strings::place_refused, code);
  if (refused < 0) found = country_of(book, code, size);
  if (found < 0)
    line.refuse("unknown-place", refused < 0 ? "an ISO 3166 code, EU, EEA or *"
                                             : book.string(Strings::place_fixes, static_cast<std::uint32_t>(refused)));
  return found;
}

void activate(const Book& book, std::uint16_t place, bool established_only, ActivePlaces& active) {
  // By index: the members of a packed record may stand anywhere, so a pointer to them must not be taken.
  for (std::uint32_t k = 0; k <= max_parents; ++k) {
    std::uint16_t one = k ? book.place(place).parents[k - 1] : place;
    if (one == none16) continue;
    std::uint32_t at = active.size;
    while (at && active[at - 1].place >= one) --at;
    if (at < active.size && active[at].place == one) {
      active[at].established_only &= established_only;
    } else if (active.add()) {
      for (std::uint32_t i = active.size - 1; i > at; --i) active[i] = active[i - 1];
      active[at] = {one, established_only};
    }
  }
}

}  // namespace candor::runtime

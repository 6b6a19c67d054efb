#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

/// The country of a subdivision whose country lists none, or -1.
int country_of(const Book& book, char* code) {
  std::uint32_t size = length(code);
  if (size < 4 || size > 6 || code[2] != '-') return -1;
  for (Text c = code + 3; *c; ++c)
    if (!(*c >= 'A' && *c <= 'Z') && !(*c >= '0' && *c <= '9')) return -1;
  for (std::uint32_t i = 0; i < book.count(Strings::places); ++i) {
    Text listed = book.string(Strings::places, i);
    if (listed[0] == code[0] && listed[1] == code[1] && listed[2] == '-') return -1;
  }
  code[2] = '\0';
  return book.find_sorted(Strings::places, code);
}

void insert(std::uint16_t place, bool established_only, ActivePlaces& active) {
  std::uint32_t at = 0;
  while (at < active.size && active[at].place < place) ++at;
  if (at < active.size && active[at].place == place) {
    active[at].established_only &= established_only;
    return;
  }
  if (!active.add()) return;
  for (std::uint32_t i = active.size - 1; i > at; --i) active[i] = active[i - 1];
  active[at] = {place, established_only};
}

}  // namespace

int resolve_place(const Book& book, Text written, const Key& key, Problems& problems) {
  char code[8];
  std::uint32_t size = 0;
  for (; written[size] && size < sizeof code - 1; ++size) {
    char c = written[size];
    code[size] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  code[written[size] ? 0 : size] = '\0';
  int found = book.find_sorted(Strings::places, code);
  if (found >= 0) return found;
  int alias = book.find_sorted(Strings::place_aliases, code);
  if (alias >= 0) return book.alias_target(static_cast<std::uint32_t>(alias));
  int refused = book.find_sorted(Strings::place_refused, code);
  if (refused < 0) found = country_of(book, code);
  if (found < 0)
    problems.add("unknown-place", key, written,
                 refused < 0 ? "an ISO 3166-1 or 3166-2 code, EU, EEA or *"
                             : book.string(Strings::place_fixes, static_cast<std::uint32_t>(refused)));
  return found;
}

void activate(const Book& book, std::uint16_t place, bool established_only, ActivePlaces& active) {
  insert(place, established_only, active);
  // By index: the members of a packed record may stand anywhere, so a pointer to them must not be taken.
  for (std::uint32_t k = 0; k < max_parents; ++k)
    if (book.place(place).parents[k] != none16) insert(book.place(place).parents[k], established_only, active);
}

}  // namespace candor::runtime

#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

/// Codes stand sorted, so halve.
int find_sorted(const Book& book, Strings list, const Text& code) {
  std::uint32_t low = 0, high = book.count(list);
  while (low < high) {
    std::uint32_t middle = (low + high) / 2;
    int order = book.string(list, middle).compare(code);
    if (order == 0) return static_cast<int>(middle);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

bool has_subdivisions(const Book& book, const Text& country) {
  for (std::uint32_t i = 0; i < book.count(Strings::places); ++i) {
    Text code = book.string(Strings::places, i);
    if (code.size() > 3 && code[2] == '-' && code.substr(0, 2) == country) return true;
  }
  return false;
}

bool is_subdivision_code(const Text& code) {
  if (code.size() < 4 || code.size() > 6 || code[2] != '-') return false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    bool letter = code[i] >= 'A' && code[i] <= 'Z', digit = code[i] >= '0' && code[i] <= '9';
    if (i != 2 && !letter && !(digit && i > 2)) return false;
  }
  return true;
}

}  // namespace

int resolve_place(const Book& book, const Text& written, const Text& key, int index, Problems& problems) {
  char upper[8];
  std::size_t size = written.size() <= sizeof upper ? written.size() : 0;
  for (std::size_t i = 0; i < size; ++i) upper[i] = written[i] >= 'a' && written[i] <= 'z' ? static_cast<char>(written[i] - 32) : written[i];
  Text code(upper, size);
  int found = find_sorted(book, Strings::places, code);
  if (found >= 0) return found;
  int alias = find_sorted(book, Strings::place_aliases, code);
  if (alias >= 0) return static_cast<int>(book.alias_target(static_cast<std::uint32_t>(alias)));
  int refused = find_sorted(book, Strings::place_refused, code);
  if (refused >= 0) {
    // Pool strings are NUL-terminated.
    problems.add("unknown-place", key, written, book.string(Strings::place_fixes, static_cast<std::uint32_t>(refused)).data(), index);
    return -1;
  }
  if (is_subdivision_code(code)) {
    Text country = code.substr(0, 2);
    found = find_sorted(book, Strings::places, country);
    if (found >= 0 && !has_subdivisions(book, country)) return found;
  }
  problems.add("unknown-place", key, written, "an ISO 3166-1 or 3166-2 code, EU, EEA or *", index);
  return -1;
}

void activate(const Book& book, std::uint16_t place, bool established_only, ActivePlaces& active) {
  auto insert = [&](std::uint16_t one) {
    std::uint32_t at = 0;
    while (at < active.size && active[at].place < one) ++at;
    if (at < active.size && active[at].place == one) {
      active[at].established_only = active[at].established_only && established_only;
      return;
    }
    if (!active.push({})) return;
    for (std::uint32_t i = active.size - 1; i > at; --i) active[i] = active[i - 1];
    active[at] = {one, established_only};
  };
  insert(place);
  const PlaceRow& row = book.place(place);
  for (std::uint8_t i = 0; i < row.parent_count; ++i) insert(row.parents[i]);
}

}  // namespace candor::runtime

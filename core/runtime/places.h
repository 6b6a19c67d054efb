#pragma once
/// @file Places: ISO 3166-1 and -2 codes, EU, EEA, and `*`, the unknown place. Never matched by prefix: `GE` is not
/// `US-GA`.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/line.h"

namespace candor::runtime {

inline constexpr std::uint16_t unknown_place = 0;  ///< `*` stands first

/// The place that the value of a line names, upper or lower case; a subdivision of a country whose subdivisions are not
/// listed counts as the country (`DE-BY` is DE). -1 and a problem where there is none.
int resolve_place(const Book& book, Line& line);

/// A place whose law applies, and whether only because the operator is established there.
struct ActivePlace {
  std::uint16_t place;
  bool established_only;
};
/// Sorted by code, which is by index.
using ActivePlaces = List<ActivePlace, 64>;

/// Adds `place` and its parents.
void activate(const Book& book, std::uint16_t place, bool established_only, ActivePlaces& active);

}  // namespace candor::runtime

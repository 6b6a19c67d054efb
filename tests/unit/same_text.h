#pragma once
/// @file Compares long answers, and shows only where they part.
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

inline testing::AssertionResult same_text(std::string_view a, std::string_view b) {
  if (a == b) return testing::AssertionSuccess();
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const std::size_t from = at < 80 ? 0 : at - 80;
  return testing::AssertionFailure() << "they part at byte " << at << ":\n"
                                     << a.substr(from, 240) << "\n"
                                     << b.substr(from, 240);
}

#pragma once
/// @file Which reader an input of reader_fuzz is for: its first byte.
#include <cstdint>
#include <string>

namespace candor::corpus {

enum class ReaderKind : std::uint8_t {
  document,
  deployment,
  situation,
  message,
  house_rules,
  cases,
  words,
  vocabulary,
  facts,
  places,
  topics,
  law,
  count
};

inline ReaderKind reader_kind(std::uint8_t byte) {
  return static_cast<ReaderKind>(byte % static_cast<std::uint8_t>(ReaderKind::count));
}

/// The file below core/rules/ that the text stands for.
inline std::string rules_file_of(ReaderKind kind) {
  switch (kind) {
    case ReaderKind::vocabulary: return "vocabulary.json";
    case ReaderKind::facts: return "facts.json";
    case ReaderKind::places: return "places.json";
    case ReaderKind::topics: return "topics.json";
    default: return "law/eu/fuzz.json";
  }
}

}  // namespace candor::corpus

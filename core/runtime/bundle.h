#pragma once
/// @file A loaded rulebook: section R of a pack or bundle (format.h), checked once, then read in place.
#include <cstdint>

#include "core/runtime/bytes.h"
#include "core/runtime/date.h"
#include "core/runtime/format.h"
#include "core/runtime/list.h"

namespace candor::runtime {

inline constexpr std::uint32_t max_condition_depth = 12;

struct Fact {
  const FactRecord* record;
  const std::uint8_t* presumptions;
};

/// A rule, taken apart.
struct Rule {
  const RuleRecord* record;
  const std::uint8_t* condition;
  const std::uint8_t* modifies;
  const std::uint8_t* duties;
};

/// A rule in one place.
struct Entry {
  const EntryRecord* record;
  std::uint16_t rule;
};

/// One duty, taken apart.
struct Duty {
  const DutyRecord* record;
  const Mask* masks;
  const std::uint8_t* condition;
  const std::uint8_t* rows;  ///< ConsentRow or ChannelForm
};

/// Where the condition that begins at `node` ends.
const std::uint8_t* condition_end(const std::uint8_t* node);

class Book {
 public:
  static constexpr std::uint32_t max_places = 512, max_rules = 1024, max_entries = 2048;

  /// Reads and checks a section R. The bytes must outlive the book. False: the section is malformed, the book is empty.
  bool load(Cursor section);
  void clear() { loaded_ = false; }
  bool loaded() const { return loaded_; }

  const RulebookHeader& header() const { return *header_; }
  std::uint32_t count(Strings list) const { return lists_[static_cast<int>(list)].size; }
  /// A string by its number among all; "" beyond the last.
  Text pooled(std::uint32_t index) const { return index < string_count_ ? strings_[index] : ""; }
  Text string(Strings list, std::uint32_t index) const {
    return index < count(list) ? lists_[static_cast<int>(list)].first[index] : "";
  }
  /// The index of `name` in `list`, or -1.
  int find(Strings list, Text name) const;
  int find_sorted(Strings list, Text name) const { return find(list, name); }

  const PlaceRecord& place(std::uint32_t index) const { return places_[index]; }
  std::uint16_t alias_target(std::uint32_t index) const { return read_u16(aliases_ + 2 * index); }
  const Fact& fact(std::uint32_t index) const { return facts_[index]; }
  Text fact_value(std::uint32_t fact, std::uint32_t value) const {
    return string(Strings::values, facts_[fact].record->first_value + value);
  }
  /// Where the values of `fact` begin among all values; beyond them where there is no such fact.
  std::uint32_t first_value(int fact) const {
    return fact < 0 ? count(Strings::values) : facts_[fact].record->first_value;
  }
  const Rule& rule(std::uint32_t index) const { return rules_[index]; }
  /// Its index in its list; -1 where the rulebook has none.
  int at(Landmark landmark) const { return header_->landmarks[landmark]; }

  std::uint32_t covers(std::uint32_t topic) const { return topic_mask(topic, 0); }
  std::uint32_t slots(std::uint32_t topic, std::uint32_t channel) const { return topic_mask(topic, 1 + channel); }
  enum class Part : std::uint8_t { id, language, text };
  Text verbatim(std::uint32_t index, Part part) const;

  /// The entries of `place`: rules that apply there, in the order of the rules.
  const Entry* entries_begin(std::uint32_t place) const { return entries_.items + place_first_[place]; }
  const Entry* entries_end(std::uint32_t place) const { return entries_.items + place_first_[place + 1]; }

  /// Takes apart the duty at `at` and moves behind it.
  static Duty next_duty(const std::uint8_t*& at);

 private:
  static constexpr std::uint32_t max_strings = 6144;

  /// The strings of one list.
  struct Names {
    const Text* first;
    std::uint32_t size;
  };

  void load_places(Cursor& in);
  void load_facts(Cursor& in);
  void load_rules(Cursor& in);
  void check_landmarks(Cursor& in) const;
  void add_entry(Cursor& in, std::uint32_t rule);
  std::uint32_t topic_mask(std::uint32_t topic, std::uint32_t at) const {
    return topic < count(Strings::topics)
               ? read_as<std::uint32_t>(topics_ + 4 * (topic * (1 + count(Strings::channel_types)) + at))
               : 0;
  }

  bool loaded_ = false;
  const RulebookHeader* header_ = nullptr;
  const PlaceRecord* places_ = nullptr;
  const std::uint8_t *aliases_ = nullptr, *topics_ = nullptr, *verbatim_ = nullptr;
  std::uint32_t string_count_ = 0;
  Names lists_[static_cast<int>(Strings::count)] = {};
  Text strings_[max_strings] = {};
  Fact facts_[max_facts] = {};
  Rule rules_[max_rules] = {};
  List<Entry, max_entries> entries_;
  std::uint16_t place_first_[max_places + 1] = {};
};

}  // namespace candor::runtime

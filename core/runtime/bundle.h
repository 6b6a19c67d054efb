#pragma once
/// @file A loaded rulebook: section R of a pack or bundle (format.h), checked once, then read in place.
#include <cstdint>

#include "core/runtime/bytes.h"
#include "core/runtime/date.h"
#include "core/runtime/format.h"

namespace candor::runtime {

enum class FactKind : std::uint8_t { flag, choice, set, date, count };
enum class Layer : std::uint8_t { law, agreement, platform, house };
enum class Severity : std::uint8_t { mandatory, on_request, safe_harbour, litigation_risk, advisory, block, pending };
enum class DutyKind : std::uint8_t { disclose, consent, mark, offer, block, record, link };
enum class Model : std::uint8_t { none, notice, opt_out, opt_in, prohibited };

Text name_of(Layer layer);
Text name_of(Severity severity);
Text name_of(DutyKind kind);
Text name_of(Model model);
Text name_of_binds(std::uint8_t binds);
/// The model named `name`, or `none` and false.
bool parse_model(const Text& name, Model& model);

inline constexpr std::uint32_t max_parents = 6;
inline constexpr std::uint32_t max_condition_depth = 12;

struct PlaceRow {
  std::uint16_t parents[max_parents];
  std::uint8_t parent_count;
  bool inside;  ///< inside the bundle's slice
};

struct FactRow {
  FactKind kind;
  bool lifts, derived, silent;
  std::uint32_t first_value, value_count;
  Cursor presumptions;  ///< at their count
};

/// A rule in one place.
struct Entry {
  std::uint16_t place, rule;
  Day from, until, grace;  ///< until: the last day; `no_day` where there is none
  std::uint16_t source;
  bool announced;
};

struct RuleRow {
  Layer layer;
  Severity severity;
  std::uint8_t binds;
  bool never, stayed, reach;
  Cursor condition;  ///< empty: always holds
  Cursor modifies;   ///< at a list
  Cursor duties;     ///< at their count
  std::uint32_t duty_count;
};

/// One duty, decoded. Cursors stand at a list unless said otherwise.
struct Duty {
  DutyKind kind;
  Severity severity;
  Cursor when;  ///< empty: always holds
  Text lead, within;
  // disclose
  std::uint32_t topic;
  int timing, prominence;  ///< timing -1: none stated
  bool dismissible;
  Cursor says, repeat, slots, actions, verbatim, languages;
  Cursor channel_forms;  ///< at their count
  // consent
  Cursor rows;  ///< at their count
  Text refusal_floor, grant_cap;
  bool equal_choice, gpc_status;
  // offer, link, mark, block, record
  std::uint32_t id;
  int title;                     ///< of a link: verbatim text, or -1
  Cursor content_types, forms;   ///< of a mark
  int block_action, block_fact;  ///< -1: none
  Text until, keep;
  Cursor events;
};

/// The form of a disclosure in one channel type. -1: as the duty says.
struct ChannelForm {
  std::uint32_t channel;
  int timing, prominence;
  Cursor slots, repeat;
};

struct Verbatim {
  Text id, lang, text;
};

/// Names that the runtime itself has to know, found once. -1: the rulebook has none.
struct Landmarks {
  int us_place, gpc_fact, asked_fact, content_fact, prompt_topic, break_statement;
};

class Book {
 public:
  /// Reads and checks a section R. The bytes must outlive the book. False: the section is malformed, the book is empty.
  bool load(Cursor section);
  void clear() { loaded_ = false; }
  bool loaded() const { return loaded_; }

  Day date() const { return date_; }
  Day stale_after() const { return stale_after_; }
  Text version() const { return {version_, sizeof version_}; }  ///< `2026.11.20+<hash>`
  std::uint32_t keys_hash() const { return keys_hash_; }

  std::uint32_t count(Strings list) const { return list_count_[static_cast<int>(list)]; }
  Text string(Strings list, std::uint32_t index) const { return pooled(list_first_[static_cast<int>(list)] + index); }
  Text pooled(std::uint32_t index) const {
    return index < string_count_ ? Text(pool_ + string_offset_[index], string_offset_[index + 1] - string_offset_[index] - 1) : Text();
  }
  /// The index of `name` in `list`, or -1.
  int find(Strings list, const Text& name) const;

  const Landmarks& landmarks() const { return landmarks_; }
  const PlaceRow& place(std::uint32_t index) const { return places_[index]; }
  std::uint32_t alias_target(std::uint32_t index) const { return alias_targets_[index]; }
  const FactRow& fact(std::uint32_t index) const { return facts_[index]; }
  Text fact_value(std::uint32_t fact, std::uint32_t value) const { return string(Strings::values, facts_[fact].first_value + value); }
  const RuleRow& rule(std::uint32_t index) const { return rules_[index]; }
  std::uint32_t verbatim_count() const { return verbatim_.size; }
  const Verbatim& verbatim(std::uint32_t index) const { return verbatim_[index]; }

  /// The entries of `place`: rules that apply there, in the order of the rules.
  const Entry* entries_of(std::uint32_t place, std::uint32_t& count) const;

  Cursor topic_covers(std::uint32_t topic) const { return topics_[topic].covers; }
  /// The default slots of `topic` in a channel type: a cursor at a list.
  Cursor topic_slots(std::uint32_t topic, std::uint32_t channel) const;

  /// Decodes the next duty of a rule from a cursor that began at `RuleRow::duties` behind its count.
  Duty next_duty(Cursor& duties, const RuleRow& rule) const;
  static ChannelForm next_form(Cursor& forms);

 private:
  static constexpr std::uint32_t max_strings = 6144, max_places = 512, max_facts = 224, max_rules = 1024, max_entries = 2048,
                                 max_topics = 64, max_aliases = 96, max_verbatim = 64;
  static constexpr int lists = static_cast<int>(Strings::count);

  struct TopicRow {
    Cursor covers, slots;  ///< slots: a list for each channel type
  };

  bool load_strings(Cursor& in);
  bool load_places(Cursor& in);
  bool load_facts(Cursor& in);
  bool load_topics(Cursor& in);
  bool load_rules(Cursor& in);
  void sort_entries();
  void find_landmarks();
  bool check_condition(Cursor condition, std::uint32_t depth, std::uint32_t facts_known) const;
  bool check_node(Cursor& in, std::uint32_t depth, std::uint32_t facts_known) const;
  bool check_list(Cursor list, std::uint32_t limit) const;
  bool check_duties(const RuleRow& rule) const;
  bool check_duty(const Duty& duty) const;

  bool loaded_ = false;
  Day date_ = 0, stale_after_ = 0;
  std::uint32_t keys_hash_ = 0;
  char version_[19] = {};
  Landmarks landmarks_ = {};
  const char* pool_ = nullptr;
  std::uint32_t string_count_ = 0;
  std::uint32_t list_first_[lists] = {}, list_count_[lists] = {};
  std::uint32_t string_offset_[max_strings + 1] = {};
  PlaceRow places_[max_places] = {};
  std::uint16_t alias_targets_[max_aliases] = {};
  FactRow facts_[max_facts] = {};
  TopicRow topics_[max_topics] = {};
  RuleRow rules_[max_rules] = {};
  List<Verbatim, max_verbatim> verbatim_;
  List<Entry, max_entries> entries_;
  std::uint16_t place_first_[max_places + 1] = {};
};

}  // namespace candor::runtime

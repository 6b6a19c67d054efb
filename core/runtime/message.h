#pragma once
/// @file Messages: ICU MessageFormat patterns, compiled by the compiler into bytecode (compiler/locale.h), put into words here.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/json_writer.h"

namespace candor::runtime {

/// The messages of a topic, in the order in which they stand.
enum TopicText : std::uint32_t { topic_title, topic_body, topic_short, topic_spoken, topic_texts };

/// Where the other messages stand, for the vocabulary of `book`.
std::uint32_t message_count(const Book& book);
inline std::uint32_t topic_message(std::uint32_t topic, TopicText text) { return topic * topic_texts + text; }
std::uint32_t says_message(const Book& book, std::uint32_t statement);
/// `action` counts offers, then links, then actions, as one list.
std::uint32_t action_message(const Book& book, std::uint32_t action);
std::uint32_t mark_message(const Book& book, std::uint32_t mark);
std::uint32_t block_message(const Book& book, std::uint32_t block, bool body);
std::uint32_t purpose_message(const Book& book, std::uint32_t kind);
/// The index of the message with this key (`ai-interaction.title`, `says.may-err`, `offer.human-agent` …), or -1.
int message_index(const Book& book, Text key);

inline constexpr std::uint32_t max_messages = 384;
inline constexpr std::uint32_t max_list = 16;
using TextList = List<Text, max_list>;

/// One language: section L of a pack or bundle, checked once, then read in place.
class Locale {
 public:
  struct ListPattern {
    Text before, between, after;
  };

  /// False: the section is malformed. The bytes must outlive the locale.
  bool load(Cursor section);

  Text tag() const { return tag_; }
  bool right_to_left() const { return right_to_left_; }
  Text sentence_gap() const { return gap_; }
  std::uint32_t keys_hash() const { return keys_hash_; }
  std::uint32_t message_count() const { return message_count_; }
  Text message(std::uint32_t index) const { return index < message_count_ ? messages_[index] : Text(); }
  /// Whether it serves a request for `tag` as it stands (not for a shorter one).
  bool serves(const Text& tag) const;

 private:
  friend class Formatter;
  bool check_message(Cursor in, std::uint32_t depth) const;

  Text tag_, gap_, group_separator_, date_pattern_;
  Text digits_[10], months_[12];
  ListPattern list_two_, list_start_, list_middle_, list_end_;
  bool right_to_left_ = false;
  std::uint8_t primary_group_ = 0, secondary_group_ = 0, minimum_grouping_ = 0, plural_million_ = 0;
  std::uint8_t plural_[200] = {};
  std::uint32_t keys_hash_ = 0, message_count_ = 0, alias_count_ = 0;
  Cursor aliases_;
  Text messages_[max_messages];
};

/// The names of arguments, in the order of their indices in the bytecode: 7 texts, 3 lists, 3 numbers, a date.
inline constexpr Words argument_names =
    "operator assistant contact channel action keep named providers purposes recipients hours minutes days date";
inline constexpr int first_list_argument = 7, first_number_argument = 10, argument_date = 13;

/// What a message may ask for.
struct Arguments {
  Text texts[7];      ///< operator, assistant, contact, channel, action, keep, named (`yes` or `no`)
  TextList lists[3];  ///< providers, purposes, recipients
  std::uint32_t numbers[3] = {};  ///< hours, minutes, days
  std::int32_t date = 0;          ///< days since 1970-01-01
};

/// Writes messages of one language into an open JSON string.
class Formatter {
 public:
  Formatter(const Locale& locale, const Arguments& arguments, JsonWriter& out) : locale_(locale), arguments_(arguments), out_(out) {}
  void message(std::uint32_t index) { run(locale_.message(index)); }
  void run(const Text& bytecode);

 private:
  void text_argument(std::uint8_t argument);
  void integer(std::uint32_t number);
  void date(std::int32_t day);
  void list(const TextList& items);
  std::uint32_t number_of(std::uint8_t argument) const { return argument >= 10 && argument < 13 ? arguments_.numbers[argument - 10] : 0; }
  std::uint8_t category(std::uint32_t number) const;

  const Locale& locale_;
  const Arguments& arguments_;
  JsonWriter& out_;
};

}  // namespace candor::runtime

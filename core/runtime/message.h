#pragma once
/// @file Messages: ICU MessageFormat patterns, compiled by the compiler into bytecode (compiler/locale.h), put into
/// words here.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/json_writer.h"

namespace candor::runtime {

/// The messages of a topic, in the order in which they stand.
enum TopicText : std::uint32_t { topic_title, topic_body, topic_short, topic_spoken, topic_texts };

/// Groups of messages, in the order in which they stand: four for each topic, two for each block, else one for each
/// name. Offers, links and actions count on as one group.
enum class Messages : std::uint8_t { topics, says, offers, links, actions, marks, blocks, purposes, end };

/// Where the messages of a group begin; of `end`: how many there are.
std::uint32_t message_of(const Book& book, Messages group, std::uint32_t index);
/// The message with this key (`ai-interaction.title`, `says.may-err`, `offer.human-agent` …), or -1. Cuts up the key.
int message_index(const Book& book, char* key);

inline constexpr std::uint32_t max_messages = 512;
inline constexpr std::uint32_t max_listed = 128;

/// The names of arguments, in the order of their indices in the bytecode: 7 texts, 3 lists, 3 numbers, a date.
inline constexpr Words argument_names =
    "operator\0assistant\0contact\0channel\0action\0keep\0named\0providers\0purposes\0recipients\0hours\0minutes\0days"
    "\0date\0";
enum Argument : int {
  argument_operator,
  argument_assistant,
  argument_contact,
  argument_channel,
  argument_action,
  argument_named = 6,
  argument_providers,
  argument_purposes,
  argument_recipients,
  argument_hours,
  argument_minutes,
  argument_days,
  argument_date,
  argument_count
};

/// What a message may ask for.
struct Arguments {
  Text texts[7];
  List<Text, max_listed> lists[3];
  std::int32_t numbers[4];  ///< the last is the Day of the date
};

/// One language: section L of a pack or bundle, checked once, then read in place.
class Locale {
 public:
  /// False: the section is malformed. The bytes must outlive the locale.
  bool load(Cursor section);

  Text tag() const { return texts_[0]; }
  Text sentence_gap() const { return texts_[1]; }
  const LocaleHeader& header() const { return *header_; }
  std::uint32_t message_count() const { return message_count_; }
  bool has(std::uint32_t message) const { return message < message_count_ && read_u16(messages_[message]); }
  /// Whether it serves a request for the first `size` bytes of `tag` as they stand (not for fewer).
  bool serves(Text tag, std::uint32_t size) const;

  /// Appends a date in words to the open string of `out`.
  void write_date(Day day, JsonWriter& out) const;
  /// Appends a message to the open string of `out`.
  void write(std::uint32_t message, const Arguments& arguments, JsonWriter& out) const;
  /// Appends what bytecode says.
  void run(const std::uint8_t* at, const std::uint8_t* end, const Arguments& arguments, JsonWriter& out) const;
  /// The text of a message without arguments.
  Text plain(std::uint32_t message) const {
    return message < message_count_ ? reinterpret_cast<Text>(messages_[message] + 2) : "";
  }

 private:
  enum TextAt : int {
    digit_0 = 2,
    group_separator = 12,
    list_patterns = 13,
    before_i = 25,
    date_pattern = 26,
    month_1 = 27,
    first_alias = 39,
    max_texts = 71
  };

  void insert(std::uint32_t argument, const Arguments& arguments, JsonWriter& out) const;
  void integer(std::uint32_t number, int width, std::uint32_t groups, JsonWriter& out) const;
  void list(const List<Text, max_listed>& items, JsonWriter& out) const;
  std::uint32_t category(std::uint32_t number) const;

  const LocaleHeader* header_ = nullptr;
  std::uint32_t message_count_ = 0;
  Text texts_[max_texts] = {};
  const std::uint8_t* messages_[max_messages] = {};  ///< u16 length, bytecode, NUL
};

}  // namespace candor::runtime

#pragma once
/// @file How one language says things, compiled: what a locale pack holds.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// One language, baked: messages as bytecode, and the CLDR data that formatting needs.
struct Locale {
  std::string tag;  ///< BCP 47
  bool right_to_left = false;
  std::string sentence_gap;            ///< between two sentences: " ", or "" in Japanese and Chinese
  std::array<std::string, 10> digits;  ///< UTF-8, of the default numbering system
  std::string group_separator;         ///< empty: no grouping
  int primary_group = 3, secondary_group = 3, minimum_grouping = 1;
  std::array<std::uint8_t, 200>
      plural{};  ///< category (0 zero,1 one,2 two,3 few,4 many,5 other) of n; n >= 200 reads 100 + n % 100
  std::uint8_t plural_million = 5;  ///< category of non-zero multiples of 1,000,000
  struct ListPattern {
    std::string before, between, after;
  };  ///< "before{0}between{1}after"
  ListPattern list_two, list_start, list_middle, list_end;
  std::string between_before_i;  ///< Spanish " e ": `between` of two and end where the next item begins with i, or with
                                 ///< hi but not hia, hie; else empty
  std::string
      date_pattern;  ///< bytecode: 0x01 d, 0x02 dd, 0x03 M, 0x04 MM, 0x05 month name, 0x06 y; other bytes are text
  std::array<std::string, 12> months;  ///< in the form used within a date
  std::vector<std::string> aliases;    ///< further tags served (likely subtags), e.g. zh-TW for zh-Hant
  std::vector<std::string> messages;   ///< bytecode, one a key of message_keys(); empty where a key has no text
};

/// Every message key, in the order of Locale::messages; a function of vocabulary and topics alone.
std::vector<std::string> message_keys(const Rulebook&);

/// The plural categories that the numbers below 200 have, one bit a category: what a plural message must spell out.
std::uint8_t needed_plurals(const Locale&);

/// The place in `locales` of the one that serves the language `tag` (BCP 47), or -1: the tag itself, else an alias,
/// else the same for the tag without its last subtag (RFC 4647 lookup).
int find_locale(const std::vector<Locale>& locales, std::string_view tag);

/// Compiles the `messages` of one locales/<tag>.json into `locale`, whose other members are already baked. Refuses
/// unknown and missing keys (`short`, `spoken` and `ui.*` are free), and messages that are not sound.
void read_messages(const Json& document, const std::string& file, const Rulebook&, Locale& locale, Issues&);

// --- message bytecode ------------------------------------------------------------------------------------------------
// Bytes from 0x20 are UTF-8 text; below it, an instruction and its operands.

namespace bytecode {
constexpr char text = 0x01;     ///< a: argument a as it is; a list joined by the language's list pattern
constexpr char integer = 0x02;  ///< a: argument a in the language's digits and grouping
constexpr char date = 0x03;     ///< a: argument a, long
constexpr char plural =
    0x04;  ///< a n, then n branches: u8 kind (a plural category, or `exact` and u8 value), u16le length, body
constexpr char select = 0x05;  ///< a n, then n branches: u8 length, value (length 0: other), u16le length, body
constexpr char exact = 6;      ///< the kind of a plural branch for one value
}  // namespace bytecode

constexpr std::array<std::string_view, 6> plural_categories = {"zero", "one", "two", "few", "many", "other"};

enum class ArgumentKind : std::uint8_t { text, list, number, date };
struct MessageArgument {
  std::string_view name;
  ArgumentKind kind;
};
/// What a message can ask for; bytecode names an argument by its index here.
constexpr std::array<MessageArgument, 14> message_arguments = {{
    {"operator", ArgumentKind::text},
    {"assistant", ArgumentKind::text},
    {"contact", ArgumentKind::text},
    {"channel", ArgumentKind::text},
    {"action", ArgumentKind::text},
    {"keep", ArgumentKind::text},
    {"named", ArgumentKind::text},
    {"providers", ArgumentKind::list},
    {"purposes", ArgumentKind::list},
    {"recipients", ArgumentKind::list},
    {"hours", ArgumentKind::number},
    {"minutes", ArgumentKind::number},
    {"days", ArgumentKind::number},
    {"date", ArgumentKind::date},
}};

}  // namespace candor::compiler

#include "core/runtime/message.h"

#include "core/runtime/facts.h"

namespace candor::runtime {
namespace {

enum Instruction : std::uint8_t { insert_text = 1, insert_integer, insert_date, plural, select, first_literal = 0x20 };
constexpr std::uint8_t category_other = 5, exact = 6;
constexpr std::uint32_t argument_count = 14, max_message_depth = 6;
enum DatePart : char { day_of_month = 1, padded_day, month_number, padded_month, month_name, year };

std::uint32_t actions(const Book& book) {
  return book.count(Strings::offers) + book.count(Strings::links) + book.count(Strings::actions);
}

Cursor cursor(const Text& text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), static_cast<std::uint32_t>(text.size())}; }

Cursor sized_block(Cursor& in) {
  std::uint32_t low = in.u8();
  return in.part(low | static_cast<std::uint32_t>(in.u8()) << 8);
}

}  // namespace

// --- where messages stand --------------------------------------------------------------------------------------------

std::uint32_t says_message(const Book& book, std::uint32_t statement) { return book.count(Strings::topics) * topic_texts + statement; }
std::uint32_t action_message(const Book& book, std::uint32_t action) { return says_message(book, book.count(Strings::statements)) + action; }
std::uint32_t mark_message(const Book& book, std::uint32_t mark) { return action_message(book, actions(book)) + mark; }
std::uint32_t block_message(const Book& book, std::uint32_t block, bool body) {
  return mark_message(book, book.count(Strings::marks)) + block * 2 + body;
}
std::uint32_t purpose_message(const Book& book, std::uint32_t kind) { return block_message(book, book.count(Strings::blocks), false) + kind; }
std::uint32_t message_count(const Book& book) { return purpose_message(book, book.count(Strings::purpose_kinds)); }

int message_index(const Book& book, Text key) {
  // A list of the vocabulary, and where its messages begin.
  auto look_up = [&](Strings list, std::uint32_t first, const Text& name) {
    int found = book.find(list, name);
    return found < 0 ? -1 : found + static_cast<int>(first);
  };
  Text group = take_until(key, '.');
  switch (index_of(group, "says offer link action mark purpose block")) {
    case 0: return look_up(Strings::statements, says_message(book, 0), key);
    case 1: return look_up(Strings::offers, action_message(book, 0), key);
    case 2: return look_up(Strings::links, action_message(book, book.count(Strings::offers)), key);
    case 3: return look_up(Strings::actions, action_message(book, book.count(Strings::offers) + book.count(Strings::links)), key);
    case 4: return look_up(Strings::marks, mark_message(book, 0), key);
    case 5: return look_up(Strings::purpose_kinds, purpose_message(book, 0), key);
    case 6: {
      int block = book.find(Strings::blocks, take_until(key, '.')), part = index_of(key, "title body");
      return block < 0 || part < 0 ? -1 : static_cast<int>(block_message(book, static_cast<std::uint32_t>(block), part));
    }
    default: {
      int topic = book.find(Strings::topics, group), part = index_of(key, "title body short spoken");
      return topic < 0 || part < 0 ? -1 : topic * static_cast<int>(topic_texts) + part;
    }
  }
}

// --- loading ---------------------------------------------------------------------------------------------------------

bool Locale::load(Cursor in) {
  keys_hash_ = in.u32();
  tag_ = in.text();
  gap_ = in.text();
  for (Text& digit : digits_) digit = in.text();
  group_separator_ = in.text();
  for (ListPattern* pattern : {&list_two_, &list_start_, &list_middle_, &list_end_})
    for (Text* part : {&pattern->before, &pattern->between, &pattern->after}) *part = in.text();
  date_pattern_ = in.text();
  for (Text& month : months_) month = in.text();
  right_to_left_ = in.u8() != 0;
  primary_group_ = in.u8();
  secondary_group_ = in.u8();
  minimum_grouping_ = in.u8();
  plural_million_ = in.u8();
  std::uint32_t filled = 0;
  for (std::uint32_t runs = in.varint(); runs > 0; --runs) {
    std::uint8_t category = in.u8();
    std::uint32_t length = in.varint();
    if (!in.ok() || category > category_other || length > sizeof plural_ - filled) return false;
    for (; length > 0; --length) plural_[filled++] = category;
  }
  if (filled != sizeof plural_ || plural_million_ > category_other || !primary_group_ || !secondary_group_) return false;
  alias_count_ = in.varint();
  aliases_ = in;
  for (std::uint32_t i = 0; i < alias_count_ && in.ok(); ++i) in.text();
  message_count_ = in.varint();
  if (message_count_ > max_messages) return false;
  for (std::uint32_t i = 0; i < message_count_; ++i) {
    messages_[i] = in.text();
    if (!check_message(cursor(messages_[i]), 0)) return false;
  }
  return in.ok() && in.done() && !tag_.empty();
}

bool Locale::check_message(Cursor in, std::uint32_t depth) const {
  if (depth > max_message_depth) return false;
  while (!in.done() && in.ok()) {
    std::uint8_t byte = in.u8();
    if (byte >= first_literal) continue;
    if (byte < insert_text || byte > select || in.u8() >= argument_count) return false;
    if (byte < plural) continue;
    for (std::uint32_t branches = in.u8(); branches > 0; --branches) {
      if (byte == select) in.part(in.u8());
      else if (in.u8() == exact) in.u8();
      Cursor body = sized_block(in);
      if (!in.ok() || !check_message(body, depth + 1)) return false;
    }
  }
  return in.ok();
}

bool Locale::serves(const Text& tag) const {
  if (tag == tag_) return true;
  Cursor in = aliases_;
  for (std::uint32_t i = 0; i < alias_count_; ++i)
    if (in.text() == tag) return true;
  return false;
}

// --- formatting ------------------------------------------------------------------------------------------------------

void Formatter::run(const Text& bytecode) {
  Cursor in = cursor(bytecode);
  while (!in.done()) {
    const std::uint8_t* from = in.at();
    while (!in.done() && *in.at() >= first_literal) in.u8();
    if (in.at() != from) out_.append(Text(reinterpret_cast<const char*>(from), static_cast<std::size_t>(in.at() - from)));
    if (in.done()) return;
    std::uint8_t instruction = in.u8();
    std::uint8_t argument = in.u8();
    switch (instruction) {
      case insert_text: text_argument(argument); break;
      case insert_integer: integer(number_of(argument)); break;
      case insert_date: date(arguments_.date); break;
      default: {
        std::uint32_t number = number_of(argument);
        Text value = instruction == select && argument < 7 ? arguments_.texts[argument] : Text();
        std::uint8_t wanted = instruction == plural ? category(number) : 0;
        Cursor chosen;
        int rank = 0;  // of the branch found so far: 1 other, 2 category or value, 3 exact number
        for (std::uint32_t branches = in.u8(); branches > 0; --branches) {
          int here;
          if (instruction == select) {
            Cursor bytes = in.part(in.u8());
            Text name(reinterpret_cast<const char*>(bytes.at()), bytes.left());
            here = name.empty() ? 1 : name == value ? 2 : 0;
          } else {
            std::uint8_t kind = in.u8();
            here = kind == exact ? (in.u8() == number ? 3 : 0) : kind == wanted ? 2 : kind == category_other ? 1 : 0;
          }
          Cursor body = sized_block(in);
          if (here <= rank) continue;
          rank = here;
          chosen = body;
        }
        if (rank) run(Text(reinterpret_cast<const char*>(chosen.at()), chosen.left()));
      }
    }
  }
}

void Formatter::text_argument(std::uint8_t argument) {
  if (argument < 7) out_.append(arguments_.texts[argument]);
  else if (argument < 10) list(arguments_.lists[argument - 7]);
  else if (argument < 13) integer(number_of(argument));
  else date(arguments_.date);
}

std::uint8_t Formatter::category(std::uint32_t number) const {
  if (number && number % 1000000 == 0) return locale_.plural_million_;
  return locale_.plural_[number < 200 ? number : 100 + number % 100];
}

void Formatter::integer(std::uint32_t number) {
  std::uint32_t size = 1, power = 1;
  for (; number / power >= 10; power *= 10) ++size;
  bool grouped = size >= static_cast<std::uint32_t>(locale_.primary_group_ + locale_.minimum_grouping_);
  for (std::uint32_t left = size - 1;; --left, power /= 10) {
    out_.append(locale_.digits_[number / power % 10]);
    bool boundary = left == locale_.primary_group_ ||
                    (left > locale_.primary_group_ && (left - locale_.primary_group_) % locale_.secondary_group_ == 0);
    if (grouped && left && boundary) out_.append(locale_.group_separator_);
    if (!left) return;
  }
}

void Formatter::date(std::int32_t day) {
  Civil civil = to_civil(day);
  auto number = [&](int value, int width) {
    int power = 1;
    while (power * 10 <= value || --width > 0) power *= 10;
    for (; power > 0; power /= 10) out_.append(locale_.digits_[value / power % 10]);
  };
  for (const char& c : locale_.date_pattern_) {
    switch (c) {
      case day_of_month: number(civil.day, 1); break;
      case padded_day: number(civil.day, 2); break;
      case month_number: number(civil.month, 1); break;
      case padded_month: number(civil.month, 2); break;
      case month_name: out_.append(locale_.months_[civil.month - 1]); break;
      case year: number(civil.year, 1); break;
      default: out_.append(Text(&c, 1));
    }
  }
}

void Formatter::list(const TextList& items) {
  if (!items.size) return;
  if (items.size == 1) return out_.append(items[0]);
  if (items.size == 2) {
    out_.append(locale_.list_two_.before);
    out_.append(items[0]);
    out_.append(locale_.list_two_.between);
    out_.append(items[1]);
    return out_.append(locale_.list_two_.after);
  }
  // Nested from the left, as CLDR has it: end(middle(start(a, b), c), d).
  const auto &start = locale_.list_start_, &middle = locale_.list_middle_, &end = locale_.list_end_;
  std::uint32_t middles = items.size - 3;
  out_.append(end.before);
  for (std::uint32_t i = 0; i < middles; ++i) out_.append(middle.before);
  out_.append(start.before);
  out_.append(items[0]);
  out_.append(start.between);
  out_.append(items[1]);
  out_.append(start.after);
  for (std::uint32_t i = 0; i < middles; ++i) {
    out_.append(middle.between);
    out_.append(items[2 + i]);
    out_.append(middle.after);
  }
  out_.append(end.between);
  out_.append(items[items.size - 1]);
  out_.append(end.after);
}

}  // namespace candor::runtime

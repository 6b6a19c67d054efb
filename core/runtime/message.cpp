#include "core/runtime/message.h"

namespace candor::runtime {
namespace {

enum Instruction : std::uint8_t { insert_text = 1, insert_integer, insert_date, plural, select, first_literal = 0x20 };
constexpr std::uint8_t category_other = 5, exact = 6;
constexpr std::uint32_t max_message_depth = 6;
enum DatePart : char { day_of_month = 1, padded_day, month_number, padded_month, month_name, year };

constexpr Strings group_lists[] = {Strings::topics,  Strings::statements, Strings::offers, Strings::links,
                                   Strings::actions, Strings::marks,      Strings::blocks, Strings::purpose_kinds};

/// Passes over `size` bytes of bytecode.
void check(Cursor& in, std::uint32_t size, std::uint32_t depth) {
  in.expect(size <= in.left() && depth <= max_message_depth);
  for (std::uint32_t left_then = in.left() - size; in.ok() && in.left() != left_then;
       in.expect(in.left() >= left_then)) {
    std::uint32_t byte = in.u8();
    if (byte >= first_literal) continue;
    in.expect(byte >= insert_text && byte <= select && in.u8() < argument_count);
    for (std::uint32_t branches = byte < plural ? 0 : in.u8(); branches > 0; --branches) {
      if (byte == select) in.take(in.u8());
      else if (in.u8() == exact) in.u8();
      check(in, in.u16(), depth + 1);
    }
  }
}

std::uint32_t width_of(Messages group) { return group == Messages::topics ? 4 : group == Messages::blocks ? 2 : 1; }

/// Before the sound of i Spanish says "e" for "y": "i", and "hi" where no diphthong follows.
bool sounds_like_i(Text word) {
  bool h = (*word | 0x20) == 'h';
  if (h) ++word;
  return (*word | 0x20) == 'i' && !(h && ((word[1] | 0x20) == 'a' || (word[1] | 0x20) == 'e'));
}

}  // namespace

// --- where messages stand --------------------------------------------------------------------------------------------

std::uint32_t message_of(const Book& book, Messages group, std::uint32_t index) {
  for (int before = 0; before < static_cast<int>(group); ++before)
    index += book.count(group_lists[before]) * width_of(static_cast<Messages>(before));
  return index;
}

int message_index(const Book& book, char* key) {
  Text first = cut(key, '.');
  int prefix = index_of(first, "says\0offer\0link\0action\0mark\0block\0purpose\0");
  auto group = static_cast<Messages>(prefix + 1);
  std::uint32_t width = width_of(group);
  // A topic stands in place of the prefix; topics and blocks have parts.
  Text name = group == Messages::topics ? first : cut(key, '.');
  int found = book.find(group_lists[static_cast<int>(group)], name);
  int part = width == 1 ? (is_empty(key) ? 0 : -1) : index_of(key, "title\0body\0short\0spoken\0");
  if (found < 0 || part < 0 || part >= static_cast<int>(width)) return -1;
  return static_cast<int>(
      message_of(book, group, static_cast<std::uint32_t>(found) * width + static_cast<std::uint32_t>(part)));
}

// --- loading ---------------------------------------------------------------------------------------------------------

bool Locale::load(Cursor in) {
  header_ = in.record<LocaleHeader>();
  if (header_->aliases > max_texts - first_alias) return false;
  for (int i = 0; i < first_alias + header_->aliases; ++i) texts_[i] = in.text();
  message_count_ = in.u16();
  if (message_count_ > max_messages || is_empty(tag())) return false;
  for (std::uint32_t i = 0; i < message_count_; ++i) {
    messages_[i] = in.at();
    check(in, in.u16(), 0);
    in.expect(!in.u8());
  }
  return in.done();
}

bool Locale::serves(Text tag, std::uint32_t size) const {
  for (int i = 0; i < header_->aliases; ++i)
    if (equal(texts_[first_alias + i], tag, size)) return true;
  return equal(this->tag(), tag, size);
}

// --- formatting ------------------------------------------------------------------------------------------------------

void Locale::write(std::uint32_t message, const Arguments& arguments, JsonWriter& out) const {
  if (!has(message)) return;
  const std::uint8_t* at = messages_[message] + 2;
  run(at, at + read_u16(at - 2), arguments, out);
}

void Locale::run(const std::uint8_t* at, const std::uint8_t* end, const Arguments& arguments, JsonWriter& out) const {
  while (at < end) {
    const std::uint8_t* literal = at;
    while (at < end && *at >= first_literal) ++at;
    out.append(reinterpret_cast<Text>(literal), reinterpret_cast<Text>(at));
    if (at == end) return;
    std::uint32_t instruction = *at++, argument = *at++;
    if (instruction <= insert_date) {
      insert(argument, arguments, out);
      continue;
    }
    bool is_number = argument >= argument_hours && argument < argument_date;
    auto number = static_cast<std::uint32_t>(is_number ? arguments.numbers[argument - argument_hours] : 0);
    int rank = 0;  // of the branch found: 1 other, 2 category or value, 3 exact number
    const std::uint8_t* chosen = nullptr;
    for (std::uint32_t branches = *at++; branches > 0; --branches) {
      std::uint32_t kind = *at++;
      int here = 0;
      if (instruction == select) {
        here = !kind ? 1
               : equal(argument < argument_providers ? arguments.texts[argument] : "", reinterpret_cast<Text>(at), kind)
                   ? 2
                   : 0;
        at += kind;
      } else if (kind == exact) {
        here = *at++ == number ? 3 : 0;
      } else {
        here = kind == category(number) ? 2 : kind == category_other ? 1 : 0;
      }
      if (here > rank) {
        rank = here;
        chosen = at;
      }
      at += 2 + read_u16(at);
    }
    if (chosen) run(chosen + 2, chosen + 2 + read_u16(chosen), arguments, out);
  }
}

void Locale::insert(std::uint32_t argument, const Arguments& arguments, JsonWriter& out) const {
  if (argument < argument_providers) return out.append(arguments.texts[argument]);
  if (argument < argument_hours) return list(arguments.lists[argument - argument_providers], out);
  std::int32_t number = arguments.numbers[argument - argument_hours];
  if (argument == argument_date) return write_date(number, out);
  auto count = static_cast<std::uint32_t>(number);
  integer(count, 1, count >= header_->grouped_from ? header_->groups : 0, out);
}

std::uint32_t Locale::category(std::uint32_t number) const {
  if (number && number % 1000000 == 0) return header_->million;
  return header_->plural[number < 200 ? number : 100 + number % 100];
}

/// At least `width` digits; a separator behind those whose bit is set in `groups`, the lowest bit for the last digit.
void Locale::integer(std::uint32_t number, int width, std::uint32_t groups, JsonWriter& out) const {
  if (number >= 10 || width > 1) integer(number / 10, width - 1, groups >> 1, out);
  out.append(texts_[digit_0 + number % 10]);
  if (groups & 1) out.append(texts_[group_separator]);
}

void Locale::write_date(Day day, JsonWriter& out) const {
  Civil civil = to_civil(day);
  for (Text at = texts_[date_pattern]; *at; ++at) {
    int part = static_cast<unsigned char>(*at);
    bool padded = part == padded_day || part == padded_month;
    int number = part <= padded_day ? civil.day : part <= padded_month ? civil.month : civil.year;
    if (part > year) out.append(at, at + 1);
    else if (part == month_name) out.append(texts_[month_1 + civil.month - 1]);
    else integer(static_cast<std::uint32_t>(number), padded ? 2 : 1, 0, out);
  }
}

void Locale::list(const List<Text, max_listed>& items, JsonWriter& out) const {
  // Nested from the left, as CLDR has it: end(middle(start(a, b), c), d). Each pattern is before, between, after.
  enum : std::uint32_t { two, start, middle, end };
  auto pattern = [&](std::uint32_t item) {
    return texts_ + list_patterns +
           3 * (items.size == 2          ? two
                : item == 1              ? start
                : item + 1 == items.size ? end
                                         : middle);
  };
  for (std::uint32_t item = items.size; item-- > 1;) out.append(pattern(item)[0]);
  for (std::uint32_t item = 0; item < items.size; ++item) {
    Text between = pattern(item)[1];
    if (item + 1 == items.size && !is_empty(texts_[before_i]) && sounds_like_i(items[item])) between = texts_[before_i];
    if (item) out.append(between);
    out.append(items[item]);
    if (item) out.append(pattern(item)[2]);
  }
}

}  // namespace candor::runtime

#include "core/runtime/message.h"

namespace candor::runtime {
namespace {

enum Instruction : std::uint8_t { insert_text = 1, insert_integer, insert_date, plural, select, first_literal = 0x20 };
constexpr std::uint8_t category_other = 5, exact = 6;
constexpr std::uint32_t max_message_depth = 6;
enum DatePart : char { day_of_month = 1, padded_day, month_number, padded_month, month_name, year };

constexpr Strings group_lists[] = {Strings::topics,  Strings::statements, Strings::offers, Strings::links,
                                   Strings::actions, Strings::marks,      Strings::blocks, Strings::purpose_kinds};

std::uint32_t width_of(Messages group) { return group == Messages::topics ? 4 : group == Messages::blocks ? 2 : 1; }

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
  if (!header_ || !header_->primary_group || !header_->secondary_group || header_->aliases > max_texts - first_alias)
    return false;
  for (int i = 0; i < first_alias + header_->aliases; ++i) texts_[i] = in.text();
  message_count_ = in.u16();
  const std::uint8_t* lengths = in.take(2 * message_count_);
  if (!lengths || message_count_ > max_messages || is_empty(tag())) return false;
  for (std::uint32_t i = 0; i < message_count_; ++i) {
    std::uint32_t size = read_u16(lengths + 2 * i);
    messages_[i] = in.take(size + 1);
    if (!messages_[i] || messages_[i][size] || !check(Cursor(messages_[i], size), 0)) return false;
  }
  messages_[message_count_] = in.at();
  return in.done();
}

bool Locale::check(Cursor in, std::uint32_t depth) {
  if (depth > max_message_depth) return false;
  while (!in.done() && in.ok()) {
    std::uint32_t byte = in.u8();
    if (byte >= first_literal) continue;
    if (byte < insert_text || byte > select || in.u8() >= argument_count) return false;
    for (std::uint32_t branches = byte < plural ? 0 : in.u8(); branches > 0; --branches) {
      if (byte == select) in.take(in.u8());
      else if (in.u8() == exact) in.u8();
      std::uint32_t size = in.u16();
      const std::uint8_t* body = in.take(size);
      if (!body || !check(Cursor(body, size), depth + 1)) return false;
    }
  }
  return in.ok();
}

bool Locale::serves(Text tag) const {
  for (int i = 0; i < header_->aliases; ++i)
    if (equal(texts_[first_alias + i], tag)) return true;
  return equal(this->tag(), tag);
}

// --- formatting ------------------------------------------------------------------------------------------------------

void Locale::write(std::uint32_t message, const Arguments& arguments, JsonWriter& out) const {
  if (has(message)) run(messages_[message], messages_[message + 1] - 1, arguments, out);
}

void Locale::run(const std::uint8_t* at, const std::uint8_t* end, const Arguments& arguments, JsonWriter& out) const {
  while (at < end) {
    const std::uint8_t* from = at;
    while (at < end && *at >= first_literal) ++at;
    out.append(reinterpret_cast<const char*>(from), static_cast<std::uint32_t>(at - from));
    if (at == end) return;
    std::uint8_t instruction = at[0], argument = at[1];
    at += 2;
    bool is_number = argument >= argument_hours && argument < argument_date;
    auto number = static_cast<std::uint32_t>(is_number ? arguments.numbers[argument - argument_hours] : 0);
    if (instruction <= insert_date) {
      if (argument < argument_providers) out.append(arguments.texts[argument]);
      else if (argument < argument_hours) list(arguments.lists[argument - argument_providers], out);
      else if (argument < argument_date) integer(number, 1, true, out);
      else date(arguments.numbers[3], out);
      continue;
    }
    std::uint8_t wanted = category(number);
    const std::uint8_t *chosen = nullptr, *chosen_end = nullptr;
    int rank = 0;  // of the branch found so far: 1 other, 2 category or value, 3 exact number
    for (std::uint32_t branches = *at++; branches > 0; --branches) {
      int here;
      if (instruction == select) {
        std::uint32_t size = *at++;
        Text value = argument < argument_providers ? arguments.texts[argument] : "";
        std::uint32_t same = 0;
        while (same < size && value[same] && static_cast<std::uint8_t>(value[same]) == at[same]) ++same;
        here = !size ? 1 : same == size && !value[same] ? 2 : 0;
        at += size;
      } else {
        std::uint8_t kind = *at++;
        here = kind == wanted ? 2 : kind == category_other ? 1 : 0;
        if (kind == exact) here = *at++ == number ? 3 : 0;
      }
      std::uint32_t size = read_u16(at);
      at += 2 + size;
      if (here <= rank) continue;
      rank = here;
      chosen = at - size;
      chosen_end = at;
    }
    run(chosen, chosen_end, arguments, out);
  }
}

std::uint8_t Locale::category(std::uint32_t number) const {
  if (number && number % 1000000 == 0) return header_->million;
  return header_->plural[number < 200 ? number : 100 + number % 100];
}

void Locale::integer(std::uint32_t number, std::uint32_t width, bool grouped, JsonWriter& out) const {
  std::uint32_t size = 1, power = 1;
  for (; number / power >= 10 || size < width; power *= 10) ++size;
  std::uint32_t primary = header_->primary_group, secondary = header_->secondary_group;
  grouped = grouped && size >= primary + header_->minimum_grouping;
  for (std::uint32_t left = size; left > 0; power /= 10) {
    out.append(texts_[digit_0 + number / power % 10]);
    --left;
    if (grouped && left && left >= primary && (left - primary) % secondary == 0) out.append(texts_[group_separator]);
  }
}

void Locale::date(Day day, JsonWriter& out) const {
  Civil civil = to_civil(day);
  for (Text at = texts_[date_pattern]; *at; ++at) {
    switch (*at) {
      case day_of_month:
      case padded_day: integer(static_cast<std::uint32_t>(civil.day), *at == padded_day ? 2 : 1, false, out); break;
      case month_number:
      case padded_month:
        integer(static_cast<std::uint32_t>(civil.month), *at == padded_month ? 2 : 1, false, out);
        break;
      case month_name: out.append(texts_[month_1 + civil.month - 1]); break;
      case year: integer(static_cast<std::uint32_t>(civil.year), 1, false, out); break;
      default: out.append(at, 1);
    }
  }
}

void Locale::list(const List<Text, max_listed>& items, JsonWriter& out) const {
  // Nested from the left, as CLDR has it: end(middle(start(a, b), c), d). Each pattern is before, between, after.
  enum : std::uint32_t { two, start, middle, last };
  auto part = [&](std::uint32_t pattern, std::uint32_t at) { out.append(texts_[lists + 3 * pattern + at]); };
  auto pattern_before = [&](std::uint32_t item) {
    return items.size == 2 ? two : item == 1 ? start : item + 1 == items.size ? last : middle;
  };
  // Spanish says "e" for "y" before the sound of i.
  Text final = items.size ? items[items.size - 1] : "";
  char a = static_cast<char>(final[0] | 0x20), b = a == 'h' ? static_cast<char>(final[1] | 0x20) : a;
  char c = a == 'h' && b == 'i' ? static_cast<char>(final[2] | 0x20) : '\0';
  bool i_sound = b == 'i' && c != 'a' && c != 'e' && *texts_[before_i];
  for (std::uint32_t item = items.size; item-- > 1;) part(pattern_before(item), 0);
  for (std::uint32_t item = 0; item < items.size; ++item) {
    if (item && item + 1 == items.size && i_sound) out.append(texts_[before_i]);
    else if (item) part(pattern_before(item), 1);
    out.append(items[item]);
    if (item) part(pattern_before(item), 2);
  }
}

}  // namespace candor::runtime

#include "core/runtime/date.h"

namespace candor::runtime {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads what is written after `form`, in which a digit stands for a number of that many digits and a letter for itself
/// in either case. Numbers go to `numbers`. Returns what follows, or null where `text` is of another form.
Text scan(Text text, Text form, int* numbers) {
  for (; *form; ++form) {
    if (!is_digit(*form)) {
      if ((*text++ | 0x20) != *form) return nullptr;
      continue;
    }
    int number = 0;
    for (int left = *form - '0'; left > 0; --left, ++text) {
      if (!is_digit(*text)) return nullptr;
      number = number * 10 + (*text - '0');
    }
    *numbers++ = number;
  }
  return text;
}

/// What an ISO 8601 duration is summed up in.
enum Sum : std::uint8_t { months, days, minutes, sums };

struct Unit {
  char letter;
  Sum sum;
  std::uint8_t count;
};
/// In the order in which they stand, so that M is months before T and minutes behind it.
constexpr Unit units[] = {{'Y', months, 12}, {'M', months, 1},   {'W', days, 7},    {'D', days, 1},
                          {'T', minutes, 0}, {'H', minutes, 60}, {'M', minutes, 1}, {'\0', sums, 0}};

/// False: `text` is no duration. Unsigned, so that a number of any length is harmless.
bool parse_duration(Text text, std::uint32_t (&result)[sums]) {
  for (std::uint32_t& sum : result) sum = 0;
  if (*text != 'P') return false;
  const Unit* unit = units;
  while (*++text) {
    std::uint32_t number = 0;
    for (; is_digit(*text); ++text) number = number * 10 + static_cast<std::uint32_t>(*text - '0');
    while (unit->letter && unit->letter != *text) ++unit;
    if (!unit->letter) return false;
    result[unit->sum] += number * unit->count;
  }
  return text[-1] != 'P' && text[-1] != 'T';
}

/// A thirteenth month is the first of the next year. From year 0 on.
Day from_civil(int year, int month, int day) {
  if (month <= 2) month += 12, --year;
  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month - 457) / 5 + day - 719469;
}

}  // namespace

// After Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms": years begin in
// March. Unsigned, so that a day out of all bounds is some date, and never one that does not exist.
Civil to_civil(Day day) {
  std::uint32_t quarters = 4 * (static_cast<std::uint32_t>(day) + 719468) + 3;
  std::uint32_t of_century = quarters % 146097 | 3, of_year = of_century % 1461 / 4, shifted = (5 * of_year + 2) / 153;
  std::uint32_t next_year = shifted >= 10;
  return {static_cast<int>(quarters / 146097 * 100 + of_century / 1461 + next_year),
          static_cast<int>(shifted + 3 - 12 * next_year), static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1)};
}

Day parse_day(Text text) {
  int date[3];
  Text end = scan(text, "4-2-2", date);
  // The date ends the text, or a time follows after T, t or a space.
  if (!end || !*date || ((*end | 0x20) != ' ' && (*end | 0x20) != 't')) return no_day;
  Day day = from_civil(date[0], date[1], date[2]);
  Civil civil = to_civil(day);
  return civil.month == date[1] && civil.day == date[2] ? day : no_day;
}

Day parse_date(Text text) { return length(text) == 10 ? parse_day(text) : no_day; }

bool is_instant(Text text) {
  int time[5] = {};
  if (parse_day(text) == no_day) return false;
  text = scan(text + 10, "t2:2:2", time);
  if (!text) return false;
  if (*text == '.') {
    do ++text;
    while (is_digit(*text));
    if (text[-1] == '.') return false;
  }
  if ((*text | 0x20) == 'z') ++text;
  else text = *text == '+' || *text == '-' ? scan(text + 1, "2:2", time + 3) : nullptr;
  // A leap second is a second.
  return text && !*text && time[0] < 24 && time[1] < 60 && time[2] < 61 && time[3] < 24 && time[4] < 60;
}

void write_day(Day day, char* out) {
  Civil civil = to_civil(day);
  auto digits = static_cast<std::uint32_t>(civil.year * 10000 + civil.month * 100 + civil.day);
  out[10] = '\0';
  for (int i = 9; i >= 0; --i) {
    if (i == 4 || i == 7) {
      out[i] = '-';
      continue;
    }
    out[i] = static_cast<char>('0' + digits % 10);
    digits /= 10;
  }
}

bool write_later(Text instant, std::uint32_t minutes, char* out) {
  int time[2] = {};
  scan(instant + 10, "t2:2", time);
  minutes += static_cast<std::uint32_t>(time[0] * 60 + time[1]);
  Day day = parse_day(instant) + static_cast<Day>(minutes / (24 * 60));
  if (day > last_day) return false;
  write_day(day, out);
  std::uint32_t hour = minutes / 60 % 24, minute = minutes % 60;
  const std::uint32_t digits[] = {hour / 10, hour % 10, 0, minute / 10, minute % 10};
  out[10] = 'T';
  for (int i = 0; i < 5; ++i) out[11 + i] = i == 2 ? ':' : static_cast<char>('0' + digits[i]);
  out[16] = '\0';
  return true;
}

Day add_duration(Day day, Text duration) {
  std::uint32_t span[sums];
  if (!parse_duration(duration, span) || span[minutes]) return no_day;
  Civil civil = to_civil(day);
  std::uint32_t month = static_cast<std::uint32_t>(civil.year * 12 + civil.month - 1) + span[months];
  if (month >= 10000 * 12) return no_day;
  int year = static_cast<int>(month / 12), of_year = static_cast<int>(month % 12 + 1);
  Day to = from_civil(year, of_year, civil.day), last = from_civil(year, of_year + 1, 1) - 1;
  return static_cast<Day>(static_cast<std::uint32_t>(to < last ? to : last) + span[days]);
}

std::uint32_t approximate_minutes(Text duration) {
  constexpr std::uint32_t day = 24 * 60;
  if (*duration == 'b') {
    std::int32_t number = whole_number(duration + sizeof "businessDays");
    return number < 0 || number > 9999 ? 0 : static_cast<std::uint32_t>(number) * (day * 7 / 5);
  }
  std::uint32_t span[sums];
  return parse_duration(duration, span) ? (span[months] * 30 + span[days]) * day + span[minutes] : 0;
}

}  // namespace candor::runtime

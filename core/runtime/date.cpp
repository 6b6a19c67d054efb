#include "core/runtime/date.h"

namespace candor::runtime {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int month_length(int year, int month) {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// `width` digits at `at`, which moves behind them; -1 where they are none.
int take_number(Text& at, int width) {
  int value = 0;
  for (; width > 0; --width, ++at) {
    if (!is_digit(*at)) return -1;
    value = value * 10 + (*at - '0');
  }
  return value;
}

struct Duration {
  bool ok = false;
  int months = 0, days = 0, minutes = 0;
};

Duration parse_duration(Text text) {
  Duration result;
  if (*text++ != 'P') return result;
  bool time = false, any = false;
  int value = -1;
  for (; *text; ++text) {
    char c = *text;
    if (is_digit(c)) {
      value = (value < 0 ? 0 : value) * 10 + (c - '0');
      if (value > 100000) return result;
      continue;
    }
    if (c == 'T' && !time && value < 0) {
      time = true;
      continue;
    }
    if (value < 0) return result;
    if (c == 'M') (time ? result.minutes : result.months) += value;
    else if (time && c == 'H') result.minutes += 60 * value;
    else if (!time && c == 'Y') result.months += 12 * value;
    else if (!time && (c == 'W' || c == 'D')) result.days += (c == 'W' ? 7 : 1) * value;
    else return result;
    value = -1;
    any = true;
  }
  result.ok = any && value < 0;
  return result;
}

}  // namespace

// After Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, eras are 400 years.
Civil to_civil(Day day) {
  day += 719468;
  int era = (day >= 0 ? day : day - 146096) / 146097;
  int of_era = day - era * 146097;
  int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted = (5 * of_year + 2) / 153;
  int month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1};
}

Day from_civil(Civil civil) {
  int year = civil.year - (civil.month <= 2);
  int era = (year >= 0 ? year : year - 399) / 400;
  int year_of_era = year - era * 400;
  int of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719468;
}

Day parse_day(Text text) {
  Civil civil{};
  civil.year = take_number(text, 4);
  if (civil.year < 1 || *text++ != '-') return no_day;
  civil.month = take_number(text, 2);
  if (civil.month < 1 || civil.month > 12 || *text++ != '-') return no_day;
  civil.day = take_number(text, 2);
  bool ends = !*text || *text == 'T' || *text == 't' || *text == ' ';
  return ends && civil.day >= 1 && civil.day <= month_length(civil.year, civil.month) ? from_civil(civil) : no_day;
}

bool is_instant(Text text) {
  if (parse_day(text) == no_day) return false;
  auto below = [&](int limit) {
    int number = take_number(text, 2);
    return number >= 0 && number < limit;
  };
  text += 10;
  if ((*text | 0x20) != 't') return false;
  ++text;
  // A leap second is a second.
  if (!below(24) || *text++ != ':' || !below(60) || *text++ != ':' || !below(61)) return false;
  if (*text == '.') {
    if (!is_digit(*++text)) return false;
    while (is_digit(*text)) ++text;
  }
  if ((*text | 0x20) == 'z') return !text[1];
  if (*text != '+' && *text != '-') return false;
  ++text;
  return below(24) && *text++ == ':' && below(60) && !*text;
}

void write_day(Day day, char* out) {
  Civil civil = to_civil(day);
  int digits = civil.year * 10000 + civil.month * 100 + civil.day;
  for (int i = 9; i >= 0; --i) {
    bool hyphen = i == 4 || i == 7;
    out[i] = hyphen ? '-' : static_cast<char>('0' + digits % 10);
    if (!hyphen) digits /= 10;
  }
  out[10] = '\0';
}

Day add_duration(Day day, Text duration) {
  Duration parsed = parse_duration(duration);
  if (!parsed.ok || parsed.minutes) return no_day;
  Civil civil = to_civil(day);
  int months = civil.year * 12 + civil.month - 1 + parsed.months;
  civil.year = months / 12;
  civil.month = months % 12 + 1;
  if (civil.year > 9999) return no_day;
  int last = month_length(civil.year, civil.month);
  if (civil.day > last) civil.day = last;
  return from_civil(civil) + parsed.days;
}

std::uint32_t approximate_minutes(Text duration) {
  constexpr int day = 24 * 60;
  if (*duration == 'b') {
    int days = whole_number(duration + sizeof "businessDays");
    return days < 0 || days > 9999 ? 0 : static_cast<std::uint32_t>(days * (day * 7 / 5));
  }
  Duration parsed = parse_duration(duration);
  return parsed.ok ? static_cast<std::uint32_t>((parsed.months * 30 + parsed.days) * day + parsed.minutes) : 0;
}

}  // namespace candor::runtime

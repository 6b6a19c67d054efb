#include "core/runtime/date.h"

namespace candor::runtime {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int month_length(int year, int month) {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int number(const char* at, int length) {
  int value = 0;
  for (int i = 0; i < length; ++i) {
    if (!is_digit(at[i])) return -1;
    value = value * 10 + (at[i] - '0');
  }
  return value;
}

struct Duration {
  bool ok = false;
  int months = 0, days = 0, minutes = 0;
};

Duration parse_duration(const Text& text) {
  Duration result;
  if (text.size() < 3 || text[0] != 'P') return result;
  bool time = false, any = false;
  int value = -1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    char c = text[i];
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

Day parse_day(const Text& text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return no_day;
  if (text.size() > 10 && text[10] != 'T' && text[10] != 't' && text[10] != ' ') return no_day;
  Civil civil{number(text.data(), 4), number(text.data() + 5, 2), number(text.data() + 8, 2)};
  if (civil.year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1) return no_day;
  return civil.day <= month_length(civil.year, civil.month) ? from_civil(civil) : no_day;
}

void write_day(Day day, char* out) {
  Civil civil = to_civil(day);
  int parts[3] = {civil.year, civil.month, civil.day};
  int widths[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part) {
    for (int i = widths[part] - 1; i >= 0; --i, parts[part] /= 10) out[i] = static_cast<char>('0' + parts[part] % 10);
    out += widths[part];
    if (part < 2) *out++ = '-';
  }
}

Day add_duration(Day day, const Text& duration) {
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

std::uint32_t approximate_minutes(const Text& duration) {
  constexpr std::uint32_t day = 24 * 60;
  Text business = duration;
  if (eat(business, "businessDays:")) {
    int count = static_cast<int>(whole_number(business, 4));
    return count < 0 ? 0 : static_cast<std::uint32_t>(count) * (day * 7 / 5);
  }
  Duration parsed = parse_duration(duration);
  if (!parsed.ok) return 0;
  return static_cast<std::uint32_t>(parsed.months) * 30 * day + static_cast<std::uint32_t>(parsed.days) * day +
         static_cast<std::uint32_t>(parsed.minutes);
}

}  // namespace candor::runtime

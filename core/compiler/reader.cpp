#include "core/compiler/reader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace candor::compiler {
namespace {

constexpr std::size_t longest_duration_number = 6;  ///< digits

const Json& empty_object() {
  static const Json empty = [] {
    Json json;
    json.kind = Json::Kind::object;
    return json;
  }();
  return empty;
}

std::string_view name_of(Json::Kind kind) {
  switch (kind) {
    case Json::Kind::null: return "null";
    case Json::Kind::boolean: return "a boolean";
    case Json::Kind::number: return "a number";
    case Json::Kind::string: return "a string";
    case Json::Kind::array: return "a list";
    case Json::Kind::object: return "an object";
  }
  return {};
}

std::string expected(std::string_view what, const Json& found) {
  return "expected " + std::string(what) + ", found " + std::string(name_of(found.kind));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Takes the leading number off `text`; -1 where there is none.
int take_number(std::string_view& text) {
  std::size_t length = 0;
  int number = 0;
  while (length < text.size() && length <= longest_duration_number && is_digit(text[length]))
    number = number * 10 + (text[length++] - '0');
  if (length == 0 || length > longest_duration_number) return -1;
  text.remove_prefix(length);
  return number;
}

/// Reads `<number><unit>` parts with units in the order of `units`. False where something else stands there.
bool take_parts(std::string_view& text, std::string_view units, int& parts, bool& positive) {
  std::size_t next = 0;
  while (!text.empty() && text.front() != 'T') {
    const int number = take_number(text);
    if (number < 0 || text.empty()) return false;
    const std::size_t unit = units.find(text.front(), next);
    if (unit == std::string_view::npos) return false;
    next = unit + 1;
    text.remove_prefix(1);
    ++parts;
    positive |= number > 0;
  }
  return true;
}

bool begins(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

/// What may stand in a link: no script can hide in it and no foreign host behind two slashes.
bool is_url(std::string_view text) {
  const auto unsafe = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
           std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
  };
  if (text.empty() || std::any_of(text.begin(), text.end(), unsafe)) return false;
  for (const std::string_view scheme : {"https://", "http://"})
    if (begins(text, scheme)) return text.size() > scheme.size() && text[scheme.size()] != '/';
  if (begins(text, "mailto:")) return text.find('@') != std::string_view::npos;
  if (begins(text, "//") || begins(text, "www.")) return false;
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos || text.find_first_of("/?#") < colon;
}

}  // namespace

int index_of(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

std::string pointer(std::string_view path, std::string_view key) {
  std::string result(path);
  result += '/';
  for (const char c : key) {
    if (c == '~') result += "~0";
    else if (c == '/') result += "~1";
    else result += c;
  }
  return result;
}

std::string pointer(std::string_view path, std::size_t index) { return pointer(path, std::to_string(index)); }

bool is_duration(std::string_view text) {
  if (text.empty() || text.front() != 'P') return false;
  text.remove_prefix(1);
  int parts = 0;
  bool positive = false;
  if (!take_parts(text, "YMWD", parts, positive)) return false;
  if (!text.empty()) {
    text.remove_prefix(1);
    int time_parts = 0;
    if (!take_parts(text, "HMS", time_parts, positive) || time_parts == 0 || !text.empty()) return false;
    parts += time_parts;
  }
  return parts > 0 && positive;
}

std::optional<std::int32_t> parse_date(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  int numbers[3] = {};
  std::size_t field = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      if (text[i] != '-') return std::nullopt;
      ++field;
    } else if (is_digit(text[i])) {
      numbers[field] = numbers[field] * 10 + (text[i] - '0');
    } else {
      return std::nullopt;
    }
  }
  const std::chrono::year_month_day date(std::chrono::year(numbers[0]),
                                         std::chrono::month(static_cast<unsigned>(numbers[1])),
                                         std::chrono::day(static_cast<unsigned>(numbers[2])));
  if (numbers[0] < 1 || !date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::string format_date(std::int32_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

ObjectReader::ObjectReader(const Json& value, std::string path, Issues& issues)
    : value_(value.is(Json::Kind::object) ? value : empty_object()), path_(std::move(path)), issues_(issues) {
  if (!value.is(Json::Kind::object)) report("wrong-type", path_, expected("an object", value));
}

const Json* ObjectReader::raw(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return value_.find(key);
}

bool ObjectReader::has(std::string_view key) { return raw(key) != nullptr; }

bool ObjectReader::required(std::string_view key) {
  if (has(key)) return true;
  report("missing-key", pointer(path_, key), "the key " + in_backticks(key) + " is missing");
  return false;
}

std::string ObjectReader::string(std::string_view key, std::string fallback) {
  const Json* value = raw(key);
  if (!value) return fallback;
  if (!value->is(Json::Kind::string)) {
    report("wrong-type", pointer(path_, key), expected("a string", *value));
    return fallback;
  }
  if (has_control(value->string)) {
    report("control-character", pointer(path_, key), in_backticks(value->string) + " holds a control character",
           "write it on one line, without tabs");
    return fallback;
  }
  return value->string;
}

std::string ObjectReader::required_string(std::string_view key) {
  if (!required(key)) return {};
  std::string value = string(key);
  if (const Json* json = raw(key); json->is(Json::Kind::string) && json->string.empty())
    report("missing-key", pointer(path_, key), "the key " + in_backticks(key) + " is empty");
  return value;
}

bool ObjectReader::boolean(std::string_view key, bool fallback) {
  const Json* value = raw(key);
  if (!value) return fallback;
  if (value->is(Json::Kind::boolean)) return value->boolean;
  report("wrong-type", pointer(path_, key), expected("true or false", *value));
  return fallback;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key) {
  const Json* value = raw(key);
  if (!value) return std::nullopt;
  if (value->is(Json::Kind::number) && value->integral) return value->integer;
  report("wrong-type", pointer(path_, key),
         value->is(Json::Kind::number) ? "expected a whole number" : expected("a whole number", *value));
  return std::nullopt;
}

std::optional<std::int32_t> ObjectReader::date(std::string_view key) {
  if (!has(key)) return std::nullopt;
  const Json& value = *raw(key);
  if (!value.is(Json::Kind::string)) {
    report("wrong-type", pointer(path_, key), expected("a date", value));
    return std::nullopt;
  }
  const std::optional<std::int32_t> day = parse_date(value.string);
  if (!day)
    report("bad-date", pointer(path_, key),
           in_backticks(value.string) + " is no date that exists, expected YYYY-MM-DD");
  return day;
}

std::optional<std::string> ObjectReader::url(std::string_view key) {
  if (!has(key)) return std::nullopt;
  const std::size_t before = issues_.size();
  std::string text = string(key);
  if (issues_.size() > before) return std::nullopt;
  if (is_url(text)) return text;
  report("bad-url", pointer(path_, key),
         in_backticks(text) + " is no https, http or mailto address and no path of this site",
         begins(text, "www.") ? "https://" + text : std::string());
  return std::nullopt;
}

std::optional<std::string> ObjectReader::duration(std::string_view key) {
  if (!has(key)) return std::nullopt;
  const std::size_t before = issues_.size();
  std::string text = string(key);
  if (issues_.size() > before) return std::nullopt;
  if (is_duration(text)) return text;
  report("bad-duration", pointer(path_, key),
         in_backticks(text) + " is no ISO 8601 duration longer than nothing, expected e.g. `P6M` or `PT3H`");
  return std::nullopt;
}

std::string ObjectReader::choice(std::string_view key, const std::vector<std::string>& allowed, std::string fallback) {
  if (!has(key)) return fallback;
  const std::size_t before = issues_.size();
  std::string value = string(key);
  if (issues_.size() > before) return fallback;
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  report("unknown-value", pointer(path_, key), in_backticks(value) + " is not a value of " + in_backticks(key),
         nearest(value, allowed));
  return fallback;
}

std::vector<std::string> ObjectReader::strings(std::string_view key, const std::vector<std::string>& allowed) {
  const Json* value = raw(key);
  if (!value) return {};
  const bool list = value->is(Json::Kind::array);
  if (!list && !value->is(Json::Kind::string)) {
    report("wrong-type", pointer(path_, key), expected("a list of strings", *value));
    return {};
  }
  std::vector<std::string> result;
  for (std::size_t i = 0; i < (list ? value->items.size() : 1); ++i) {
    const Json& item = list ? value->items[i] : *value;
    const std::string path = list ? pointer(pointer(path_, key), i) : pointer(path_, key);
    if (!item.is(Json::Kind::string)) {
      report("wrong-type", path, expected("a string", item));
    } else if (has_control(item.string)) {
      report("control-character", path, in_backticks(item.string) + " holds a control character",
             "write it on one line, without tabs");
    } else if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), item.string) == allowed.end()) {
      report("unknown-value", path, in_backticks(item.string) + " is not a value of " + in_backticks(key),
             nearest(item.string, allowed));
    } else if (std::find(result.begin(), result.end(), item.string) != result.end()) {
      report("duplicate-value", path, in_backticks(item.string) + " stands twice in " + in_backticks(key),
             "keep one of the two");
    } else {
      result.push_back(item.string);
    }
  }
  return result;
}

int ObjectReader::index(std::string_view key, const std::vector<std::string>& allowed) {
  return index_of(allowed, choice(key, allowed));
}

std::vector<int> ObjectReader::indices(std::string_view key, const std::vector<std::string>& allowed) {
  std::vector<int> result;
  for (const std::string& value : strings(key, allowed)) result.push_back(index_of(allowed, value));
  return result;
}

void ObjectReader::objects(std::string_view key, const std::function<void(const Json&, const std::string&)>& each) {
  const Json* value = raw(key);
  if (!value) return;
  if (!value->is(Json::Kind::array)) {
    report("wrong-type", pointer(path_, key), expected("a list", *value));
    return;
  }
  for (std::size_t i = 0; i < value->items.size(); ++i) each(value->items[i], pointer(pointer(path_, key), i));
}

void ObjectReader::members(std::string_view key,
                           const std::function<void(const std::string&, const Json&, const std::string&)>& each) {
  const Json* value = raw(key);
  if (!value) return;
  if (!value->is(Json::Kind::object)) {
    report("wrong-type", pointer(path_, key), expected("an object", *value));
    return;
  }
  for (const auto& [name, member] : value->members) each(name, member, pointer(pointer(path_, key), name));
}

void ObjectReader::report(std::string code, std::string path, std::string message, std::string fix) {
  issues_.push_back({std::move(code), std::move(path), std::move(message), std::move(fix)});
}

void ObjectReader::finish() {
  for (const auto& [name, value] : value_.members)
    if (std::find(known_.begin(), known_.end(), name) == known_.end())
      report("unknown-key", pointer(path_, name), "the key " + in_backticks(name) + " is unknown here",
             nearest(name, known_));
}

}  // namespace candor::compiler

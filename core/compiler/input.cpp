#include "core/compiler/input.h"

#include <algorithm>
#include <cctype>

#include "core/compiler/facts.h"
#include "core/compiler/places.h"

namespace candor::compiler {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

bool all(std::string_view text, int (*test)(int)) {
  return std::all_of(text.begin(), text.end(), [test](unsigned char c) { return c < 0x80 && test(c) != 0; });
}

/// The country of an ISO 3166-2 code, where its subdivisions are not listed.
int country_of(const Rulebook& rulebook, std::string_view code) {
  if (code.size() < 4 || code.size() > 6 || code[2] != '-' || !all(code.substr(3), std::isalnum)) return -1;
  const std::string prefix(code.substr(0, 3));
  const bool listed = std::any_of(rulebook.places.begin(), rulebook.places.end(),
                                  [&](const Place& place) { return place.code.rfind(prefix, 0) == 0; });
  return listed ? -1 : find_place(rulebook, code.substr(0, 2));
}

/// Digits where `pattern` has `0`, else the character itself.
bool matches(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (pattern[i] == '0' ? !std::isdigit(static_cast<unsigned char>(text[i])) : text[i] != pattern[i]) return false;
  return true;
}

bool below(std::string_view two_digits, int limit) { return (two_digits[0] - '0') * 10 + two_digits[1] - '0' < limit; }

}  // namespace

int resolve_place(std::string_view code, const Rulebook& rulebook, const std::string& path, Issues& issues) {
  const std::string wanted = upper(code);
  if (int place = find_place(rulebook, wanted); place >= 0) return place;
  if (auto alias = rulebook.place_aliases.find(wanted); alias != rulebook.place_aliases.end())
    return find_place(rulebook, alias->second);
  if (int country = country_of(rulebook, wanted); country >= 0) return country;
  std::vector<std::string> codes;
  for (const Place& place : rulebook.places) codes.push_back(place.code);
  const auto refused = rulebook.place_refused.find(wanted);
  std::string fix = refused != rulebook.place_refused.end() ? refused->second : nearest(wanted, codes);
  if (fix.empty()) fix = "a code such as DE or US-CA, or no place at all where it is unknown";
  issues.push_back({"unknown-place", path,
                    "found `" + std::string(code) + "`, expected an ISO 3166-1 or 3166-2 code, `EU`, `EEA` or `*`",
                    std::move(fix)});
  return -1;
}

std::vector<std::string> read_list(ObjectReader& reader, std::string_view key,
                                   const std::vector<std::string>& allowed) {
  const Json* value = reader.raw(key);
  if (!value || !value->is(Json::Kind::string)) return reader.strings(key, allowed);
  reader.report("wrong-type", pointer(reader.path(), key), "found a string, expected a list of strings",
                "[" + write_json(*value, 0) + "]");
  return {};
}

std::vector<int> read_places(ObjectReader& reader, std::string_view key, const Rulebook& rulebook) {
  std::vector<int> places;
  const std::vector<std::string> codes = read_list(reader, key);
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (int place = resolve_place(codes[i], rulebook, pointer(pointer(reader.path(), key), i), reader.issues());
        place >= 0)
      places.push_back(place);
  return places;
}

int resolve_fact(std::string_view name, const Rulebook& rulebook, const std::string& path, Issues& issues) {
  const int found = find_fact(rulebook, name);
  if (found >= 0 && !rulebook.facts[static_cast<std::size_t>(found)].derived) return found;
  if (found >= 0) {
    issues.push_back({"derived-fact",
                      path,
                      "`" + std::string(name) + "` follows from the rest of the deployment and cannot be stated",
                      {}});
    return -1;
  }
  std::vector<std::string> names;
  for (const Fact& fact : rulebook.facts)
    if (!fact.derived) names.push_back(fact.name);
  issues.push_back(
      {"unknown-fact", path, "`" + std::string(name) + "` is no fact of the vocabulary", nearest(name, names)});
  return -1;
}

void check_facts(ObjectReader& reader, std::string_view key, const Rulebook& rulebook) {
  reader.members(key, [&](const std::string& name, const Json& value, const std::string& path) {
    if (int fact = resolve_fact(name, rulebook, path, reader.issues()); fact >= 0)
      read_fact_value(rulebook.facts[static_cast<std::size_t>(fact)], value, path, reader.issues());
  });
}

std::optional<std::string> canonical_language(std::string_view tag) {
  std::string out;
  enum { language, script, region, variant } next = language;
  while (true) {
    const std::size_t dash = tag.find('-');
    std::string part(tag.substr(0, dash));
    std::transform(part.begin(), part.end(), part.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t size = part.size();
    const bool letters = all(part, std::isalpha), digits = all(part, std::isdigit);
    if (next == language) {
      if (!letters || size < 2 || size > 3) return std::nullopt;
      next = script;
    } else if (next == script && letters && size == 4) {
      part[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(part[0])));
      next = region;
    } else if (next <= region && ((letters && size == 2) || (digits && size == 3))) {
      part = upper(part);
      next = variant;
    } else {
      const bool long_variant = size >= 5 && size <= 8,
                 short_variant = size == 4 && std::isdigit(static_cast<unsigned char>(part[0]));
      if (!all(part, std::isalnum) || !(long_variant || short_variant)) return std::nullopt;
      next = variant;
    }
    out += (out.empty() ? "" : "-") + part;
    if (dash == std::string_view::npos) return out;
    tag.remove_prefix(dash + 1);
  }
}

bool is_instant(std::string_view text) {
  if (text.size() < 20 || !parse_date(text.substr(0, 10)) || !matches(text.substr(10, 9), "T00:00:00")) return false;
  if (!below(text.substr(11, 2), 24) || !below(text.substr(14, 2), 60) || !below(text.substr(17, 2), 61)) return false;
  text.remove_prefix(19);
  if (text[0] == '.') {
    std::size_t end = 1;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  if (text == "Z") return true;
  return (matches(text, "+00:00") || matches(text, "-00:00")) && below(text.substr(1, 2), 24) &&
         below(text.substr(4, 2), 60);
}

bool is_id(std::string_view text) {
  return !text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void check_id(std::string_view text, const std::string& path, Issues& issues) {
  if (is_id(text)) return;
  std::string fix;
  for (char c : text) {
    const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (is_id(std::string_view(&lower, 1))) fix += lower;
    else if (!fix.empty() && fix.back() != '-') fix += '-';
  }
  while (!fix.empty() && fix.back() == '-') fix.pop_back();
  issues.push_back(
      {"bad-id", path, "found `" + std::string(text) + "`, expected lower-case letters, digits and hyphens", fix});
}

namespace {

/// A set is one line.
void flatten_fact(const Json& stated, const std::string& path, std::vector<std::string>& lines) {
  if (!stated.is(Json::Kind::array)) return flatten(stated, path, lines);
  std::string joined;
  for (const Json& item : stated.items) joined += (joined.empty() ? "" : ",") + item.string;
  lines.push_back(path + '=' + (joined.empty() ? "none" : joined));
}

}  // namespace

void flatten(const Json& value, const std::string& path, std::vector<std::string>& lines) {
  switch (value.kind) {
    case Json::Kind::object:
      for (const auto& [key, member] : value.members) {
        const std::string below = path + '.' + key;
        // An empty object is there, though it says nothing: a line without a value.
        if (member.is(Json::Kind::object) && member.members.empty()) lines.push_back(below + '=');
        if (key == "facts" && member.is(Json::Kind::object)) {
          for (const auto& [fact, stated] : member.members) flatten_fact(stated, below + '.' + fact, lines);
        } else if (key == "value") {
          flatten_fact(member, below, lines);  // that a claim states
        } else {
          flatten(member, below, lines);
        }
      }
      return;
    case Json::Kind::array:
      for (std::size_t i = 0; i < value.items.size(); ++i)
        flatten(value.items[i], path + '.' + std::to_string(i), lines);
      return;
    case Json::Kind::string: lines.push_back(path + '=' + value.string); return;
    case Json::Kind::boolean: lines.push_back(path + (value.boolean ? "=true" : "=false")); return;
    case Json::Kind::number: lines.push_back(path + '=' + write_json(value, 0)); return;
    case Json::Kind::null: return;
  }
}

}  // namespace candor::compiler

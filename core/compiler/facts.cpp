#include "core/compiler/facts.h"

#include <algorithm>

#include "core/compiler/conditions.h"
#include "core/compiler/input.h"
#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

const std::vector<std::string> kinds = {"flag", "choice", "set", "date", "count"};  // in the order of FactKind

/// Words that mean something else where a fact or a value could stand.
const std::vector<std::string> reserved_names = {"all", "any", "not"};
const std::vector<std::string> reserved_values = {"none", "ask", "silent"};

/// What the runtime computes of a deployment (core/runtime/format.h).
struct Derived {
  const char* name;
  FactKind kind;
};
constexpr Derived derived_facts[] = {{"channel", FactKind::choice},
                                     {"assistant", FactKind::flag},
                                     {"purposes", FactKind::set},
                                     {"platforms", FactKind::set}};
const std::vector<std::string> purposes_values = {"declared", "sells", "shares", "ads"};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_camel_case(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), is_letter_or_digit);
}

bool is_house_name(std::string_view name) { return name.substr(0, 2) == "x-" && name.size() > 2 && is_id(name); }

class FactsReader {
 public:
  FactsReader(bool house, Rulebook& rulebook, Issues& issues) : house_(house), rulebook_(rulebook), issues_(issues) {}

  /// Names first, so that a presumption that looks the wrong way is told from one that looks at nothing.
  void read(const Json& list, const std::string& path) {
    if (!list.is(Json::Kind::array)) {
      issues_.push_back({"wrong-type", path, "expected a list of facts", {}});
      return;
    }
    const std::size_t first = rulebook_.facts.size();
    for (std::size_t i = 0; i < list.items.size(); ++i) read_fact(list.items[i], pointer(path, i));
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      Fact& fact = rulebook_.facts[first + i];
      const Json* presume = list.items[i].find("presume");
      if (presume && !fact.derived) read_presume(*presume, pointer(pointer(path, i), "presume"), fact);
    }
  }

 private:
  void read_fact(const Json& json, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    Fact fact;
    fact.name = reader.required_string("name");
    check_name(fact.name, pointer(path, "name"));
    if (reader.required("kind")) fact.kind = static_cast<FactKind>(std::max(0, reader.index("kind", kinds)));
    fact.values = reader.strings("values");
    check_values(fact, pointer(path, "values"));
    fact.lifts = reader.boolean("lifts");
    fact.derived = !house_ && reader.boolean("derived");
    fact.group = reader.string("group");
    fact.doc = reader.required_string("doc");
    if (!fact.derived) reader.required("presume");
    reader.finish();
    rulebook_.facts.push_back(std::move(fact));
  }

  void check_name(const std::string& name, const std::string& path) {
    if (name.empty()) return;
    if (house_ && !is_house_name(name)) {
      issues_.push_back({"bad-name", path, "the fact " + in_backticks(name) + " of a house rule file must begin `x-`",
                         is_id(name) ? "x-" + name : ""});
    } else if (!house_ && !is_camel_case(name)) {
      issues_.push_back({"bad-name",
                         path,
                         "the fact " + in_backticks(name) + " must be written in camel case, letters and digits only",
                         {}});
    } else if (index_of(reserved_names, name) >= 0) {
      issues_.push_back({"bad-name", path, in_backticks(name) + " is a word of conditions and cannot name a fact", {}});
    } else if (find_fact(rulebook_, name) >= 0) {
      issues_.push_back({"duplicate-id", path, "there is already a fact " + in_backticks(name), {}});
    }
  }

  void check_values(const Fact& fact, const std::string& path) {
    const bool listed = fact.kind == FactKind::choice || fact.kind == FactKind::set;
    if (listed && fact.values.empty())
      issues_.push_back(
          {"missing-key", path, "a " + kinds[static_cast<std::size_t>(fact.kind)] + " needs `values`", {}});
    if (!listed && !fact.values.empty())
      issues_.push_back(
          {"unknown-key", path, "a " + kinds[static_cast<std::size_t>(fact.kind)] + " has no `values`", {}});
    if (fact.values.size() > most_fact_values)
      issues_.push_back(
          {"too-many-values",
           path,
           std::to_string(fact.values.size()) + " values, where a fact has at most " + std::to_string(most_fact_values),
           {}});
    for (const std::string& value : fact.values) {
      // `none` is a plain value of a choice, and the empty set of a set.
      const int reserved = index_of(reserved_values, value);
      if (!is_id(value) || (reserved >= 0 && (reserved > 0 || fact.kind == FactKind::set)))
        issues_.push_back({"bad-name",
                           path,
                           in_backticks(value) + " cannot be a value, expected lower-case words joined by `-`",
                           {}});
    }
  }

  void read_presume(const Json& presume, const std::string& path, Fact& fact) {
    if (presume.is(Json::Kind::string) && presume.string == "silent") {
      fact.silent = true;
      return;
    }
    const bool cases =
        presume.is(Json::Kind::array) && !presume.items.empty() && presume.items.front().is(Json::Kind::object);
    if (!cases) {
      fact.presume.push_back(read_outcome(presume, path, fact));
      return;
    }
    for (std::size_t i = 0; i < presume.items.size(); ++i) {
      ObjectReader reader(presume.items[i], pointer(path, i), issues_);
      const Json* when = reader.raw("when");
      Presumption presumption;
      if (reader.required("value"))
        presumption = read_outcome(*reader.raw("value"), pointer(reader.path(), "value"), fact);
      if (when) presumption.when = read_condition(*when, pointer(reader.path(), "when"), rulebook_, issues_);
      else if (i + 1 < presume.items.size())
        reader.report("unreachable", reader.path(), "a case without `when` always holds, so it must be the last",
                      "move it to the end");
      reader.finish();
      fact.presume.push_back(std::move(presumption));
    }
  }

  Presumption read_outcome(const Json& value, const std::string& path, const Fact& fact) {
    Presumption presumption;
    presumption.ask = value.is(Json::Kind::string) && value.string == "ask";
    if (presumption.ask) return presumption;
    presumption.value = read_fact_value(fact, value, path, issues_).value_or(FactValue());
    return presumption;
  }

  bool house_;
  Rulebook& rulebook_;
  Issues& issues_;
};

/// The runtime finds the derived facts by their place in the list and the values of two of them by their bit.
void check_derived(const Rulebook& rulebook, const std::string& path, Issues& issues) {
  const auto expect = [&](std::size_t i, bool holds, const std::string& what) {
    if (!holds) issues.push_back({"wrong-derived-fact", pointer(path, i), "expected " + what, {}});
  };
  for (std::size_t i = 0; i < std::size(derived_facts); ++i) {
    const Derived& wanted = derived_facts[i];
    const Fact* fact = i < rulebook.facts.size() ? &rulebook.facts[i] : nullptr;
    expect(i, fact && fact->name == wanted.name && fact->derived && fact->kind == wanted.kind,
           "the derived " + kinds[static_cast<std::size_t>(wanted.kind)] + " `" + wanted.name + "`");
    if (!fact) return;
    if (i == 0)
      expect(i, fact->values == rulebook.vocabulary.channel_types, "the `channelTypes` of vocabulary.json as values");
    if (i == 2) expect(i, fact->values == purposes_values, "the values `declared`, `sells`, `shares`, `ads`");
  }
  for (std::size_t i = std::size(derived_facts); i < rulebook.facts.size(); ++i)
    expect(i, !rulebook.facts[i].derived, "a fact that is stated: the runtime derives the first four only");
}

}  // namespace

int find_fact(const Rulebook& rulebook, std::string_view name) {
  for (std::size_t i = 0; i < rulebook.facts.size(); ++i)
    if (rulebook.facts[i].name == name) return static_cast<int>(i);
  return -1;
}

std::uint32_t read_value_bit(const Fact& fact, const Json& value, const std::string& path, Issues& issues) {
  if (fact.kind == FactKind::flag) {
    if (value.is(Json::Kind::boolean)) return value.boolean ? 2u : 1u;
    issues.push_back({"wrong-type", path, "`" + fact.name + "` is true or false", {}});
    return 0;
  }
  if (!value.is(Json::Kind::string)) {
    issues.push_back({"wrong-type", path, "`" + fact.name + "` takes the name of a value", {}});
    return 0;
  }
  if (const int index = index_of(fact.values, value.string); index >= 0) return 1u << index;
  issues.push_back({"unknown-value", path, in_backticks(value.string) + " is not a value of `" + fact.name + "`",
                    nearest(value.string, fact.values)});
  return 0;
}

std::optional<FactValue> read_fact_value(const Fact& fact, const Json& value, const std::string& path, Issues& issues) {
  const std::size_t before = issues.size();
  FactValue result;
  switch (fact.kind) {
    case FactKind::flag:
    case FactKind::choice: result.mask = read_value_bit(fact, value, path, issues); break;
    case FactKind::set:
      if (value.is(Json::Kind::string) && value.string == "none") break;
      if (!value.is(Json::Kind::array)) {
        result.mask = read_value_bit(fact, value, path, issues);
        break;
      }
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        const std::uint32_t bit = read_value_bit(fact, value.items[i], pointer(path, i), issues);
        if (result.mask & bit)
          issues.push_back({"duplicate-value", pointer(path, i), in_backticks(value.items[i].string) + " stands twice",
                            "keep one of the two"});
        result.mask |= bit;
      }
      break;
    case FactKind::date:
      if (const auto day = value.is(Json::Kind::string) ? parse_date(value.string) : std::nullopt) result.number = *day;
      else issues.push_back({"bad-date", path, "`" + fact.name + "` takes a date that exists, YYYY-MM-DD", {}});
      break;
    case FactKind::count:
      if (value.integral && value.integer >= 0) result.number = value.integer;
      else issues.push_back({"wrong-type", path, "`" + fact.name + "` takes a whole number from 0", {}});
  }
  if (issues.size() > before) return std::nullopt;
  return result;
}

void read_facts(const Json& document, const std::string& path, Rulebook& rulebook, Issues& issues) {
  ObjectReader reader(document, path, issues);
  if (reader.required("facts")) {
    FactsReader(false, rulebook, issues).read(*reader.raw("facts"), pointer(path, "facts"));
    check_derived(rulebook, pointer(path, "facts"), issues);
  }
  reader.finish();
}

void read_house_facts(const Json& list, const std::string& path, Rulebook& rulebook, Issues& issues) {
  FactsReader(true, rulebook, issues).read(list, path);
}

}  // namespace candor::compiler

#include "core/compiler/conditions.h"

#include "core/compiler/facts.h"
#include "core/compiler/reader.h"
#include "core/runtime/bundle.h"

namespace candor::compiler {
namespace {

class ConditionReader {
 public:
  ConditionReader(const Rulebook& rulebook, Issues& issues) : rulebook_(rulebook), issues_(issues) {}

  Condition read(const Json& json, const std::string& path, std::uint32_t depth = 0) {
    if (depth > runtime::max_condition_depth) {
      report("too-deep", path,
             "more than " + std::to_string(runtime::max_condition_depth) + " conditions within each other");
      return {};
    }
    if (!json.is(Json::Kind::object)) {
      report("wrong-type", path, "expected a condition, e.g. `{ \"sector\": \"health\" }`");
      return {};
    }
    if (json.members.size() != 1) {
      report("bad-condition", path, std::to_string(json.members.size()) + " keys, where a condition has one",
             json.members.empty() ? "leave it out" : "put the comparisons into a list under `all`");
      return {};
    }
    const std::string& key = json.members.front().key;
    const Json& value = json.members.front().value;
    const std::string below = pointer(path, key);
    if (key == "not") return negation(value, below, depth);
    if (key == "all" || key == "any")
      return group(key == "all" ? Condition::Op::all : Condition::Op::any, value, below, depth);
    return comparison(key, value, below);
  }

 private:
  Condition negation(const Json& json, const std::string& path, std::uint32_t depth) {
    Condition condition;
    condition.op = Condition::Op::negate;
    condition.of.push_back(read(json, path, depth + 1));
    return condition;
  }

  Condition group(Condition::Op op, const Json& json, const std::string& path, std::uint32_t depth) {
    Condition condition;
    condition.op = op;
    if (!json.is(Json::Kind::array)) report("wrong-type", path, "expected a list of conditions");
    else if (json.items.empty()) report("bad-condition", path, "an empty list of conditions", "leave it out");
    for (std::size_t i = 0; i < json.items.size(); ++i)
      condition.of.push_back(read(json.items[i], pointer(path, i), depth + 1));
    return condition;
  }

  Condition comparison(const std::string& name, const Json& test, const std::string& path) {
    Condition condition;
    condition.op = Condition::Op::is;
    condition.test.fact = resolve_fact_name(name, path, rulebook_, issues_);
    if (condition.test.fact < 0) return {};
    const Fact& fact = rulebook_.facts[static_cast<std::size_t>(condition.test.fact)];
    switch (fact.kind) {
      case FactKind::flag:
      case FactKind::choice: condition.test.mask = mask(fact, test, path); break;
      case FactKind::set: read_set(fact, test, path, condition.test); break;
      case FactKind::date: read_dates(test, path, condition.test); break;
      case FactKind::count: read_counts(test, path, condition.test);
    }
    return condition;
  }

  /// The bits of a value or of a list of values.
  std::uint32_t mask(const Fact& fact, const Json& value, const std::string& path) {
    if (!value.is(Json::Kind::array)) return read_value_bit(fact, value, path, issues_);
    if (value.items.empty())
      report("bad-condition", path, "an empty list, which no value of `" + fact.name + "` is in");
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const std::uint32_t bit = read_value_bit(fact, value.items[i], pointer(path, i), issues_);
      if (bits & bit) report("duplicate-value", pointer(path, i), "the value stands twice", "keep one of the two");
      bits |= bit;
    }
    return bits;
  }

  void read_set(const Fact& fact, const Json& json, const std::string& path, Test& test) {
    const bool none =
        json.is(Json::Kind::string) ? json.string == "none" : json.is(Json::Kind::array) && json.items.empty();
    test.kind = none ? Test::Kind::none : Test::Kind::any;
    if (none) return;
    if (!json.is(Json::Kind::object)) {
      test.mask = mask(fact, json, path);
      return;
    }
    ObjectReader reader(json, path, issues_);
    const Json* any = reader.raw("any");
    const Json* only = reader.raw("only");
    reader.finish();
    if ((any != nullptr) == (only != nullptr)) {
      report("bad-condition", path, "expected either `any` or `only`");
      return;
    }
    test.kind = any ? Test::Kind::any : Test::Kind::only;
    test.mask = mask(fact, any ? *any : *only, pointer(path, any ? "any" : "only"));
  }

  void read_dates(const Json& json, const std::string& path, Test& test) {
    ObjectReader reader(json, path, issues_);
    if (const auto day = reader.date("from")) test.low = *day;
    if (const auto day = reader.date("before")) test.high = *day;
    if (json.is(Json::Kind::object))
      check_range(reader.has("from") + reader.has("before"), "`from` or `before`", path, test);
    reader.finish();
  }

  void read_counts(const Json& json, const std::string& path, Test& test) {
    ObjectReader reader(json, path, issues_);
    const auto limit = [&](const char* key, std::int64_t step, std::optional<std::int64_t>& end) {
      const auto number = reader.integer(key);
      if (!number) return;
      if (*number < 0 || *number >= most_count)
        return report("bad-condition", pointer(path, key), "expected a whole number from 0 to 10^15");
      if (end) report("bad-condition", path, "two limits on the same side");
      end = *number + step;
    };
    limit("atLeast", 0, test.low);
    limit("above", 1, test.low);
    limit("below", 0, test.high);
    limit("atMost", 1, test.high);
    int limits = 0;
    for (const char* key : {"atLeast", "above", "below", "atMost"}) limits += reader.has(key);
    if (json.is(Json::Kind::object)) check_range(limits, "`atLeast`, `atMost`, `above` or `below`", path, test);
    reader.finish();
  }

  void check_range(int limits, const std::string& expected, const std::string& path, Test& test) {
    test.kind = Test::Kind::range;
    if (limits == 0) report("bad-condition", path, "a range without limits, expected " + expected);
    if (test.low && test.high && *test.low >= *test.high) report("empty-range", path, "no value lies in this range");
  }

  void report(std::string code, std::string path, std::string message, std::string fix = {}) {
    issues_.push_back({std::move(code), std::move(path), std::move(message), std::move(fix)});
  }

  static constexpr std::int64_t most_count = 1'000'000'000'000'000;  // a double holds it exactly

  const Rulebook& rulebook_;
  Issues& issues_;
};

}  // namespace

int resolve_fact_name(std::string_view name, const std::string& path, const Rulebook& rulebook, Issues& issues) {
  const int fact = find_fact(rulebook, name);
  if (fact >= 0) return fact;
  std::vector<std::string> names;
  for (const Fact& each : rulebook.facts) names.push_back(each.name);
  issues.push_back({"unknown-fact", path, in_backticks(name) + " is no fact of the vocabulary", nearest(name, names)});
  return -1;
}

Condition read_condition(const Json& json, const std::string& path, const Rulebook& rulebook, Issues& issues) {
  return ConditionReader(rulebook, issues).read(json, path);
}

}  // namespace candor::compiler

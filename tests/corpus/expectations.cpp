#include "tests/corpus/expectations.h"

#include <algorithm>
#include <set>

namespace candor::corpus {
namespace {

using compiler::Json;
using compiler::text_at;
using compiler::write_json;
using Kind = Json::Kind;
using Names = std::set<std::string>;

/// Whether `found` says all that `expected` says: objects may say more, everything else is equal.
bool matches(const Json& expected, const Json& found) {
  if (expected.kind != found.kind) return false;
  switch (expected.kind) {
    case Kind::object:
      return std::all_of(expected.members.begin(), expected.members.end(), [&](const Json::Member& member) {
        const Json* value = found.find(member.key);
        return value && matches(member.value, *value);
      });
    case Kind::array:
      return std::equal(expected.items.begin(), expected.items.end(), found.items.begin(), found.items.end(), matches);
    default: return write_json(expected, 0) == write_json(found, 0);
  }
}

/// One name, or a list of them.
Names names(const Json& value) {
  if (value.is(Kind::string)) return {value.string};
  Names names;
  for (const Json& item : value.items) names.insert(item.string);
  return names;
}

class Expectations {
 public:
  Expectations(const Json& expect, const Json& envelope) : expect_(expect), envelope_(envelope) {}

  std::string unmet() {
    for (const auto& [key, value] : expect_.members) {
      key_ = key;
      check(value);
    }
    return std::move(unmet_);
  }

 private:
  void check(const Json& value) {
    if (key_ == "obligations") all_among(ids("obligations", "rule"), value);
    else if (key_ == "not") none_among(ids("obligations", "rule"), value);
    else if (key_ == "only") same_names(names(value), ids("obligations", "rule"));
    else if (key_ == "undetermined") undetermined(value);
    else if (key_ == "certainty" || key_ == "status" || key_ == "enforcement") of_each_obligation(value);
    else if (key_ == "severity" || key_ == "place") of_all_obligations(value);
    else if (key_ == "because") because(value);
    else if (key_ == "notices") notices(value);
    else if (key_ == "noNotice") none_among(notice_names(), value);
    else if (key_ == "offers" || key_ == "blocks" || key_ == "marks" || key_ == "links" || key_ == "records")
      rows(value);
    else if (key_ == "claims" || key_ == "waivers") these(value);
    else if (key_ == "warnings") among_or_none(ids("warnings", "code"), value);
    else if (key_ == "consent" || key_ == "validUntil") same(value, at(key_), key_);
    else fault("no test looks at this");
  }

  void fault(const std::string& what) { unmet_ += key_ + ": " + what + '\n'; }

  const Json& at(std::string_view key) {
    static const Json nothing;
    const Json* decision = envelope_.find("value");
    const Json* found = key == "warnings" ? envelope_.find(key) : decision ? decision->find(key) : nullptr;
    if (!found) fault("the decision has no " + std::string(key));
    return found ? *found : nothing;
  }
  Names ids(std::string_view list, std::string_view key) {
    Names found;
    for (const Json& item : at(list).items) found.insert(text_at(item, key));
    return found;
  }
  Names notice_names() {
    Names found = ids("notices", "id");
    found.merge(ids("notices", "topic"));
    return found;
  }

  void all_among(const Names& found, const Json& expected) {
    for (const std::string& name : names(expected))
      if (!found.contains(name)) fault(name + " is missing");
  }
  void none_among(const Names& found, const Json& unexpected) {
    for (const std::string& name : names(unexpected))
      if (found.contains(name)) fault(name + " is there");
  }
  void same_names(const Names& expected, const Names& found) {
    for (const std::string& name : expected)
      if (!found.contains(name)) fault(name + " is missing");
    for (const std::string& name : found)
      if (!expected.contains(name)) fault(name + " is there");
  }
  void among_or_none(const Names& found, const Json& expected) {
    if (expected.items.empty()) same_names({}, found);
    else all_among(found, expected);
  }
  void same(const Json& expected, const Json& found, const std::string& of) {
    if (!matches(expected, found))
      fault(of + "\n  expected " + write_json(expected, 0) + "\n  found    " + write_json(found, 0));
  }

  /// Each of these rows is there; none at all where none is expected.
  void these(const Json& expected) {
    const std::vector<Json>& found = at(key_).items;
    if (expected.items.empty() && !found.empty()) fault("found " + write_json(at(key_), 0));
    for (const Json& row : expected.items)
      if (std::none_of(found.begin(), found.end(), [&](const Json& one) { return matches(row, one); }))
        fault("\n  expected " + write_json(row, 0) + "\n  found    " + write_json(at(key_), 0));
  }

  /// A list of ids; or by id, what one of its rows says.
  void rows(const Json& expected) {
    if (!expected.is(Kind::object)) return among_or_none(ids(key_, "id"), expected);
    for (const auto& [name, row] : expected.members) {
      bool found = false;
      std::string others;
      for (const Json& item : at(key_).items) {
        if (text_at(item, "id") != name) continue;
        found = found || matches(row, item);
        others += "\n  found    " + write_json(item, 0);
      }
      if (!found) fault(name + "\n  expected " + write_json(row, 0) + others);
    }
  }

  void undetermined(const Json& expected) {
    if (expected.is(Kind::array)) return among_or_none(ids("undetermined", "rule"), expected);
    for (const auto& [rule, needs] : expected.members) each("undetermined", rule, "needs", needs);
  }
  void of_each_obligation(const Json& expected) {
    for (const auto& [rule, value] : expected.members) each("obligations", rule, key_, value);
  }
  /// What all obligations of a rule say together, one or several.
  void of_all_obligations(const Json& expected) {
    for (const auto& [rule, value] : expected.members) {
      Names found;
      for (const Json& item : at("obligations").items)
        if (text_at(item, "rule") == rule) found.insert(text_at(item, key_));
      same_names(names(value), found);
    }
  }
  void because(const Json& expected) {
    for (const auto& [rule, facts] : expected.members) {
      // A duty's own condition adds to the rule's, so one of the rule's obligations says exactly this.
      bool found = false;
      std::string others;
      for (const Json& item : at("obligations").items) {
        if (text_at(item, "rule") != rule) continue;
        found = found || matches(facts, *item.find("because"));
        others += "\n  found    " + write_json(*item.find("because"), 0);
      }
      if (!found) fault(rule + "\n  expected " + write_json(facts, 0) + others);
    }
  }
  /// Every item of `list` that is of `rule`, and there is one, has this under `key`.
  void each(std::string_view list, const std::string& rule, std::string_view key, const Json& expected) {
    bool any = false;
    for (const Json& item : at(list).items) {
      if (text_at(item, "rule") != rule) continue;
      any = true;
      const Json* found = item.find(key);
      same(expected, found ? *found : Json(), rule);
    }
    if (!any) fault(rule + " is not there");
  }
  /// A notice is named by its id, or by its topic where that has one notice alone.
  void notices(const Json& expected) {
    for (const Json::Member& member : expected.members) {
      const std::string& name = member.key;
      const std::vector<Json>& all = at("notices").items;
      auto found = std::find_if(all.begin(), all.end(), [&](const Json& one) { return text_at(one, "id") == name; });
      const auto of_topic = [&](const Json& one) { return text_at(one, "topic") == name; };
      if (found == all.end() && std::count_if(all.begin(), all.end(), of_topic) == 1)
        found = std::find_if(all.begin(), all.end(), of_topic);
      if (found == all.end()) fault("there is no notice " + name);
      else same(member.value, *found, name);
    }
  }

  const Json& expect_;
  const Json& envelope_;
  std::string key_, unmet_;
};

}  // namespace

std::string unmet(const Json& expect, const Json& envelope) { return Expectations(expect, envelope).unmet(); }

}  // namespace candor::corpus

/// @file Every case of tests/cases/ as a test of its own name, through the packs and the slicer that ship: what it
/// expects holds, and it is answered with the same bytes compiled in, sliced and handed over.
#include "tests/corpus/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/unit/same_text.h"

namespace candor::corpus {
namespace {

using compiler::Case;
using compiler::Json;
using Kind = Json::Kind;

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
    default: return compiler::write_json(expected, 0) == compiler::write_json(found, 0);
  }
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value ? value->string : std::string();
}

/// What a case expects, held against one answer. A key that is not looked at fails.
class Expectations {
 public:
  Expectations(const Json& expect, const Json& envelope) : expect_(expect), envelope_(envelope) {}

  void check() {
    for (const auto& [key, value] : expect_.members) {
      SCOPED_TRACE("expect." + key);
      if (key == "obligations") all_among(ids("obligations", "rule"), value);
      else if (key == "not") none_among(ids("obligations", "rule"), value);
      else if (key == "only") EXPECT_EQ(ids("obligations", "rule"), strings(value));
      else if (key == "undetermined") undetermined(value);
      else if (key == "certainty" || key == "status") of_each_obligation(key, value);
      else if (key == "severity" || key == "place") of_all_obligations(key, value);
      else if (key == "because") because(value);
      else if (key == "notices") notices(value);
      else if (key == "noNotice") none_among(notice_names(), value);
      else if (key == "offers" || key == "blocks" || key == "marks" || key == "links" || key == "records")
        among_or_none(ids(key, "id"), value);
      else if (key == "warnings") among_or_none(ids("warnings", "code"), value);
      else if (key == "claims" || key == "waivers") rows(key, value);
      else if (key == "consent" || key == "validUntil") same(value, at(key));
      else ADD_FAILURE() << "no test looks at this";
    }
  }

 private:
  using Names = std::set<std::string>;

  const Json& at(std::string_view key) const {
    static const Json nothing;
    const Json* decision = envelope_.find("value");
    const Json* found = key == "warnings" ? envelope_.find(key) : decision ? decision->find(key) : nullptr;
    if (!found) ADD_FAILURE() << "the decision has no " << key;
    return found ? *found : nothing;
  }
  Names ids(std::string_view list, std::string_view key) const {
    Names names;
    for (const Json& item : at(list).items) names.insert(text_of(item, key));
    return names;
  }
  Names notice_names() const {
    Names names = ids("notices", "id");
    names.merge(ids("notices", "topic"));
    return names;
  }
  static Names strings(const Json& list) {
    Names names;
    for (const Json& item : list.items) names.insert(item.string);
    return names;
  }

  static void all_among(const Names& found, const Json& expected) {
    for (const std::string& name : strings(expected)) EXPECT_TRUE(found.contains(name)) << name << " is missing";
  }
  static void none_among(const Names& found, const Json& unexpected) {
    for (const std::string& name : strings(unexpected)) EXPECT_FALSE(found.contains(name)) << name << " is there";
  }
  static void among_or_none(const Names& found, const Json& expected) {
    if (expected.items.empty()) EXPECT_EQ(found, Names());
    else all_among(found, expected);
  }
  static void same(const Json& expected, const Json& found) {
    EXPECT_TRUE(matches(expected, found))
        << "expected " << compiler::write_json(expected, 0) << "\nfound    " << compiler::write_json(found, 0);
  }

  /// Each expected row is there; none at all where none is expected.
  void rows(const std::string& key, const Json& expected) const {
    const std::vector<Json>& found = at(key).items;
    if (expected.items.empty()) {
      EXPECT_TRUE(found.empty()) << compiler::write_json(at(key), 0);
    }
    for (const Json& row : expected.items)
      EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Json& one) { return matches(row, one); }))
          << "expected " << compiler::write_json(row, 0) << "\nfound    " << compiler::write_json(at(key), 0);
  }

  void undetermined(const Json& expected) const {
    if (expected.is(Kind::array)) return among_or_none(ids("undetermined", "rule"), expected);
    for (const auto& [rule, needs] : expected.members) each("undetermined", rule, "needs", needs);
  }
  void of_each_obligation(const std::string& key, const Json& expected) const {
    for (const auto& [rule, value] : expected.members) each("obligations", rule, key, value);
  }
  /// What all obligations of a rule say together, one or several.
  void of_all_obligations(const std::string& key, const Json& expected) const {
    for (const auto& [rule, value] : expected.members) {
      SCOPED_TRACE(rule);
      Names found;
      for (const Json& item : at("obligations").items)
        if (text_of(item, "rule") == rule) found.insert(text_of(item, key));
      EXPECT_EQ(found, value.is(Kind::array) ? strings(value) : Names{value.string});
    }
  }
  void because(const Json& expected) const {
    for (const auto& [rule, facts] : expected.members) {
      // A duty's own condition adds to the rule's, so one of the rule's obligations says exactly this.
      bool found = false;
      std::string others;
      for (const Json& item : at("obligations").items) {
        if (text_of(item, "rule") != rule) continue;
        found = found || matches(facts, *item.find("because"));
        others += compiler::write_json(*item.find("because"), 0) + '\n';
      }
      EXPECT_TRUE(found) << rule << "\nexpected " << compiler::write_json(facts, 0) << "\nfound    " << others;
    }
  }
  /// Every item of `list` that is of `rule`, and there is one, has this under `key`.
  void each(std::string_view list, const std::string& rule, std::string_view key, const Json& expected) const {
    SCOPED_TRACE(rule);
    bool any = false;
    for (const Json& item : at(list).items) {
      if (text_of(item, "rule") != rule) continue;
      any = true;
      same(expected, *item.find(key));
    }
    EXPECT_TRUE(any) << "it is not there";
  }
  /// A notice is named by its id, or by its topic where that has one notice alone.
  void notices(const Json& expected) const {
    for (const Json::Member& member : expected.members) {
      const std::string& name = member.key;
      const Json& notice = member.value;
      SCOPED_TRACE(name);
      const std::vector<Json>& all = at("notices").items;
      auto found = std::find_if(all.begin(), all.end(), [&](const Json& one) { return text_of(one, "id") == name; });
      const auto of_topic = [&](const Json& one) { return text_of(one, "topic") == name; };
      if (found == all.end() && std::count_if(all.begin(), all.end(), of_topic) == 1)
        found = std::find_if(all.begin(), all.end(), of_topic);
      if (found == all.end()) ADD_FAILURE() << "there is no such notice";
      else same(notice, *found);
    }
  }

  const Json& expect_;
  const Json& envelope_;
};

Json read(std::string_view envelope) {
  compiler::Issues issues;
  auto json = compiler::read_json(envelope, {}, issues);
  EXPECT_TRUE(json) << envelope.substr(0, 400);
  return json.value_or(Json());
}

bool lists_code(const Json& list, std::string_view code) {
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const Json& item) { return text_of(item, "code") == code; });
}

class CaseTest : public testing::Test {
 public:
  explicit CaseTest(const Case& one) : case_(one) {}

  void TestBody() override {
    SCOPED_TRACE(case_.path);
    if (case_.expect.find("error")) return is_refused();
    std::map<std::string, std::string> answers;
    for (const Way& way : ways(case_)) answers[way.name] = loaded(way.packs).call("op=decide\n" + way.lines);
    ASSERT_TRUE(answers.contains("whole") && answers.contains("narrow")) << "the compiler refuses it";
    Expectations(case_.expect, read(answers["whole"])).check();
    EXPECT_TRUE(same_text(answers["whole"], answers["handed-over"])) << "handed over";
    if (answers.contains("sliced")) {
      EXPECT_TRUE(same_text(answers["whole"], answers["sliced"])) << "sliced";
    }
    EXPECT_TRUE(same_text(answers["narrow-whole"], answers["narrow"])) << "sliced to its places and languages";
  }

 private:
  /// By the compiler, which knows a fix, and by the runtime, which may be asked without one.
  void is_refused() {
    const std::string& code = case_.expect.find("error")->string;
    compiler::Issues issues;
    if (const auto deployment = deployment_of(case_.deployment, issues)) situation_lines(case_, *deployment, issues);
    EXPECT_TRUE(
        std::any_of(issues.begin(), issues.end(), [&](const compiler::Issue& issue) { return issue.code == code; }));
    for (const Way& way : ways(case_)) {
      const Json envelope = read(loaded(way.packs).call("op=decide\n" + way.lines));
      EXPECT_EQ(text_of(envelope, "type"), "failure");
      const Json* errors = envelope.find("errors");
      EXPECT_TRUE(errors && lists_code(*errors, code)) << compiler::write_json(envelope, 0);
    }
  }

  const Case& case_;
};

TEST(Corpus, IsReadWhole) {
  EXPECT_GT(cases_in_files(), 0u);
  EXPECT_EQ(cases().size(), cases_in_files());
}

}  // namespace

void register_cases() {
  for (const Case& one : cases()) {
    const std::string file = one.path.substr(0, one.path.find('.'));
    testing::RegisterTest(file.c_str(), one.name.c_str(), nullptr, nullptr, one.path.c_str(), 0,
                          [&one]() -> testing::Test* { return new CaseTest(one); });
  }
}

}  // namespace candor::corpus

int main(int count, char** words) {
  testing::InitGoogleTest(&count, words);
  candor::corpus::register_cases();
  return RUN_ALL_TESTS();
}

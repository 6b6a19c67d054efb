/// @file What ships has no fault: core/rules, locales and tests/cases as the compiler reads and checks them.
#include "core/compiler/cases.h"
#include "core/compiler/json.h"
#include "core/compiler/lint.h"
#include "core/compiler/words.h"
#include "tests/unit/repository.h"
#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

/// What would refuse a release, a line an issue; warnings say what to look at next.
std::string faults(const Issues& issues) {
  Issues errors;
  for (const Issue& issue : issues)
    if (has_errors({issue})) errors.push_back(issue);
  std::string text = lines_of(errors);
  for (const Issue& issue : errors) text += issue.path + ": " + issue.message + '\n';
  return text;
}

TEST(Data, RulesHaveNoFault) {
  const Rulebook rulebook = shipped_rulebook();
  Issues issues;
  lint_rules(rulebook, issues);
  EXPECT_EQ(faults(issues), "");
  EXPECT_GE(rulebook.rules.size(), 30u);
}

TEST(Data, EveryRuleHasItsCases) {
  const Rulebook rulebook = shipped_rulebook();
  ASSERT_FALSE(rulebook.rules.empty());
  Issues issues;
  const std::vector<Case> cases = read_cases(json_files("tests/cases"), rulebook, issues);
  lint_cases(rulebook, cases, issues);
  EXPECT_EQ(faults(issues), "");
  EXPECT_GE(cases.size(), 2 * rulebook.rules.size());
}

TEST(Data, WordsPromiseNothingAndSayWhatTheyMust) {
  std::size_t texts = 0;
  for (const auto& [name, text] : json_files("locales")) {
    if (name == "glossary.json") continue;
    Issues issues;
    const std::optional<Json> locale = read_json(text, name, issues);
    ASSERT_TRUE(locale.has_value()) << name;
    const Json* tag = locale->find("tag");
    const Json* messages = locale->find("messages");
    ASSERT_TRUE(tag && messages) << name;
    for (const Json::Member& message : messages->members) {
      ++texts;
      lint_words(tag->string, message.key, message.value.string, issues);
    }
    EXPECT_EQ(faults(issues), "") << name;
  }
  EXPECT_GT(texts, 600u);
}

}  // namespace
}  // namespace candor::compiler

#include "core/compiler/lint.h"

#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

std::string lint(const SourceFiles& files) {
  Issues issues;
  lint_rules(read(files), issues);
  return lines_of(issues);
}

std::string lint_with(const std::string& file, std::string_view from, std::string_view to) {
  return lint(edit(rule_files(), file, from, to));
}

TEST(LintRules, FindsNothingWrongWithTheSmallRulebook) { EXPECT_EQ(lint(rule_files()), ""); }

TEST(LintRules, PresumptionsLookUp) {
  EXPECT_EQ(lint_with("facts.json", R"("when": { "assistant": true })", R"("when": { "not": { "obviousAi": true } })"),
            "presumes-below facts.json#/facts/5/presume/0 -> move it above\n");
  EXPECT_EQ(lint_with("facts.json", R"("when": { "assistant": true })",
                      R"("when": { "any": [ { "assistant": true }, { "aiUse": "act" } ] })"),
            "presumes-below facts.json#/facts/5/presume/0 -> move it above\n");
}

TEST(LintRules, StaleSourcesAreAWarning) {
  const SourceFiles files =
      edit(rule_files(), "platform/jexi.json", R"("checked": "2026-11-20")", R"("checked": "2025-11-18")");
  Issues issues;
  lint_rules(read(files), issues);
  EXPECT_EQ(lines_of(issues), "stale-source platform/jexi.json#/rules/0/in -> read it again and set `checked`\n");
  EXPECT_FALSE(has_errors(issues));
  EXPECT_EQ(lint_with("platform/jexi.json", R"("checked": "2026-11-20")", R"("checked": "2025-11-20")"), "");
}

TEST(LintRules, LowConfidenceIsPending) {
  const SourceFiles low = edit(rule_files(), "platform/jexi.json", R"("confidence": "high")", R"("confidence": "low")");
  EXPECT_EQ(lint(low), "low-confidence platform/jexi.json#/rules/0/severity -> pending\n");
  const SourceFiles pending = edit(low, "platform/jexi.json", R"("severity": "block")", R"("severity": "pending")");
  EXPECT_EQ(lint(pending), "");
  EXPECT_EQ(lint(edit(pending, "platform/jexi.json", R"("keep": "P2Y")", R"("keep": "P2Y", "severity": "mandatory")")),
            "pending-overridden platform/jexi.json#/rules/0/duties/1/severity -> pending\n");
}

TEST(LintRules, IdsNameWhatTheyBelongTo) {
  EXPECT_EQ(lint_with("law/us-ca/ccpa.json", R"("id": "us-ca-ccpa")", R"("id": "us-ccpa")"),
            "");  // the country that the state lies in
  EXPECT_EQ(lint_with("law/us-ca/ccpa.json", R"("place": "US-CA")", R"("place": "US")"), "");  // a state of the country
  EXPECT_EQ(lint_with("law/us-ca/ccpa.json", R"("place": "US-CA")", R"("place": "DE")"),
            "bad-prefix law/us-ca/ccpa.json#/rules/0/id -> de-\n");
  EXPECT_EQ(lint_with("unknown.json", "candor-marks", "eu-marks"), "bad-prefix unknown.json#/rules/0/id -> candor-\n");
  EXPECT_EQ(lint_with("platform/jexi.json", "jexi-ai-approval", "hex-ai-approval"),
            "bad-prefix platform/jexi.json#/rules/0/id -> jexi-\n");
}

TEST(LintRules, PlatformRulesAskForThePlatform) {
  EXPECT_EQ(lint_with("platform/jexi.json", R"({ "platforms": "jexi" }, )", ""),
            "platform-not-named platform/jexi.json#/rules/0/when -> { \"platforms\": … }\n");
  EXPECT_EQ(lint_with("platform/jexi.json", R"({ "platforms": "jexi" }, )",
                      R"({ "any": [ { "platforms": "jexi" }, { "obviousAi": true } ] }, )"),
            "platform-not-named platform/jexi.json#/rules/0/when -> { \"platforms\": … }\n");
}

TEST(LintRules, ModifiersRunInNoCircle) {
  EXPECT_EQ(
      lint_with("law/eu/ai-act.json", R"("reach": ["establishment"])", R"("modifies": ["eu-ai-act-50-5"])"),
      "modifies-cycle law/eu/ai-act.json#/rules/1/modifies\nmodifies-cycle law/eu/ai-act.json#/rules/0/modifies\n");
}

TEST(LintRules, ModifiersFindTheirDuty) {
  EXPECT_EQ(lint_with("law/eu/ai-act.json", R"("topic": "ai-interaction", "prominence": "prominent" })",
                      R"("topic": "ai-content", "prominence": "prominent" })"),
            "modifier-without-effect law/eu/ai-act.json#/rules/0/duties/0\n");
}

TEST(LintRules, DisclosuresSayWhatAndWhen) {
  EXPECT_EQ(lint_with("law/eu/ai-act.json", R"("says": ["is-ai"], "timing": "before-first-message", )", ""),
            "says-nothing law/eu/ai-act.json#/rules/1/duties/0/says -> add `says`\n"
            "without-timing law/eu/ai-act.json#/rules/1/duties/0/timing -> add `timing`\n");
}

TEST(LintRules, DisclosuresFitTheirTopic) {
  EXPECT_EQ(lint_with("law/eu/ai-act.json", R"("says": ["is-ai"])", R"("says": ["ai-made"])"),
            "says-topic-mismatch law/eu/ai-act.json#/rules/1/duties/0/says -> ai-content\n");
  EXPECT_EQ(lint_with("law/eu/ai-act.json", R"("says": ["is-ai"])", R"("says": ["not-human"])"),
            "");  // no other topic opens with it
  EXPECT_EQ(lint_with("law/eu/ai-act.json", R"("says": ["is-ai"])", R"("says": ["ai-made", "is-ai"])"), "");
}

TEST(LintRules, BlocksThatWaitSayForWhat) {
  EXPECT_EQ(lint_with("platform/jexi.json", R"(, "until": "approvedBy=qualified-person")", ""),
            "block-without-end platform/jexi.json#/rules/0/duties/0/until -> fact=value\n");
  const SourceFiles prohibited = edit(rule_files(), "platform/jexi.json", "approval-needed", "prohibited");
  EXPECT_EQ(lint(edit(prohibited, "platform/jexi.json", R"(, "until": "approvedBy=qualified-person")", "")), "");
}

TEST(LintRules, RowsAreReachable) {
  EXPECT_EQ(lint_with("law/us-ca/ccpa.json", R"("rows": [ )", R"("rows": [ { "kind": "*", "model": "opt-in" }, )"),
            "unreachable law/us-ca/ccpa.json#/rules/0/duties/0/rows/1 -> move it up\n");
}

TEST(LintRules, StatutoryTextsAreUsed) {
  EXPECT_EQ(lint_with("law/us-ca/ccpa.json", R"("title": "ca-do-not-sell", )", ""),
            "unused-verbatim #/verbatim/ca-do-not-sell\n");
}

TEST(LintHouseRules, LeavesTheOthersAlone) {
  Rulebook rulebook =
      read(edit(rule_files(), "law/eu/ai-act.json", R"("says": ["is-ai"], "timing": "before-first-message", )", ""));
  Issues issues;
  add_house_rules(rulebook, {{"house/acme.json", R"json({
    "law": "Acme's own rules", "url": "/ai", "checked": "2026-11-20", "confidence": "low",
    "rules": [ { "id": "house-pets", "title": "Pets", "severity": "mandatory", "binds": "operator",
      "in": [ { "place": "*", "from": "2026-01-01", "article": "1", "source": "acme/1" } ],
      "duties": [ { "duty": "offer", "offer": "human-agent" } ] } ] })json"}},
                  issues);
  lint_house_rules(rulebook, issues);
  EXPECT_EQ(lines_of(issues), "low-confidence house/acme.json#/rules/0/severity -> pending\n");
}

// --- cases -----------------------------------------------------------------------------------------------------------

/// The rules that lack cases, where the corpus is `cases`, a list of JSON objects without their deployment.
std::string lacking(const std::vector<std::string>& cases, const SourceFiles& files = rule_files()) {
  std::string text;
  for (const std::string& each : cases)
    text += (text.empty() ? "" : ", ") + std::string(R"({ "name": ")") + std::to_string(text.size()) +
            R"(", "deployment": {}, )" + each + " }";
  const Rulebook rulebook = read(files);
  Issues issues;
  const std::vector<Case> corpus = read_cases({{"all.json", R"({ "cases": [ )" + text + " ] }"}}, rulebook, issues);
  EXPECT_EQ(lines_of(issues), "");
  lint_cases(rulebook, corpus, issues);
  lines_of(issues);
  std::string messages;
  for (const Issue& issue : issues) messages += issue.path + ": " + issue.message + '\n';
  return messages;
}

std::string case_of(const std::string& rule, const std::string& at, const std::string& expect) {
  const std::string place = rule.rfind("us-", 0) == 0 ? "US-CA" : "DE";
  return R"("rules": [")" + rule + R"("], "situation": { "at": ")" + at + R"(", "jurisdictions": [")" + place +
         R"("] }, "expect": )" + expect;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// Cases that suffice for the rule, whose date is 2026-08-02 and the day before it 2026-08-01.
std::vector<std::string> enough(const std::string& rule, const std::string& from, const std::string& day_before) {
  return {case_of(rule, from, R"({ "obligations": [")" + rule + R"("] })"),
          case_of(rule, day_before, R"({ "not": [")" + rule + R"("] })")};
}

std::vector<std::string> enough_for_all() {
  std::vector<std::string> cases;
  const auto add = [&cases](std::vector<std::string> more) { cases.insert(cases.end(), more.begin(), more.end()); };
  add(enough("candor-marks", "2026-11-20", "2026-11-20"));
  add(enough("eu-ai-act-50-1", "2026-08-02", "2026-08-01"));
  add(enough("eu-ai-act-50-5", "2026-08-02", "2026-08-01"));
  add(enough("jexi-ai-approval", "2026-05-21", "2026-05-20"));
  add({case_of("us-ca-ccpa", "2030-12-31", R"({ "obligations": ["us-ca-ccpa"] })"),
       case_of("us-ca-ccpa", "2031-01-01", R"({ "not": ["us-ca-ccpa"] })")});
  add(enough("us-ca-ccpa", "2020-01-01", "2019-12-31"));
  return cases;
}

TEST(LintCases, AreEnough) { EXPECT_EQ(lacking(enough_for_all()), ""); }

TEST(LintCases, NamesWhatARuleLacks) {
  std::vector<std::string> cases = enough_for_all();
  cases.resize(cases.size() - 4);
  EXPECT_EQ(
      lacking(cases),
      "law/us-ca/ccpa.json#/rules/0: `us-ca-ccpa` has no case of these kinds: one in which it applies, one in "
      "which it does not, one on the day before its date in each place, one on the day of its date in each place, "
      "one on its last day in each place, one on the day after its last in each place\n");
  cases.push_back(case_of("us-ca-ccpa", "2026-01-01", R"({ "only": ["us-ca-ccpa"] })"));
  cases.push_back(case_of("us-ca-ccpa", "2020-01-01", R"({ "only": [] })"));
  cases.push_back(case_of("us-ca-ccpa", "2030-12-31", R"({ "only": ["us-ca-ccpa"] })"));
  cases.push_back(case_of("us-ca-ccpa", "2031-01-01", R"({ "only": [] })"));
  EXPECT_EQ(lacking(cases),
            "law/us-ca/ccpa.json#/rules/0: `us-ca-ccpa` has no case of these kinds: one on the day before its date in "
            "each place\n");
}

TEST(LintCases, StandInThePlacesOfTheRule) {
  std::vector<std::string> cases = enough_for_all();
  for (std::string& one : cases) one = replaced(one, "US-CA", "DE");
  EXPECT_EQ(lacking(cases),
            "law/us-ca/ccpa.json#/rules/0: `us-ca-ccpa` has no case of these kinds: one on the day before its date in "
            "each place, one on the day of its date in each place, one on its last day in each place, one on the day "
            "after its last in each place\n");
}

TEST(LintCases, CountOnlyForTheRulesTheyName) {
  std::vector<std::string> cases = enough_for_all();
  cases[cases.size() - 3] = case_of("candor-marks", "2031-01-01", R"({ "not": ["us-ca-ccpa"] })");
  cases.back() = case_of("candor-marks", "2019-12-31", R"({ "not": ["us-ca-ccpa"] })");
  EXPECT_EQ(lacking(cases),
            "law/us-ca/ccpa.json#/rules/0: `us-ca-ccpa` has no case of these kinds: one in which it does not, one on "
            "the day before its date in each place, one on the day after its last in each place\n");
}

TEST(LintCases, OfARuleThatNeverTookEffectShowThatItFiresNothing) {
  const SourceFiles files = edit(rule_files(), "law/us-ca/ccpa.json", R"("severity": "mandatory")",
                                 R"("never": true, "severity": "mandatory")");
  std::vector<std::string> cases = enough_for_all();
  cases.resize(cases.size() - 4);
  EXPECT_EQ(lacking(cases, files),
            "law/us-ca/ccpa.json#/rules/0: `us-ca-ccpa` has no case of these kinds: one in which it fires nothing\n");
  cases.push_back(case_of("us-ca-ccpa", "2026-01-01", R"({ "not": ["us-ca-ccpa"] })"));
  EXPECT_EQ(lacking(cases, files), "");
}

TEST(LintCases, OfAPendingRuleShowThatItFiresNothing) {
  const SourceFiles files =
      edit(rule_files(), "law/us-ca/ccpa.json", R"("severity": "mandatory")", R"("severity": "pending")");
  std::vector<std::string> cases = enough_for_all();
  cases.resize(cases.size() - 4);
  cases.push_back(case_of("us-ca-ccpa", "2026-01-01", R"({ "obligations": ["us-ca-ccpa"], "links": [] })"));
  EXPECT_EQ(lacking(cases, files), "");
}

}  // namespace
}  // namespace candor::compiler

#include "core/compiler/conditions.h"

#include "core/compiler/facts.h"
#include "core/compiler/json.h"
#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

class Conditions : public testing::Test {
 protected:
  Condition read_from(std::string_view json) {
    issues.clear();
    return read_condition(*read_json(json, "", issues), "/when", rulebook, issues);
  }
  compiler::Test test_of(std::string_view json) {
    const Condition condition = read_from(json);
    EXPECT_EQ(lines_of(issues), "") << json;
    EXPECT_EQ(condition.op, Condition::Op::is) << json;
    return condition.test;
  }
  std::string refusal(std::string_view json) {
    read_from(json);
    return lines_of(issues);
  }

  const Rulebook rulebook = read();
  Issues issues;
};

TEST_F(Conditions, CompareFlagsAndChoices) {
  EXPECT_EQ(test_of(R"({ "obviousAi": true })").mask, 2u);
  EXPECT_EQ(test_of(R"({ "obviousAi": [true, false] })").mask, 3u);
  const compiler::Test sector = test_of(R"({ "sector": ["retail", "health"] })");
  EXPECT_EQ(sector.kind, compiler::Test::Kind::in);
  EXPECT_EQ(sector.mask, 6u);
  EXPECT_EQ(sector.fact, find_fact(rulebook, "sector"));
  EXPECT_EQ(test_of(R"({ "channel": "email" })").mask, 4u);
}

TEST_F(Conditions, CompareSets) {
  EXPECT_EQ(test_of(R"({ "aiUse": "act" })").kind, compiler::Test::Kind::any);
  EXPECT_EQ(test_of(R"({ "aiUse": ["converse", "act"] })").mask, 3u);
  EXPECT_EQ(test_of(R"({ "aiUse": { "any": ["act"] } })").mask, 2u);
  EXPECT_EQ(test_of(R"({ "contentType": { "only": "text" } })").kind, compiler::Test::Kind::only);
  EXPECT_EQ(test_of(R"({ "aiUse": "none" })").kind, compiler::Test::Kind::none);
  EXPECT_EQ(test_of(R"({ "aiUse": [] })").kind, compiler::Test::Kind::none);
}

TEST_F(Conditions, CompareCountsAndDates) {
  const compiler::Test between = test_of(R"({ "employees": { "above": 24, "atMost": 99 } })");
  EXPECT_EQ(between.kind, compiler::Test::Kind::range);
  EXPECT_EQ(between.low, 25);
  EXPECT_EQ(between.high, 100);
  const compiler::Test open = test_of(R"({ "employees": { "below": 18 } })");
  EXPECT_FALSE(open.low.has_value());
  EXPECT_EQ(open.high, 18);
  EXPECT_EQ(test_of(R"({ "employees": { "atLeast": 0 } })").low, 0);
  const compiler::Test dates = test_of(R"({ "placedOnMarket": { "from": "2026-08-02", "before": "2026-12-02" } })");
  EXPECT_EQ(dates.low, 20667);
  EXPECT_EQ(dates.high, 20789);
}

TEST_F(Conditions, Nest) {
  const Condition condition = read_from(
      R"({ "any": [ { "sector": "health" }, { "not": { "all": [ { "obviousAi": true }, { "aiUse": "act" } ] } } ] })");
  EXPECT_EQ(lines_of(issues), "");
  EXPECT_EQ(condition.op, Condition::Op::any);
  EXPECT_EQ(condition.of.at(1).op, Condition::Op::negate);
  EXPECT_EQ(condition.of.at(1).of.at(0).of.at(1).test.mask, 2u);
}

TEST_F(Conditions, RefuseUnknownNames) {
  EXPECT_EQ(refusal(R"({ "obvious": true })"), "unknown-fact /when/obvious -> obviousAi\n");
  EXPECT_EQ(refusal(R"({ "sector": "helth" })"), "unknown-value /when/sector -> health\n");
  EXPECT_EQ(refusal(R"({ "not": { "sector": ["retail", "helth"] } })"), "unknown-value /when/not/sector/1 -> health\n");
  EXPECT_EQ(refusal(R"({ "aiUse": { "some": ["act"] } })"),
            "unknown-key /when/aiUse/some\nbad-condition /when/aiUse\n");
  EXPECT_EQ(refusal(R"({ "employees": { "atleast": 25 } })"),
            "bad-condition /when/employees\nunknown-key /when/employees/atleast -> atLeast\n");
}

TEST_F(Conditions, RefuseOtherForms) {
  EXPECT_EQ(refusal("[]"), "wrong-type /when\n");
  EXPECT_EQ(refusal("{}"), "bad-condition /when -> leave it out\n");
  EXPECT_EQ(refusal(R"({ "sector": "health", "obviousAi": true })"),
            "bad-condition /when -> put the comparisons into a list under `all`\n");
  EXPECT_EQ(refusal(R"({ "all": [] })"), "bad-condition /when/all -> leave it out\n");
  EXPECT_EQ(refusal(R"({ "any": { "sector": "health" } })"), "wrong-type /when/any\n");
  EXPECT_EQ(refusal(R"({ "sector": [] })"), "bad-condition /when/sector\n");
  EXPECT_EQ(refusal(R"({ "sector": ["health", "health"] })"),
            "duplicate-value /when/sector/1 -> keep one of the two\n");
  EXPECT_EQ(refusal(R"({ "obviousAi": "true" })"), "wrong-type /when/obviousAi\n");
  EXPECT_EQ(refusal(R"({ "aiUse": { "any": ["act"], "only": ["act"] } })"), "bad-condition /when/aiUse\n");
  EXPECT_EQ(refusal(R"({ "employees": 25 })"), "wrong-type /when/employees\n");
  EXPECT_EQ(refusal(R"({ "employees": { "above": -1 } })"), "bad-condition /when/employees/above\n");
  EXPECT_EQ(refusal(R"({ "employees": { "above": 1, "atLeast": 2 } })"), "bad-condition /when/employees\n");
  EXPECT_EQ(refusal(R"({ "employees": { "above": 9, "below": 10 } })"), "empty-range /when/employees\n");
  EXPECT_EQ(refusal(R"({ "placedOnMarket": { "before": "2026-13-01" } })"), "bad-date /when/placedOnMarket/before\n");
  EXPECT_EQ(refusal(R"({ "placedOnMarket": {} })"), "bad-condition /when/placedOnMarket\n");
}

TEST_F(Conditions, ReportEverythingAtOnce) {
  EXPECT_EQ(
      refusal(R"({ "all": [ { "sectr": "x" }, { "sector": "x" }, { "aiUse": 1 } ] })"),
      "unknown-fact /when/all/0/sectr -> sector\nunknown-value /when/all/1/sector\nwrong-type /when/all/2/aiUse\n");
}

TEST_F(Conditions, GoAsDeepAsTheRuntimeFollows) {
  const auto nested = [](int levels) {
    std::string json = R"({ "obviousAi": true })";
    for (int i = 0; i < levels; ++i) json = R"({ "not": )" + json + " }";
    return json;
  };
  EXPECT_EQ(refusal(nested(12)), "");
  EXPECT_EQ(refusal(nested(13)).substr(0, 9), "too-deep ");
}

}  // namespace
}  // namespace candor::compiler

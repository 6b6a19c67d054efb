#include "core/compiler/facts.h"

#include "core/compiler/json.h"
#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

std::string reading_with(std::string_view from, std::string_view to) {
  return reading(edit(rule_files(), "facts.json", from, to));
}

const Fact& fact(const Rulebook& rulebook, std::string_view name) {
  return rulebook.facts.at(static_cast<std::size_t>(find_fact(rulebook, name)));
}

TEST(Facts, AreReadInTheirOrder) {
  const Rulebook rulebook = read();
  ASSERT_EQ(rulebook.facts.size(), 13u);
  EXPECT_EQ(find_fact(rulebook, "channel"), 0);
  EXPECT_EQ(find_fact(rulebook, "sector"), 4);
  EXPECT_EQ(find_fact(rulebook, "colour"), -1);
  EXPECT_TRUE(fact(rulebook, "channel").derived);
  EXPECT_TRUE(fact(rulebook, "obviousAi").lifts);
  EXPECT_EQ(fact(rulebook, "sector").group, "Who");
  EXPECT_EQ(fact(rulebook, "sector").kind, FactKind::choice);
}

TEST(Facts, PresumeValues) {
  const Rulebook rulebook = read();
  EXPECT_EQ(fact(rulebook, "sector").presume.at(0).value.mask, 2u);     // retail, the second
  EXPECT_EQ(fact(rulebook, "obviousAi").presume.at(0).value.mask, 1u);  // false
  EXPECT_EQ(fact(rulebook, "employees").presume.at(0).value.number, 25);
  EXPECT_EQ(fact(rulebook, "contentType").presume.at(0).value.mask, 0u);  // none
  EXPECT_TRUE(fact(rulebook, "placedOnMarket").presume.at(0).ask);
  EXPECT_TRUE(fact(rulebook, "age").silent);
  EXPECT_TRUE(fact(rulebook, "age").presume.empty());
  const std::vector<Presumption>& cases = fact(rulebook, "aiUse").presume;
  ASSERT_EQ(cases.size(), 2u);
  ASSERT_TRUE(cases[0].when.has_value());
  EXPECT_EQ(cases[0].when->test.fact, find_fact(rulebook, "assistant"));
  EXPECT_EQ(cases[0].value.mask, 1u);
  EXPECT_FALSE(cases[1].when.has_value());
}

TEST(Facts, RefuseValuesOutsideTheList) {
  EXPECT_EQ(reading_with(R"("presume": "retail")", R"("presume": "retial")"),
            "unknown-value facts.json#/facts/4/presume -> retail\n");
  EXPECT_EQ(reading_with(R"("presume": false)", R"("presume": "no")"), "wrong-type facts.json#/facts/6/presume\n");
  EXPECT_EQ(reading_with(R"("presume": 25)", R"("presume": -1)"), "wrong-type facts.json#/facts/7/presume\n");
  EXPECT_EQ(reading_with(R"("value": ["converse"])", R"("value": ["converse", "converse"])"),
            "duplicate-value facts.json#/facts/5/presume/0/value/1 -> keep one of the two\n");
  EXPECT_EQ(reading_with(R"("presume": "ask")", R"("presume": "2026-02-30")"),
            "bad-date facts.json#/facts/9/presume\n");
}

TEST(Facts, RefuseACaseAfterTheLast) {
  EXPECT_EQ(reading_with(R"("when": { "assistant": true }, )", ""),
            "unreachable facts.json#/facts/5/presume/0 -> move it to the end\n");
}

TEST(Facts, RefuseNamesThatMeanSomethingElse) {
  EXPECT_EQ(reading_with(R"("name": "obviousAi")", R"("name": "all")"),
            "bad-name facts.json#/facts/6/name\nunknown-fact law/eu/ai-act.json#/rules/1/when/all/1/not/obviousAi\n");
  EXPECT_EQ(reading_with(R"("name": "age")", R"("name": "age-years")"), "bad-name facts.json#/facts/8/name\n");
  EXPECT_EQ(reading_with(R"("name": "age")", R"("name": "employees")"), "duplicate-id facts.json#/facts/8/name\n");
  EXPECT_EQ(reading_with(R"(["converse", "act"])", R"(["converse", "none"])"), "bad-name facts.json#/facts/5/values\n");
  EXPECT_EQ(reading_with(R"(["nobody", "qualified-person"])", R"(["nobody", "qualified-person", "ask"])"),
            "bad-name facts.json#/facts/12/values\n");
}

TEST(Facts, NeedKindDocAndPresumption) {
  EXPECT_EQ(reading_with(R"("name": "age", "kind": "count", "doc": "Years.", "presume": "silent")", R"("name": "age")"),
            "missing-key facts.json#/facts/8/kind\nmissing-key facts.json#/facts/8/doc\nmissing-key "
            "facts.json#/facts/8/presume\n");
  EXPECT_EQ(reading_with(R"("kind": "choice", "values": ["none", "retail", "health"], )", R"("kind": "choice", )"),
            "missing-key facts.json#/facts/4/values\nunknown-value facts.json#/facts/4/presume\n");
  EXPECT_EQ(reading_with(R"("name": "age", "kind": "count")", R"("name": "age", "kind": "count", "values": ["old"])"),
            "unknown-key facts.json#/facts/8/values\n");
}

TEST(Facts, HaveAtMostOneBitAValue) {
  std::string values = "\"a0\"";
  for (int i = 1; i < 33; ++i) values += ", \"a" + std::to_string(i) + '"';
  EXPECT_EQ(
      reading_with(R"(["text", "image"])", '[' + values + ']'),
      "too-many-values facts.json#/facts/10/values\nunknown-value unknown.json#/rules/0/duties/0/contentType/0\n");
}

TEST(Facts, BeginWithWhatTheRuntimeDerives) {
  EXPECT_EQ(reading_with(R"("name": "assistant")", R"("name": "helper")"),
            "unknown-fact facts.json#/facts/5/presume/0/when/assistant\nwrong-derived-fact facts.json#/facts/1\n");
  EXPECT_EQ(reading_with(R"(["website", "chat-widget", "email"])", R"(["website", "email"])"),
            "wrong-derived-fact facts.json#/facts/0\n");
  EXPECT_EQ(reading_with(R"("presume": "silent")", R"("derived": true)"), "wrong-derived-fact facts.json#/facts/8\n");
}

TEST(HouseFacts, BeginWithX) {
  Rulebook rulebook = read();
  Issues issues;
  add_house_rules(
      rulebook,
      {{"house/pets.json", R"({ "facts": [ { "name": "x-pet", "kind": "flag", "doc": "About a pet.", "presume": false },
                                                       { "name": "pet", "kind": "flag", "doc": "About a pet.", "presume": false } ], "rules": [] })"}},
      issues);
  EXPECT_EQ(lines_of(issues), "bad-name house/pets.json#/facts/1/name -> x-pet\n");
  EXPECT_EQ(find_fact(rulebook, "x-pet"), 13);
}

TEST(FactValue, ReadsWhatADeploymentStates) {
  const Rulebook rulebook = read();
  Issues issues;
  const auto value = [&](std::string_view name, std::string_view json) {
    return read_fact_value(fact(rulebook, name), *read_json(json, "", issues), "/facts", issues);
  };
  EXPECT_EQ(value("obviousAi", "true")->mask, 2u);
  EXPECT_EQ(value("aiUse", R"(["act", "converse"])")->mask, 3u);
  EXPECT_EQ(value("aiUse", R"("act")")->mask, 2u);
  EXPECT_EQ(value("aiUse", R"("none")")->mask, 0u);
  EXPECT_EQ(value("sector", R"("none")")->mask, 1u);  // a value like any other
  EXPECT_EQ(value("placedOnMarket", R"("2026-08-02")")->number, 20667);
  EXPECT_TRUE(issues.empty());
  EXPECT_FALSE(value("sector", R"(["retail"])"));
  EXPECT_FALSE(value("aiUse", R"(["speak"])"));
  EXPECT_EQ(lines_of(issues), "wrong-type /facts\nunknown-value /facts/0\n");
}

}  // namespace
}  // namespace candor::compiler

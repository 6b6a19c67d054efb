#include "core/compiler/places.h"

#include "core/compiler/reader.h"
#include "core/compiler/topics.h"
#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

std::string reading_with(std::string_view from, std::string_view to) {
  return reading(edit(rule_files(), "places.json", from, to));
}

TEST(Places, AreSortedByCodeWithTheUnknownOneFirst) {
  const Rulebook rulebook = read();
  std::string codes;
  for (const Place& place : rulebook.places) codes += place.code + ' ';
  EXPECT_EQ(codes, "* DE EEA EU GB PR US US-CA ");
}

TEST(Places, KnowAllTheyLieIn) {
  const Rulebook rulebook = read();
  const Place& germany = rulebook.places.at(static_cast<std::size_t>(find_place(rulebook, "DE")));
  EXPECT_EQ(germany.name, "Germany");
  EXPECT_EQ(germany.parents, (std::vector<int>{find_place(rulebook, "EEA"), find_place(rulebook, "EU")}));
  EXPECT_EQ(find_place(rulebook, "de"), -1);
}

TEST(Places, KnowOtherCodes) {
  const Rulebook rulebook = read();
  EXPECT_EQ(rulebook.place_aliases.at("US-PR"), "PR");
  EXPECT_EQ(rulebook.place_refused.at("UK"), "GB");
}

TEST(Places, EndRulesOfThePlacesWithin) {
  const auto with = [](const std::string& ends) {
    return edit(rule_files(), "places.json", R"({ "code": "US", "name": "United States" })",
                R"({ "code": "US", "name": "United States", "preempts": { "from": "2027-03-01", "checked": "2026-11-20",
                  "note": "An act of Congress.", "ends": )" +
                    ends + " } }");
  };
  const auto last_day = [](const SourceFiles& files) {
    Issues issues;
    const auto rulebook = read_rulebook(files, issues);
    EXPECT_EQ(lines_of(issues), "");
    for (const Rule& rule : rulebook->rules)
      if (rule.id == "us-ca-ccpa") return format_date(*rule.in.front().until);
    return std::string();
  };
  EXPECT_EQ(last_day(with("[]")), "2030-12-31");
  EXPECT_EQ(last_day(with(R"(["us-ca-ccpa"])")), "2027-02-28");
  EXPECT_EQ(reading(with(R"(["us-ca-cpa"])")), "unknown-rule places.json#/places/5/preempts/ends/0 -> us-ca-ccpa\n");
  EXPECT_EQ(reading(with(R"(["eu-ai-act-50-1"])")),
            "preempts-nothing places.json#/places/5/preempts/ends/0 -> eu-ai-act-50-1\n");
}

TEST(Places, RefuseBadCodesAndNames) {
  EXPECT_EQ(reading_with(R"("code": "GB")", R"("code": "gb")"),
            "bad-place-code places.json#/places/7/code\nunknown-place places.json#/refused/UK -> gb\n");
  EXPECT_EQ(reading_with(R"("code": "PR")", R"("code": "PR-1234")"),
            "bad-place-code places.json#/places/6/code\nunknown-place places.json#/aliases/US-PR\n");
  EXPECT_EQ(reading_with(R"("name": "Puerto Rico")", R"("named": "Puerto Rico")"),
            "missing-key places.json#/places/6/name\nunknown-key places.json#/places/6/named -> name\n");
  EXPECT_EQ(reading_with(R"("code": "PR")", R"("code": "GB")"),
            "duplicate-id places.json#/places/7/code\nunknown-place places.json#/aliases/US-PR\n");
}

TEST(Places, RefuseUnknownParentsAndCircles) {
  EXPECT_EQ(reading_with(R"("in": ["EEA"])", R"("in": ["EAA"])"), "unknown-place places.json#/places/3/in/0 -> EEA\n");
  EXPECT_EQ(reading_with(R"("code": "EEA", "name": "European Economic Area")",
                         R"("code": "EEA", "name": "European Economic Area", "in": ["EU"])"),
            "place-cycle places.json#/places/4/in\nplace-cycle places.json#/places/3/in\n");
}

TEST(Places, RefuseCodesThatAreAlsoPlaces) {
  EXPECT_EQ(reading_with(R"("refused": { "UK": "GB" })", R"("refused": { "DE": "GB" })"),
            "duplicate-id places.json#/refused/DE\n");
}

TEST(Places, NeedTheUnknownOne) {
  const std::string report = reading_with(R"({ "code": "*", "name": "Unknown place" }, )", "");
  EXPECT_EQ(report.substr(0, report.find('\n')), "unknown-place places.json#/places");
}

TEST(Vocabulary, IsReadAsItStands) {
  const Rulebook rulebook = read();
  EXPECT_EQ(rulebook.date, 20777);
  EXPECT_EQ(rulebook.vocabulary.repeats, (std::vector<std::string>{"continuous", "per-session", "PT3H"}));
  EXPECT_EQ(reading(edit(rule_files(), "vocabulary.json", R"("visible-label")", R"("Visible label")")),
            "bad-name vocabulary.json#/marks/0\nunknown-value unknown.json#/rules/0/duties/0/mark -> Visible label\n");
  EXPECT_EQ(reading(edit(rule_files(), "vocabulary.json", R"("records": ["shown"])", R"("recrds": ["shown"])")),
            "missing-key vocabulary.json#/records\nunknown-key vocabulary.json#/recrds -> records\nunknown-value "
            "platform/jexi.json#/rules/0/duties/1/record\n");
}

TEST(Topics, HaveSlotsForEveryChannelType) {
  const Rulebook rulebook = read();
  ASSERT_EQ(find_topic(rulebook, "ai-content"), 1);
  EXPECT_EQ(rulebook.topics[0].slots, (std::vector<std::vector<int>>{{0}, {1}, {2}}));
  EXPECT_EQ(rulebook.topics[1].slots, (std::vector<std::vector<int>>{{0}, {0}, {0}}));
  EXPECT_EQ(rulebook.topics[2].slots, (std::vector<std::vector<int>>{{}, {}, {}}));
  EXPECT_EQ(rulebook.topics[1].covers, std::vector<int>{2});
}

TEST(Topics, RefuseUnknownNames) {
  const auto reading_topics = [](std::string_view from, std::string_view to) {
    return reading(edit(rule_files(), "topics.json", from, to));
  };
  EXPECT_EQ(reading_topics(R"("covers": ["is-ai"])", R"("covers": ["is-a"])"),
            "unknown-value topics.json#/topics/0/covers/0 -> is-ai\n");
  EXPECT_EQ(reading_topics(R"("email": )", R"("e-mail": )"),
            "unknown-key topics.json#/topics/0/slots/e-mail -> email\n");
  EXPECT_EQ(reading_topics(R"("id": "ai-content")", R"("id": "ai-interaction")"),
            "duplicate-id topics.json#/topics/1/id\n");
}

}  // namespace
}  // namespace candor::compiler

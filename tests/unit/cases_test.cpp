#include "core/compiler/cases.h"

#include "core/compiler/reader.h"
#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

const char* const corpus = R"json({ "cases": [
  { "name": "an AI says so", "rules": ["eu-ai-act-50-1"], "deployment": "chat",
    "situation": { "at": "2026-11-20", "jurisdictions": ["DE"], "channel": "chat", "languages": ["de"], "facts": {}, "consent": {}, "posture": "strict", "now": "2026-11-20T09:00:00Z" },
    "expect": { "obligations": ["eu-ai-act-50-1"], "not": ["us-ca-ccpa"], "undetermined": { "us-ca-ccpa": ["employees"] },
      "certainty": { "eu-ai-act-50-1": "established" }, "status": { "eu-ai-act-50-1": "in-force-grace" }, "because": { "eu-ai-act-50-1": ["aiUse=converse"] },
      "notices": { "ai-interaction": { "timing": "before-first-message", "lang": "de" }, "ai-content-on-request": { "armed": true } }, "noNotice": ["opt-out-status"],
      "consent": { "model": "opt-in", "purposes": {} }, "offers": ["report"], "blocks": [], "marks": ["visible-label"], "links": [], "records": ["shown"],
      "warnings": ["clock"], "validUntil": "2026-12-02" } },
  { "name": "a place that is none", "deployment": { "operator": {} }, "situation": { "jurisdictions": ["ZZ9"], "at": "2026-02-30", "when": 1 }, "expect": { "error": "unknown-place" } }
] })json";

SourceFiles corpus_files() {
  return {{"eu.json", corpus}, {"deployments/chat.json", R"({ "operator": { "name": "Acme" } })"}};
}

std::vector<Case> read_corpus(const SourceFiles& files, Issues& issues) { return read_cases(files, read(), issues); }

std::string reading_with(std::string_view from, std::string_view to) {
  Issues issues;
  const std::size_t count = read_corpus(edit(corpus_files(), "eu.json", from, to), issues).size();
  EXPECT_LT(count, 2u);
  return lines_of(issues);
}

TEST(Cases, AreReadWhole) {
  Issues issues;
  const std::vector<Case> cases = read_corpus(corpus_files(), issues);
  EXPECT_EQ(lines_of(issues), "");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].name, "an AI says so");
  EXPECT_EQ(cases[0].path, "eu.json#/cases/0");
  EXPECT_EQ(cases[0].at, parse_date("2026-11-20"));
  ASSERT_NE(cases[0].deployment.find("operator"), nullptr);
  EXPECT_EQ(cases[0].deployment.find("operator")->find("name")->string, "Acme");
  EXPECT_TRUE(cases[0].is_for("eu-ai-act-50-1"));
  EXPECT_TRUE(cases[0].expects("eu-ai-act-50-1"));
  EXPECT_TRUE(cases[0].excludes("us-ca-ccpa"));
  EXPECT_FALSE(cases[0].excludes("eu-ai-act-50-5"));
}

TEST(Cases, AboutBadInputMayAskForAnything) {
  Issues issues;
  const std::vector<Case> cases = read_corpus(corpus_files(), issues);
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_FALSE(cases[1].at.has_value());
}

TEST(Cases, OfDaysAreTwoEach) {
  const SourceFiles files =
      edit(corpus_files(), "eu.json", R"({ "name": "a place that is none", )",
           R"({ "name": "sale", "rules": ["us-ca-ccpa"], "deployment": "chat", "situation": { "channel": "shop" },
      "starts": { "US-CA": "2020-01-01" }, "ends": { "US-CA": "2030-12-31" }, "expect": { "offers": ["report"] } },
    { "name": "a place that is none", )");
  Issues issues;
  const std::vector<Case> cases = read_corpus(files, issues);
  EXPECT_EQ(lines_of(issues), "");
  ASSERT_EQ(cases.size(), 6u);
  const auto is = [&](std::size_t index, const char* path, const char* name, const char* situation,
                      const char* expect) {
    EXPECT_EQ(cases[index].path, path);
    EXPECT_EQ(cases[index].name, name);
    EXPECT_EQ(write_json(cases[index].situation, 0), situation);
    EXPECT_EQ(write_json(cases[index].expect, 0), expect);
  };
  const char* const due = R"({"offers":["report"],"obligations":["us-ca-ccpa"]})";
  const char* const not_due = R"({"not":["us-ca-ccpa"]})";
  is(1, "eu.json#/cases/1/starts/US-CA/before", "sale (US-CA on 2019-12-31)",
     R"({"at":"2019-12-31","jurisdictions":["US-CA"],"channel":"shop"})", not_due);
  is(2, "eu.json#/cases/1/starts/US-CA/first", "sale (US-CA on 2020-01-01)",
     R"({"at":"2020-01-01","jurisdictions":["US-CA"],"channel":"shop"})", due);
  is(3, "eu.json#/cases/1/ends/US-CA/last", "sale (US-CA on 2030-12-31)",
     R"({"at":"2030-12-31","jurisdictions":["US-CA"],"channel":"shop"})", due);
  is(4, "eu.json#/cases/1/ends/US-CA/after", "sale (US-CA on 2031-01-01)",
     R"({"at":"2031-01-01","jurisdictions":["US-CA"],"channel":"shop"})", not_due);
}

TEST(Cases, ExpectSomething) {
  EXPECT_EQ(reading_with(R"({ "error": "unknown-place" })", "{}"),
            "expects-nothing eu.json#/cases/1/expect\nbad-date eu.json#/cases/1/situation/at\nunknown-key "
            "eu.json#/cases/1/situation/when\n");
}

TEST(Cases, ExpectOnlyWhatExists) {
  EXPECT_EQ(reading_with(R"("obligations": ["eu-ai-act-50-1"])", R"("obligation": ["eu-ai-act-50-1"])"),
            "unknown-key eu.json#/cases/0/expect/obligation -> obligations\n");
  EXPECT_EQ(reading_with(R"("not": ["us-ca-ccpa"])", R"("not": ["us-ca-cpa"])"),
            "unknown-rule eu.json#/cases/0/expect/not/0 -> us-ca-ccpa\n");
  EXPECT_EQ(reading_with(R"("undetermined": { "us-ca-ccpa": ["employees"] })", R"("undetermined": ["us-ca"])"),
            "unknown-rule eu.json#/cases/0/expect/undetermined/0\n");
  EXPECT_EQ(reading_with(R"("established")", R"("certain")"),
            "unknown-value eu.json#/cases/0/expect/certainty/eu-ai-act-50-1\n");
  EXPECT_EQ(reading_with(R"("in-force-grace")", R"("in-grace")"),
            "unknown-value eu.json#/cases/0/expect/status/eu-ai-act-50-1\n");
  EXPECT_EQ(reading_with(R"(["aiUse=converse"])", R"("aiUse=converse")"),
            "wrong-type eu.json#/cases/0/expect/because/eu-ai-act-50-1\n");
  EXPECT_EQ(reading_with(R"("ai-interaction": {)", R"("ai-interactions": {)"),
            "unknown-value eu.json#/cases/0/expect/notices/ai-interactions -> ai-interaction\n");
  EXPECT_EQ(reading_with(R"("lang": "de")", R"("language": "de")"),
            "unknown-key eu.json#/cases/0/expect/notices/ai-interaction/language\n");
  EXPECT_EQ(reading_with(R"(["opt-out-status"])", R"(["report"])"),
            "unknown-value eu.json#/cases/0/expect/noNotice/0\n");
  EXPECT_EQ(reading_with(R"("model": "opt-in")", R"("modell": "opt-in")"),
            "unknown-key eu.json#/cases/0/expect/consent/modell -> model\n");
  EXPECT_EQ(reading_with(R"(["report"])", R"(["raport"])"),
            "unknown-value eu.json#/cases/0/expect/offers/0 -> report\n");
  EXPECT_EQ(reading_with(R"("offers": ["report"])", R"("offers": { "raport": {} })"),
            "unknown-value eu.json#/cases/0/expect/offers/raport -> report\n");
  EXPECT_EQ(reading_with(R"(["clock"])", R"(["bad-json"])"), "unknown-value eu.json#/cases/0/expect/warnings/0\n");
  EXPECT_EQ(reading_with(R"("validUntil": "2026-12-02")", R"("validUntil": "2026-12-32")"),
            "bad-date eu.json#/cases/0/expect/validUntil\n");
}

TEST(Cases, NameKnownRulesAndDeployments) {
  EXPECT_EQ(reading_with(R"("rules": ["eu-ai-act-50-1"])", R"("rules": ["eu-ai-act-51-1"])"),
            "unknown-rule eu.json#/cases/0/rules/0 -> eu-ai-act-50-1\n");
  EXPECT_EQ(reading_with(R"("deployment": "chat")", R"("deployment": "chatt")"),
            "unknown-deployment eu.json#/cases/0/deployment -> chat\n");
}

TEST(Cases, AskAboutADay) {
  EXPECT_EQ(reading_with(R"("at": "2026-11-20", )", ""), "missing-key eu.json#/cases/0/situation/at\n");
  EXPECT_EQ(reading_with(R"("jurisdictions": ["DE"])", R"("places": ["DE"])"),
            "unknown-key eu.json#/cases/0/situation/places\n");
}

TEST(Cases, HaveNamesOfTheirOwn) {
  EXPECT_EQ(reading_with("a place that is none", "an AI says so"), "duplicate-name eu.json#/cases/1/name\n");
}

TEST(Cases, AreThere) {
  Issues issues;
  EXPECT_TRUE(read_corpus({{"eu.json", R"({ "cases": [] })"}}, issues).empty());
  EXPECT_EQ(lines_of(issues), "no-cases eu.json#/cases\n");
}

}  // namespace
}  // namespace candor::compiler

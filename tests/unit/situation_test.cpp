#include "core/compiler/situation.h"

#include <gtest/gtest.h>

#include "tests/unit/small_rulebook.h"

namespace candor::compiler {
namespace {

std::optional<std::vector<std::string>> read(std::string_view text, Issues& issues) {
  Deployment deployment;
  deployment.channels = {"chat", "shop"};
  const auto document = read_json(text, "", issues);
  EXPECT_TRUE(document) << text;
  return document ? read_situation(*document, small_rulebook(), deployment, "2026-11-20", issues) : std::nullopt;
}

std::vector<std::string> lines(std::string_view text) {
  Issues issues;
  const auto read_lines = read(text, issues);
  EXPECT_TRUE(issues.empty()) << text << (issues.empty() ? "" : issues[0].path + issues[0].message);
  return read_lines.value_or(std::vector<std::string>{});
}

void expect_only(std::string_view text, const std::string& code, const std::string& path, const std::string& fix = {}) {
  Issues issues;
  EXPECT_FALSE(read(text, issues)) << text;
  ASSERT_EQ(issues.size(), 1u) << text;
  EXPECT_EQ(issues[0].code, code) << text;
  EXPECT_EQ(issues[0].path, path) << text;
  EXPECT_EQ(issues[0].fix, fix) << text;
}

TEST(ReadSituation, AnEmptyOneIsToday) { EXPECT_EQ(lines("{}"), (std::vector<std::string>{"at=2026-11-20"})); }

TEST(ReadSituation, FlattensToRequestLines) {
  EXPECT_EQ(
      lines(
          R"({"at": "2026-08-02", "now": "2026-08-02T09:00:00Z", "jurisdictions": ["de", "US-CA"], "channel": "chat", "languages": ["de-AT", "en"],
                      "facts": {"obviousAi": true, "aiUse": ["converse", "act"], "employees": 3}, "posture": "exact",
                      "consent": {"v": 1, "at": "2026-07-01T09:00:00Z", "purposes": {"ads": "denied", "stats": {"state": "granted", "model": "opt-in", "at": "2026-07-02T09:00:00Z", "via": "choice"}},
                                  "terms": "abc", "places": ["DE"], "via": "choice"}})"),
      (std::vector<std::string>{"at=2026-08-02",
                                "now=2026-08-02T09:00:00Z",
                                "place=de",
                                "place=US-CA",
                                "channel=chat",
                                "language=de-AT",
                                "language=en",
                                "fact.obviousAi=true",
                                "fact.aiUse=converse,act",
                                "fact.employees=3",
                                "consent.v=1",
                                "consent.at=2026-07-01T09:00:00Z",
                                "consent.purposes.ads=denied",
                                "consent.purposes.stats.state=granted",
                                "consent.purposes.stats.model=opt-in",
                                "consent.purposes.stats.at=2026-07-02T09:00:00Z",
                                "consent.purposes.stats.via=choice",
                                "consent.terms=abc",
                                "consent.places.0=DE",
                                "consent.via=choice",
                                "posture=exact"}));
}

TEST(ReadSituation, TakesChannelsByIdOrType) {
  EXPECT_EQ(lines(R"({"channel": "shop"})")[1], "channel=shop");
  EXPECT_EQ(lines(R"({"channel": "email"})")[1], "channel=email");
  expect_only(R"({"channel": "emial"})", "unknown-value", "/channel", "email");
}

TEST(ReadSituation, RefusesWithAPathAndAFix) {
  expect_only(R"({"att": "2026-08-02"})", "unknown-key", "/att", "at");
  expect_only(R"({"at": "2026-02-30"})", "bad-date", "/at");
  expect_only(R"({"now": "yesterday"})", "bad-date", "/now");
  expect_only(R"({"jurisdictions": ["DE", "UK"]})", "unknown-place", "/jurisdictions/1", "GB");
  expect_only(R"({"jurisdictions": "DE"})", "wrong-type", "/jurisdictions", R"(["DE"])");
  expect_only(R"({"languages": ["de", "x"]})", "bad-language", "/languages/1");
  expect_only(R"({"facts": {"obviusAi": true}})", "unknown-fact", "/facts/obviusAi", "obviousAi");
  expect_only(R"({"facts": {"channel": "email"}})", "derived-fact", "/facts/channel");
  expect_only(R"({"facts": {"sector": "retial"}})", "unknown-value", "/facts/sector", "retail");
  expect_only(R"({"posture": "exat"})", "unknown-value", "/posture", "exact");
  expect_only(R"({"consent": {"purposes": {"ads": "denied"}}})", "missing-key", "/consent/at");
  expect_only(R"({"consent": {"at": "2026-07-01T09:00:00Z", "purposes": {"ads": "denid"}}})", "unknown-value",
              "/consent/purposes/ads", "denied");
  expect_only(R"({"consent": {"at": "2026-07-01", "purposes": {}}})", "bad-date", "/consent/at");
}

TEST(ReadSituation, LeavesALaterConsentRecordAlone) {
  EXPECT_EQ(lines(R"({"consent": {"v": 2, "at": "2026-07-01T09:00:00Z", "purposes": {}, "later": "x"}})")[4],
            "consent.later=x");
}

TEST(ReadSituation, SurvivesEveryWrongType) {
  for (const char* key : {"at", "now", "jurisdictions", "channel", "languages", "facts", "consent", "posture"})
    for (const char* value :
         {"null", "true", "1.5", "[[]]", "[1]", "[null]", R"({"a": []})", R"({"at": 1, "purposes": [[1]]})"}) {
      Issues issues;
      EXPECT_FALSE(read("{\"" + std::string(key) + "\": " + value + "}", issues)) << key << value;
    }
}

}  // namespace
}  // namespace candor::compiler

#include "core/compiler/deployment.h"

#include <gtest/gtest.h>

#include "core/compiler/input.h"
#include "tests/unit/small_rulebook.h"

namespace candor::compiler {
namespace {

Json json(std::string_view text) {
  Issues issues;
  auto value = read_json(text, "", issues);
  EXPECT_TRUE(value) << text;
  return value.value_or(Json{});
}

/// A deployment that is complete, with `more` members.
std::string with(std::string_view more) {
  return R"({"operator": {"name": "Acme"}, "channels": {"chat": {"type": "chat-widget"}})" +
         (more.empty() ? "" : ", " + std::string(more)) + "}";
}

Issues issues_of(std::string_view text) {
  Issues issues;
  const bool accepted = read_deployment(json(text), small_rulebook(), issues).has_value();
  EXPECT_EQ(accepted, issues.empty()) << text;
  return issues;
}

struct Expected {
  std::string code, path, fix;
};

void expect_only(std::string_view text, const Expected& expected) {
  const Issues issues = issues_of(text);
  ASSERT_EQ(issues.size(), 1u) << text << (issues.size() > 1 ? issues[1].message : "");
  EXPECT_EQ(issues[0].code, expected.code) << text;
  EXPECT_EQ(issues[0].path, expected.path) << text;
  EXPECT_EQ(issues[0].fix, expected.fix) << text;
}

TEST(ReadDeployment, OneNameAndOneChannelAreEnough) { EXPECT_TRUE(issues_of(with("")).empty()); }

TEST(ReadDeployment, TakesTheWholeDocument) {
  const auto document = json(R"({
    "operator": {"name": "Acme GmbH", "contact": "privacy@acme.example", "established": ["de"], "facts": {"sector": "retail", "employees": 12}},
    "assistants": {"helper": {"name": "Ada", "facts": {"aiUse": ["converse", "act"], "placedOnMarket": "2025-06-01"},
                              "providers": [{"name": "Maker, Inc", "policy": "https://maker.example/policy"}]},
                   "other": {"facts": {"aiUse": []}}},
    "channels": {"chat": {"type": "chat-widget", "assistant": "helper", "facts": {}}, "mail": {"type": "email", "assistant": ["helper", "other"]}},
    "purposes": [{"id": "ads", "kind": "advertising", "ownService": false, "shared": true, "sells": false, "sensitive": false, "services": [
      {"id": "s", "name": "S", "policy": "/s", "recipient": "S Ltd", "country": "US", "hosts": ["s.example"], "cookies": [{"name": "_s*", "domain": "", "path": "/"}], "storage": []}]}],
    "links": {"privacy": {"url": "https://acme.example/privacy", "updated": "2026-05-21"}},
    "platforms": ["jexi"], "rules": [], "places": ["EU", "us-ca"], "languages": ["de", "en"], "posture": "strict",
    "overrides": {"de": {"ai-interaction.title": "Hallo"}},
    "claims": [{"fact": "obviousAi", "value": true, "channel": "chat", "reason": "r", "owner": "o", "date": "2026-11-01"}],
    "vouch": ["obviousAi"], "waivers": [{"rule": "jexi-report", "reason": "r", "owner": "o", "date": "2026-11-01", "until": "2027-11-01"}]})");
  const Rulebook rulebook = small_rulebook();
  Issues issues;
  const auto deployment = read_deployment(document, rulebook, issues);
  ASSERT_TRUE(deployment) << issues[0].path << issues[0].message;
  EXPECT_EQ(deployment->channels, (std::vector<std::string>{"chat", "mail"}));
  EXPECT_EQ(deployment->places, (std::vector<int>{place_of(rulebook, "EU"), place_of(rulebook, "US-CA")}));
  EXPECT_EQ(deployment->established, (std::vector<int>{place_of(rulebook, "DE")}));
  EXPECT_EQ(deployment->platforms, 1u);
  EXPECT_EQ(deployment->purpose_kinds, (std::vector<int>{2}));
  ASSERT_EQ(deployment->overrides.size(), 1u);
  EXPECT_EQ(deployment->overrides[0].text, "Hallo");
  EXPECT_EQ(flatten(*deployment),
            (std::vector<std::string>{"deployment.operator.name=Acme GmbH",
                                      "deployment.operator.contact=privacy@acme.example",
                                      "deployment.operator.established.0=de",
                                      "deployment.operator.facts.sector=retail",
                                      "deployment.operator.facts.employees=12",
                                      "deployment.assistants.helper.name=Ada",
                                      "deployment.assistants.helper.facts.aiUse=converse,act",
                                      "deployment.assistants.helper.facts.placedOnMarket=2025-06-01",
                                      "deployment.assistants.helper.providers.0.name=Maker, Inc",
                                      "deployment.assistants.helper.providers.0.policy=https://maker.example/policy",
                                      "deployment.assistants.other.facts.aiUse=none",
                                      "deployment.channels.chat.type=chat-widget",
                                      "deployment.channels.chat.assistant=helper",
                                      "deployment.channels.chat.facts=",
                                      "deployment.channels.mail.type=email",
                                      "deployment.channels.mail.assistant.0=helper",
                                      "deployment.channels.mail.assistant.1=other",
                                      "deployment.purposes.0.id=ads",
                                      "deployment.purposes.0.kind=advertising",
                                      "deployment.purposes.0.ownService=false",
                                      "deployment.purposes.0.shared=true",
                                      "deployment.purposes.0.sells=false",
                                      "deployment.purposes.0.sensitive=false",
                                      "deployment.purposes.0.services.0.id=s",
                                      "deployment.purposes.0.services.0.name=S",
                                      "deployment.purposes.0.services.0.policy=/s",
                                      "deployment.purposes.0.services.0.recipient=S Ltd",
                                      "deployment.purposes.0.services.0.country=US",
                                      "deployment.purposes.0.services.0.hosts.0=s.example",
                                      "deployment.purposes.0.services.0.cookies.0.name=_s*",
                                      "deployment.purposes.0.services.0.cookies.0.domain=",
                                      "deployment.purposes.0.services.0.cookies.0.path=/",
                                      "deployment.links.privacy.url=https://acme.example/privacy",
                                      "deployment.links.privacy.updated=2026-05-21",
                                      "deployment.platforms.0=jexi",
                                      "deployment.places.0=EU",
                                      "deployment.places.1=us-ca",
                                      "deployment.languages.0=de",
                                      "deployment.languages.1=en",
                                      "deployment.posture=strict",
                                      "deployment.claims.0.fact=obviousAi",
                                      "deployment.claims.0.value=true",
                                      "deployment.claims.0.channel=chat",
                                      "deployment.claims.0.reason=r",
                                      "deployment.claims.0.owner=o",
                                      "deployment.claims.0.date=2026-11-01",
                                      "deployment.vouch.0=obviousAi",
                                      "deployment.waivers.0.rule=jexi-report",
                                      "deployment.waivers.0.reason=r",
                                      "deployment.waivers.0.owner=o",
                                      "deployment.waivers.0.date=2026-11-01",
                                      "deployment.waivers.0.until=2027-11-01"}));
}

TEST(ReadDeployment, RefusesWithAPathAndAFix) {
  expect_only(with(R"("linkz": {})"), {"unknown-key", "/linkz", "links"});
  expect_only(with(R"("operator2": 1)"), {"unknown-key", "/operator2", "operator"});
  expect_only(with(R"("places": ["ZZ9"])"),
              {"unknown-place", "/places/0", issues_of(with(R"("places": ["ZZ9"])"))[0].fix});
  expect_only(with(R"("places": ["EU", "uk"])"), {"unknown-place", "/places/1", "GB"});
  expect_only(with(R"("places": ["US-CZ"])"), {"unknown-place", "/places/0", "US-CA"});
  expect_only(with(R"("places": "EU")"), {"wrong-type", "/places", R"(["EU"])"});
  expect_only(with(R"("languages": ["DE"])"), {"bad-language", "/languages/0", "de"});
  expect_only(with(R"("languages": ["german!"])"), {"bad-language", "/languages/0", ""});
  expect_only(with(R"("platforms": ["jexy"])"), {"unknown-value", "/platforms/0", "jexi"});
  expect_only(with(R"("posture": "exakt")"), {"unknown-value", "/posture", "exact"});
  expect_only(with(R"("links": {"privaci": {"url": "/p"}})"), {"unknown-key", "/links/privaci", "privacy"});
  expect_only(with(R"("links": {"privacy": {"url": "javascript:void 0"}})"), {"bad-url", "/links/privacy/url", ""});
  expect_only(with(R"("links": {"privacy": {"url": "/p", "updated": "2026-02-30"}})"),
              {"bad-date", "/links/privacy/updated", ""});
  expect_only(with(R"("links": {"privacy": {}})"), {"missing-key", "/links/privacy/url", ""});
  expect_only(with(R"("purposes": [{"id": "ads", "kind": "advertising"}, {"id": "ads", "kind": "statistics"}])"),
              {"duplicate-id", "/purposes/1/id", ""});
  expect_only(with(R"("purposes": [{"id": "Ads 1", "kind": "advertising"}])"), {"bad-id", "/purposes/0/id", "ads-1"});
  expect_only(with(R"("purposes": [{"id": "ads", "kind": "adverts"}])"),
              {"unknown-value", "/purposes/0/kind",
               issues_of(with(R"("purposes": [{"id": "ads", "kind": "adverts"}])"))[0].fix});
  expect_only(with(R"("overrides": {"de": {"ai-interaction.titel": "x"}})"),
              {"unknown-key", "/overrides/de/ai-interaction.titel", "ai-interaction.title"});
  expect_only(with(R"("vouch": ["sector"])"), {"not-lifting", "/vouch/0", ""});
  expect_only(
      with(
          R"("waivers": [{"rule": "jexi-reprot", "reason": "r", "owner": "o", "date": "2026-11-01", "until": "2027-11-01"}])"),
      {"unknown-rule", "/waivers/0/rule", "jexi-report"});
  expect_only(with(R"("waivers": [{"rule": "jexi-report", "reason": "r", "owner": "o", "date": "2026-11-01"}])"),
              {"missing-key", "/waivers/0/until", ""});
  expect_only(
      with(R"("claims": [{"fact": "obviousAi", "value": "yes", "reason": "r", "owner": "o", "date": "2026-11-01"}])"),
      {"wrong-type", "/claims/0/value", ""});
  expect_only(
      with(
          R"("claims": [{"fact": "obviousAi", "value": true, "channel": "chta", "reason": "r", "owner": "o", "date": "2026-11-01"}])"),
      {"unknown-value", "/claims/0/channel", "chat"});
}

TEST(ReadDeployment, ChecksEveryStatedFact) {
  const auto stating = [](const std::string& facts) {
    return R"({"operator": {"name": "A", "facts": {)" + facts + R"(}}, "channels": {"c": {"type": "email"}}})";
  };
  expect_only(stating(R"("secter": "retail")"), {"unknown-fact", "/operator/facts/secter", "sector"});
  expect_only(stating(R"("platforms": ["jexi"])"), {"derived-fact", "/operator/facts/platforms", ""});
  expect_only(stating(R"("sector": "retial")"), {"unknown-value", "/operator/facts/sector", "retail"});
  expect_only(stating(R"("sector": true)"), {"wrong-type", "/operator/facts/sector", ""});
  expect_only(stating(R"("aiUse": ["converse", "acct"])"), {"unknown-value", "/operator/facts/aiUse/1", "act"});
  expect_only(stating(R"("obviousAi": "true")"), {"wrong-type", "/operator/facts/obviousAi", ""});
  expect_only(stating(R"("placedOnMarket": "2026-02-29")"), {"bad-date", "/operator/facts/placedOnMarket", ""});
  expect_only(stating(R"("placedOnMarket": 5)"), {"bad-date", "/operator/facts/placedOnMarket", ""});
  for (const char* count : {"-1", "1.5", "1e300", "\"7\"", "null"})
    expect_only(stating(std::string(R"("employees": )") + count), {"wrong-type", "/operator/facts/employees", ""});
  EXPECT_TRUE(
      issues_of(stating(R"("aiUse": "none", "employees": 0, "obviousAi": false, "placedOnMarket": "2024-02-29")"))
          .empty());
}

TEST(ReadDeployment, ChecksReferences) {
  expect_only(
      R"({"operator": {"name": "A"}, "assistants": {"helper": {"name": "x"}}, "channels": {"c": {"type": "email", "assistant": "helpr"}}})",
      {"unknown-value", "/channels/c/assistant", "helper"});
  expect_only(
      R"({"operator": {"name": "A"}, "assistants": {"helper": {"name": "x"}}, "channels": {"c": {"type": "email", "assistant": ["helper", "two"]}}})",
      {"unknown-value", "/channels/c/assistant/1", ""});
}

TEST(ReadDeployment, TakesAnAssistantThatSaysNothing) {
  const char* text =
      R"({"operator": {"name": "A"}, "assistants": {"helper": {}}, "channels": {"c": {"type": "email", "assistant": "helper"}}})";
  EXPECT_TRUE(issues_of(text).empty());
}

TEST(ReadDeployment, ReportsEverythingAtOnce) {
  const Issues issues =
      issues_of(R"({"operator": {"nam": "A"}, "channels": {"Chat": {"type": "chat"}}, "places": ["XX"], "extra": 1})");
  std::vector<std::string> codes;
  for (const Issue& issue : issues) codes.push_back(issue.code);
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, (std::vector<std::string>{"bad-id", "missing-key", "unknown-key", "unknown-key", "unknown-place",
                                             "unknown-value"}));
}

TEST(ReadDeployment, SurvivesEveryWrongType) {
  for (const char* key : {"operator", "assistants", "channels", "purposes", "links", "platforms", "rules", "places",
                          "languages", "posture", "overrides", "claims", "vouch", "waivers"})
    for (const char* value :
         {"null", "true", "1.5", "[[]]", "[1]", "[null]", R"({"a": 1})", R"({"a": []})", R"({"a": {"b": {"c": 1}}})"}) {
      Issues issues;
      EXPECT_FALSE(read_deployment(json("{\"" + std::string(key) + "\": " + value + "}"), small_rulebook(), issues))
          << key << value;
    }
  for (const char* root : {"[]", "null", "1", "\"x\""}) EXPECT_FALSE(issues_of(root).empty()) << root;
}

TEST(ResolvePlace, AcceptsSpellingsAndSubdivisions) {
  const Rulebook rulebook = small_rulebook();
  Issues issues;
  const auto code = [&](std::string_view written) {
    const int place = resolve_place(written, rulebook, "", issues);
    return place < 0 ? "" : rulebook.places[static_cast<std::size_t>(place)].code;
  };
  EXPECT_EQ(code("de"), "DE");
  EXPECT_EQ(code("US-ca"), "US-CA");
  EXPECT_EQ(code("DE-BY"), "DE");
  EXPECT_EQ(code("us-pr"), "PR");
  EXPECT_EQ(code("*"), "*");
  EXPECT_TRUE(issues.empty());
  for (const char* wrong : {"US-ZZ", "ZZ", "DE-", "DE-TOOLONG", "D", "", "DE_BY", "EL1"})
    EXPECT_EQ(code(wrong), "") << wrong;
}

TEST(CanonicalLanguage, IsOfTheUsualCase) {
  EXPECT_EQ(canonical_language("de-at"), "de-AT");
  EXPECT_EQ(canonical_language("ZH-hant-tw"), "zh-Hant-TW");
  EXPECT_EQ(canonical_language("es-419"), "es-419");
  EXPECT_EQ(canonical_language("sl-rozaj-1994"), "sl-rozaj-1994");
  for (const char* wrong : {"", "d", "german", "de-", "-de", "de_AT", "de-A", "de-AT-x", "1a", "dé"})
    EXPECT_FALSE(canonical_language(wrong)) << wrong;
}

TEST(IsInstant, FollowsRfc3339) {
  for (const char* right : {"2026-11-20T09:00:00Z", "2026-11-20T09:00:00.123+01:00", "2024-02-29T23:59:60-11:30"})
    EXPECT_TRUE(is_instant(right)) << right;
  for (const char* wrong :
       {"2026-11-20", "2026-11-20T09:00:00", "2026-02-29T09:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T09:00:00.Z",
        "2026-11-20 09:00:00Z", "2026-11-20T09:00:00+1:00", "2026-11-20T09:00:00Zx", ""})
    EXPECT_FALSE(is_instant(wrong)) << wrong;
}

}  // namespace
}  // namespace candor::compiler

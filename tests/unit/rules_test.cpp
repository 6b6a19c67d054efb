#include "core/compiler/rules.h"

#include <algorithm>

#include "core/compiler/facts.h"
#include "core/compiler/places.h"
#include "core/compiler/reader.h"
#include "tests/unit/rule_files.h"

namespace candor::compiler {
namespace {

std::string reading_with(const std::string& file, std::string_view from, std::string_view to) {
  return reading(edit(rule_files(), file, from, to));
}
std::string reading_act(std::string_view from, std::string_view to) {
  return reading_with("law/eu/ai-act.json", from, to);
}
std::string reading_ccpa(std::string_view from, std::string_view to) {
  return reading_with("law/us-ca/ccpa.json", from, to);
}
std::string reading_jexi(std::string_view from, std::string_view to) {
  return reading_with("platform/jexi.json", from, to);
}

const Rule& rule(const Rulebook& rulebook, std::string_view id) {
  static const Rule none;
  for (const Rule& each : rulebook.rules)
    if (each.id == id) return each;
  ADD_FAILURE() << "no rule " << id;
  return none;
}

std::string house_report(const std::string& text) {
  Rulebook rulebook = read();
  Issues issues;
  add_house_rules(rulebook, {{"house/acme.json", text}}, issues);
  return lines_of(issues);
}

// --- the rulebook ----------------------------------------------------------------------------------------------------

TEST(Rulebook, IsSortedById) {
  const Rulebook rulebook = read();
  std::string ids;
  for (const Rule& each : rulebook.rules) ids += each.id + ' ';
  EXPECT_EQ(ids, "candor-marks eu-ai-act-50-1 eu-ai-act-50-5 jexi-ai-approval us-ca-ccpa ");
  std::string sources;
  for (const Source& source : rulebook.sources) sources += source.id + ' ';
  EXPECT_EQ(sources, "candor-baseline/marks eu-2024-1689/50-1 eu-2024-1689/50-5 jexi/approval us-ca-ccpa/1798.120 ");
}

TEST(Rulebook, FollowsItsSourcesAndModifiedRules) {
  const Rulebook rulebook = read();
  for (const Rule& each : rulebook.rules)
    for (const PlaceEntry& entry : each.in)
      ASSERT_LT(static_cast<std::size_t>(entry.source), rulebook.sources.size()) << each.id;
  const PlaceEntry& entry = rule(rulebook, "eu-ai-act-50-1").in.at(0);
  const Source& source = rulebook.sources.at(static_cast<std::size_t>(entry.source));
  EXPECT_EQ(source.article, "50(1)");
  EXPECT_EQ(source.law, "Regulation (EU) 2024/1689");
  EXPECT_EQ(source.url, "https://eur-lex.example/");
  EXPECT_EQ(source.confidence, "high");
  EXPECT_EQ(format_date(source.checked), "2026-11-20");
  EXPECT_EQ(rule(rulebook, "eu-ai-act-50-5").modifies, std::vector<int>{1});
}

TEST(Rulebook, MissesNoFile) {
  SourceFiles files = rule_files();
  files.erase("facts.json");
  files.erase("unknown.json");
  files["law/eu/notes.txt"] = "";
  EXPECT_EQ(reading(files), "missing-file facts.json#\nmissing-file unknown.json#\nunknown-file law/eu/notes.txt#\n");
}

TEST(Rulebook, ReportsEveryFileAtOnce) {
  SourceFiles files =
      edit(rule_files(), "law/eu/ai-act.json", R"("from": "2026-08-02", "grace")", R"("from": "2026-02-30", "grace")");
  files["platform/jexi.json"] = "{";
  files = edit(files, "law/us-ca/ccpa.json", R"("place": "US-CA")", R"("place": "us-ca")");
  EXPECT_EQ(reading(files),
            "bad-json platform/jexi.json#\nbad-date law/eu/ai-act.json#/rules/1/in/0/from\n"
            "unknown-place law/us-ca/ccpa.json#/rules/0/in/0/place -> US-CA\n");
}

TEST(Rulebook, RefusesTwoRulesOfOneId) {
  EXPECT_EQ(reading_act(R"("id": "eu-ai-act-50-5")", R"("id": "eu-ai-act-50-1")"),
            "duplicate-id law/eu/ai-act.json#/rules/1/id\n");
}

TEST(Rulebook, RefusesUnknownModifiedRules) {
  EXPECT_EQ(reading_act(R"("modifies": ["eu-ai-act-50-1"])", R"("modifies": ["eu-ai-act-50-2"])"),
            "unknown-rule law/eu/ai-act.json#/rules/0/modifies/0 -> eu-ai-act-50-1\n");
}

// --- rules -----------------------------------------------------------------------------------------------------------

TEST(Rules, AreReadWhole) {
  const Rulebook rulebook = read();
  const Rule& act = rule(rulebook, "eu-ai-act-50-1");
  EXPECT_EQ(act.title, "Say that it is an AI system");
  EXPECT_EQ(act.note, "Read.");
  EXPECT_EQ(act.file, "law/eu/ai-act.json");
  EXPECT_EQ(act.path, "law/eu/ai-act.json#/rules/1");
  EXPECT_EQ(act.layer, Layer::law);
  EXPECT_EQ(act.severity, Severity::mandatory);
  EXPECT_EQ(act.binds, Binds::provider);
  EXPECT_TRUE(act.reach_establishment);
  EXPECT_FALSE(act.never);
  EXPECT_EQ(act.when.op, Condition::Op::all);
  const PlaceEntry& entry = act.in.at(0);
  EXPECT_EQ(entry.place, find_place(rulebook, "EU"));
  EXPECT_EQ(entry.from, parse_date("2026-08-02"));
  EXPECT_EQ(entry.grace, parse_date("2026-12-02"));
  EXPECT_FALSE(entry.until.has_value());
}

TEST(Rules, TakeTheirLayerFromTheirFolder) {
  const Rulebook rulebook = read();
  EXPECT_EQ(rule(rulebook, "us-ca-ccpa").layer, Layer::law);
  EXPECT_EQ(rule(rulebook, "jexi-ai-approval").layer, Layer::platform);
  EXPECT_EQ(rule(rulebook, "candor-marks").layer, Layer::law);
  EXPECT_EQ(reading_act(R"("layer": "law")", R"("layer": "house")"),
            "unknown-value law/eu/ai-act.json#/rules/1/layer\n");
}

TEST(Rules, NeedASource) {
  EXPECT_EQ(
      reading_jexi(
          R"("law": "Jexi AI Use Policy", "url": "https://jexi.example/", "checked": "2026-11-20", "confidence": "high",)",
          ""),
      "missing-key platform/jexi.json#/rules/0/in/0/law\nmissing-key platform/jexi.json#/rules/0/in/0/url\n"
      "missing-key platform/jexi.json#/rules/0/in/0/confidence\nmissing-key "
      "platform/jexi.json#/rules/0/in/0/checked\n");
  EXPECT_EQ(reading_jexi(R"("article": "Human oversight", "source": "jexi/approval")", R"("article": "")"),
            "missing-key platform/jexi.json#/rules/0/in/0/article\n");
  EXPECT_EQ(reading_jexi(R"(, "source": "jexi/approval")", ""), "");
  EXPECT_EQ(reading_jexi(R"("url": "https://jexi.example/")", R"("url": "/legal/ai-use")"),
            "bad-url platform/jexi.json#/url\n");
  EXPECT_EQ(reading_with("unknown.json", "https://candor.example/", "/docs/baseline"), "");
  EXPECT_EQ(reading_jexi(R"("url": "https://jexi.example/")", R"("url": "javascript:x")"),
            "bad-url platform/jexi.json#/url\nmissing-key platform/jexi.json#/rules/0/in/0/url\n");
}

TEST(Rules, NameASourceAfterThemselvesAndThePlace) {
  Issues issues;
  const auto rulebook =
      read_rulebook(edit(rule_files(), "platform/jexi.json", R"(, "source": "jexi/approval")", ""), issues);
  ASSERT_TRUE(rulebook) << lines_of(issues);
  const auto named = [](const Source& source) { return source.id == "jexi-ai-approval/*"; };
  EXPECT_EQ(std::count_if(rulebook->sources.begin(), rulebook->sources.end(), named), 1);
}

TEST(Rules, ReplaceWhatTheirFileSaysOfTheSource) {
  const Rulebook rulebook = read(edit(rule_files(), "law/us-ca/ccpa.json", R"("article": "1798.120")",
                                      R"("article": "1798.120", "checked": "2026-10-01", "confidence": "medium")"));
  const Source& source = rulebook.sources.back();
  EXPECT_EQ(format_date(source.checked), "2026-10-01");
  EXPECT_EQ(source.confidence, "medium");
  EXPECT_EQ(source.law, "CCPA");
}

TEST(Rules, AgreeOnSharedSources) {
  EXPECT_EQ(reading_act("eu-2024-1689/50-5", "eu-2024-1689/50-1"),
            "source-conflict law/eu/ai-act.json#/rules/1/in/0/source -> give one of them an id of its own\n");
}

TEST(Rules, AreInForceInOrder) {
  EXPECT_EQ(reading_ccpa(R"("until": "2030-12-31")", R"("until": "2019-12-31")"),
            "until-before-from law/us-ca/ccpa.json#/rules/0/in/0/until\n");
  EXPECT_EQ(reading_act(R"("grace": "2026-12-02")", R"("grace": "2026-08-02")"),
            "grace-outside law/eu/ai-act.json#/rules/1/in/0/grace\n");
  EXPECT_EQ(reading_act(R"("grace": "2026-12-02")", R"("grace": "2026-12-02", "until": "2026-11-30")"),
            "grace-outside law/eu/ai-act.json#/rules/1/in/0/grace\n");
}

TEST(Rules, StandOnceInAPlaceOnADay) {
  const auto again = [](std::string_view from) {
    return R"("in": [ { "place": "US-CA", "from": ")" + std::string(from) +
           R"(", "article": "2", "source": "us-ca-ccpa/2" }, { "place": "US-CA")";
  };
  const std::string_view before = R"("in": [ { "place": "US-CA")";
  EXPECT_EQ(reading_ccpa(before, again("2031-01-01")), "");
  EXPECT_EQ(reading_ccpa(before, again("2030-12-31")), "overlapping-entries law/us-ca/ccpa.json#/rules/0/in/1\n");
}

TEST(Rules, SpellPlacesOut) {
  EXPECT_EQ(reading_ccpa(R"("place": "US-CA")", R"("place": "UK")"),
            "unknown-place law/us-ca/ccpa.json#/rules/0/in/0/place -> GB\n");
  EXPECT_EQ(reading_ccpa(R"("place": "US-CA")", R"("place": "US-PR")"),
            "unknown-place law/us-ca/ccpa.json#/rules/0/in/0/place -> PR\n");
}

TEST(Rules, NeedPlacesAndDuties) {
  const std::string_view entries =
      R"("in": [ { "place": "*", "from": "2026-05-21", "article": "Human oversight", "source": "jexi/approval" } ])";
  EXPECT_EQ(reading_jexi(entries, R"("in": [])"), "missing-key platform/jexi.json#/rules/0/in\n");
  EXPECT_EQ(reading_act(R"("duties": [ { "duty": "disclose", "topic": "ai-interaction", "prominence": "prominent" } ])",
                        R"("duties": [])"),
            "missing-key law/eu/ai-act.json#/rules/0/duties\n");
  EXPECT_EQ(reading_jexi(R"("severity": "block", "binds": "operator", )", ""),
            "missing-key platform/jexi.json#/rules/0/severity\nmissing-key platform/jexi.json#/rules/0/binds\n");
}

TEST(Rules, RefuseUnknownKeysWithTheNearest) {
  EXPECT_EQ(reading_act(R"("note": "Read.")", R"("notes": "Read.", "never": "no")"),
            "wrong-type law/eu/ai-act.json#/rules/1/never\nunknown-key law/eu/ai-act.json#/rules/1/notes -> note\n");
}

TEST(RuleId, IsOfWordsAndSections) {
  for (const char* id : {"eu-ai-act-50-1", "us-tx-552.051-gov", "ca-qc-12.1", "cl-21719"})
    EXPECT_TRUE(is_rule_id(id)) << id;
  for (const char* id : {"", "EU-50", "eu--50", "-eu", "eu-", "eu_50", "eu-50.", "eu.-50", "eü"})
    EXPECT_FALSE(is_rule_id(id)) << id;
  EXPECT_EQ(reading_jexi(R"("id": "jexi-ai-approval")", R"("id": "jexi_ai_approval")"),
            "bad-id platform/jexi.json#/rules/0/id\n");
  EXPECT_EQ(reading_jexi(R"("id": "jexi-ai-approval")", R"("id": "house-approval")"),
            "bad-prefix platform/jexi.json#/rules/0/id -> approval\n");
}

// --- duties ----------------------------------------------------------------------------------------------------------

TEST(Duties, Disclose) {
  const Rulebook rulebook = read();
  const Duty& duty = rule(rulebook, "eu-ai-act-50-1").duties.at(0);
  EXPECT_EQ(duty.kind, DutyKind::disclose);
  EXPECT_EQ(duty.topic, 0);
  EXPECT_EQ(duty.says, std::vector<int>{0});
  EXPECT_EQ(duty.timing, 2);
  EXPECT_EQ(duty.repeat, std::vector<int>{1});
  EXPECT_EQ(duty.prominence, 1);
  EXPECT_FALSE(duty.dismissible);
  EXPECT_EQ(duty.actions, (std::vector<int>{1, 2, 5}));  // an offer, a link and an action, counted on
  EXPECT_EQ(duty.languages, std::vector<std::string>{"de"});
  const ChannelForm& form = duty.forms_by_channel.at(0);
  EXPECT_EQ(form.channel, 2);
  EXPECT_EQ(form.slots, std::vector<int>{2});
  EXPECT_EQ(form.timing, 1);
  EXPECT_EQ(form.repeat, std::vector<int>{2});
  EXPECT_EQ(form.prominence, 0);
}

TEST(Duties, DiscloseWithDefaults) {
  const Rulebook rulebook = read();
  const Duty& duty = rule(rulebook, "eu-ai-act-50-5").duties.at(0);
  EXPECT_EQ(duty.timing, -1);
  EXPECT_TRUE(duty.dismissible);
  EXPECT_TRUE(duty.slots.empty());
  EXPECT_FALSE(duty.severity.has_value());
}

TEST(Duties, SayStatementsAndStatutoryTexts) {
  const Rulebook rulebook = read(
      edit(rule_files(), "law/us-ca/ccpa.json", R"("says": [])", R"("says": ["verbatim:ca-do-not-sell", "may-err"])"));
  const Duty& duty = rule(rulebook, "us-ca-ccpa").duties.at(2);
  EXPECT_EQ(duty.verbatim, std::vector<int>{0});
  EXPECT_EQ(duty.says, std::vector<int>{3});
  EXPECT_EQ(duty.severity, Severity::advisory);
  EXPECT_EQ(reading_ccpa(R"("says": [])", R"("says": ["verbatim:ca-do-not-sel", "may-er"])"),
            "unknown-verbatim law/us-ca/ccpa.json#/rules/0/duties/2/says/0 -> ca-do-not-sell\n"
            "unknown-value law/us-ca/ccpa.json#/rules/0/duties/2/says/1 -> may-err\n");
}

TEST(Duties, AskForConsent) {
  const Rulebook rulebook = read();
  const Duty& duty = rule(rulebook, "us-ca-ccpa").duties.at(0);
  ASSERT_EQ(duty.rows.size(), 2u);
  EXPECT_EQ(duty.rows[0].kinds, std::vector<int>{2});
  EXPECT_EQ(duty.rows[0].sells, true);
  EXPECT_FALSE(duty.rows[0].shared.has_value());
  EXPECT_EQ(duty.rows[0].model, Model::opt_out);
  EXPECT_TRUE(duty.rows[0].honours_gpc);
  EXPECT_TRUE(duty.rows[1].kinds.empty());
  EXPECT_EQ(duty.refusal_floor, "P12M");
  EXPECT_EQ(duty.grant_cap, "P13M");
  EXPECT_TRUE(duty.equal_choice);
  EXPECT_TRUE(duty.gpc_status);
  EXPECT_EQ(reading_ccpa(R"("refusalFloor": "P12M")", R"("refusalFloor": "PT12H")"),
            "bad-duration law/us-ca/ccpa.json#/rules/0/duties/0/refusalFloor\n");
  EXPECT_EQ(reading_ccpa(R"("gpc": "honour")", R"("gpc": "honor")"),
            "unknown-value law/us-ca/ccpa.json#/rules/0/duties/0/rows/0/gpc -> honour\n");
  EXPECT_EQ(reading_ccpa(R"("kind": ["advertising"])", R"("kind": ["ads"])"),
            "unknown-value law/us-ca/ccpa.json#/rules/0/duties/0/rows/0/kind/0\n");
}

TEST(Duties, LinkMarkOfferAndRecord) {
  const Rulebook rulebook = read();
  const Duty& link = rule(rulebook, "us-ca-ccpa").duties.at(1);
  EXPECT_EQ(link.id, 0);
  EXPECT_EQ(link.title, 0);
  EXPECT_EQ(link.within, "businessDays:15");
  EXPECT_EQ(link.lead, "P30D");
  const Rule& baseline = rule(rulebook, "candor-marks");
  EXPECT_EQ(baseline.duties.at(0).content_types, std::vector<int>{0});
  EXPECT_EQ(baseline.duties.at(0).forms, (std::vector<int>{0, 1}));
  EXPECT_EQ(baseline.duties.at(1).id, 1);
  const Duty& record = rule(rulebook, "jexi-ai-approval").duties.at(1);
  EXPECT_EQ(record.events, (std::vector<int>{0, 1}));
  EXPECT_EQ(record.keep, "P2Y");
  EXPECT_EQ(reading_ccpa(R"("businessDays": 15)", R"("businessDays": 0)"),
            "bad-duration law/us-ca/ccpa.json#/rules/0/duties/1/within/businessDays\n");
  EXPECT_EQ(reading_ccpa(R"("title": "ca-do-not-sell")", R"("title": "ca")"),
            "unknown-verbatim law/us-ca/ccpa.json#/rules/0/duties/1/title\n");
}

TEST(Duties, Block) {
  const Rulebook rulebook = read();
  const Duty& block = rule(rulebook, "jexi-ai-approval").duties.at(0);
  EXPECT_EQ(block.block_action, -1);
  EXPECT_EQ(block.block_fact, find_fact(rulebook, "sensitiveAction"));
  EXPECT_EQ(block.until, "approvedBy=qualified-person");
  EXPECT_EQ(reading_jexi(R"("actionsOf": "sensitiveAction")", R"("action": "refund")"), "");
  EXPECT_EQ(reading_jexi(R"("actionsOf": "sensitiveAction", )", ""),
            "missing-key platform/jexi.json#/rules/0/duties/0/action\n");
  EXPECT_EQ(reading_jexi(R"("actionsOf": "sensitiveAction")", R"("actionsOf": "sector")"),
            "wrong-type platform/jexi.json#/rules/0/duties/0/actionsOf\n");
  EXPECT_EQ(reading_jexi(R"("actionsOf": "sensitiveAction")", R"("actionsOf": "aiUse")"),
            "unknown-value platform/jexi.json#/rules/0/duties/0/actionsOf\nunknown-value "
            "platform/jexi.json#/rules/0/duties/0/actionsOf\n");
  EXPECT_EQ(reading_jexi("approvedBy=qualified-person", "approvedBy=qualified"),
            "unknown-value platform/jexi.json#/rules/0/duties/0/until\n");
  EXPECT_EQ(reading_jexi("approvedBy=qualified-person", "approved=qualified-person"),
            "unknown-fact platform/jexi.json#/rules/0/duties/0/until -> approvedBy\n");
  EXPECT_EQ(reading_jexi("approvedBy=qualified-person", "someday"),
            "bad-condition platform/jexi.json#/rules/0/duties/0/until\n");
}

TEST(Duties, HaveTheKeysOfTheirKind) {
  EXPECT_EQ(reading_with("unknown.json", R"("offer": "report")", R"("offer": "report", "topic": "ai-content")"),
            "unknown-key unknown.json#/rules/0/duties/1/topic\n");
  EXPECT_EQ(
      reading_with("unknown.json", R"("duty": "offer", "offer": "report")", R"("duty": "ofer", "offer": "report")"),
      "unknown-value unknown.json#/rules/0/duties/1/duty -> offer\n");
}

TEST(Duties, RefuseLanguagesAndChannelsThatAreNone) {
  EXPECT_EQ(reading_act(R"("languages": ["de"])", R"("languages": ["DE", "1"])"),
            "bad-language law/eu/ai-act.json#/rules/1/duties/0/languages/0 -> de\nbad-language "
            "law/eu/ai-act.json#/rules/1/duties/0/languages/1\n");
  EXPECT_EQ(reading_act(R"("channels": { "email")", R"("channels": { "e-mail")"),
            "unknown-value law/eu/ai-act.json#/rules/1/duties/0/channels/e-mail -> email\n");
}

TEST(Verbatim, HasAnIdAndALanguage) {
  EXPECT_EQ(
      reading_ccpa(R"("lang": "en", "text")", R"("lang": "EN", "txt")"),
      "missing-key law/us-ca/ccpa.json#/verbatim/0/text\nunknown-key law/us-ca/ccpa.json#/verbatim/0/txt -> text\n"
      "bad-language law/us-ca/ccpa.json#/verbatim/0/lang -> en\n");
  EXPECT_EQ(reading_ccpa(R"("verbatim": [ {)",
                         R"("verbatim": [ { "id": "ca-do-not-sell", "lang": "en", "text": "Twice" }, {)"),
            "duplicate-id law/us-ca/ccpa.json#/verbatim/1/id\n");
}

// --- house rules -----------------------------------------------------------------------------------------------------

const char* const house_rules =
    R"json({ "law": "Acme's own rules", "url": "/ai", "checked": "2026-11-20", "confidence": "high",
  "facts": [ { "name": "x-pet", "kind": "flag", "doc": "About a pet.", "presume": false } ],
  "rules": [ { "id": "house-pets", "title": "A person for pets", "in": [ { "place": "*", "from": "2026-01-01", "article": "1", "source": "acme/1" } ],
    "severity": "mandatory", "binds": "operator", "when": { "x-pet": true }, "duties": [ { "duty": "offer", "offer": "human-agent" } ] } ] })json";

TEST(HouseRules, JoinTheRulebook) {
  Rulebook rulebook = read();
  Issues issues;
  add_house_rules(rulebook, {{"house/acme.json", house_rules}}, issues);
  EXPECT_EQ(lines_of(issues), "");
  const Rule& pets = rule(rulebook, "house-pets");
  EXPECT_EQ(pets.layer, Layer::house);
  EXPECT_EQ(pets.when.test.fact, find_fact(rulebook, "x-pet"));
  EXPECT_EQ(rulebook.sources.at(static_cast<std::size_t>(pets.in[0].source)).id, "acme/1");
  // What was there before is still itself.
  EXPECT_EQ(rule(rulebook, "eu-ai-act-50-5").modifies, std::vector<int>{1});
  const Rule& ccpa = rule(rulebook, "us-ca-ccpa");
  EXPECT_EQ(rulebook.sources.at(static_cast<std::size_t>(ccpa.in[0].source)).id, "us-ca-ccpa/1798.120");
}

TEST(HouseRules, KeepToTheirNames) {
  const auto with = [](std::string_view from, std::string_view to) {
    return edit({{"house/acme.json", house_rules}}, "house/acme.json", from, to).at("house/acme.json");
  };
  EXPECT_EQ(house_report(with(R"("id": "house-pets")", R"("id": "pets")")),
            "bad-prefix house/acme.json#/rules/0/id -> house-pets\n");
  EXPECT_EQ(house_report(with(R"("severity")", R"("layer": "law", "severity")")),
            "unknown-value house/acme.json#/rules/0/layer\n");
  EXPECT_EQ(house_report(with(R"("severity")", R"("layer": "agreement", "severity")")), "");
  EXPECT_EQ(house_report("{"), "bad-json house/acme.json#\n");
}

TEST(HouseRules, OnlyHouseFilesDeclareFacts) {
  EXPECT_EQ(reading_jexi(R"("rules": [)", R"("facts": [], "rules": [)"), "unknown-key platform/jexi.json#/facts\n");
}

}  // namespace
}  // namespace candor::compiler

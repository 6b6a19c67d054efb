/// @file The commands, as people type them, over files in memory. What they carry with them is what ships.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/compiler/json.h"
#include "core/compiler/pack.h"
#include "core/tools/host.h"
#include "core/tools/law.h"
#include "core/tools/pack_text.h"
#include "core/tools/sha2.h"
#include "core/tools/site.h"

namespace candor::tools {
namespace {

class Memory : public Host {
 public:
  std::map<std::string, std::string, std::less<>> files;
  std::string day = "2026-11-20";

  std::optional<std::string> read(std::string_view path) override {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  }
  std::vector<std::string> list(std::string_view directory) override {
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : files)
      if (path.rfind(std::string(directory) + '/', 0) == 0) paths.push_back(path);
    return paths;
  }
  std::string today() override { return day; }
};

constexpr const char* minimal = R"({"operator": {"name": "Acme"}, "assistants": {"helper": {"name": "Ada"}},
  "channels": {"chat": {"type": "chat-widget", "assistant": "helper"}}, "places": ["DE"], "languages": ["de"]})";

class Commands : public testing::Test {
 protected:
  Commands() { host.files["candor.json"] = minimal; }

  Outcome candor(std::vector<std::string> arguments, std::string_view input = {}) {
    return run(arguments, input, host);
  }
  Outcome decide(const std::string& situation, std::vector<std::string> more = {}) {
    host.files["s.json"] = situation;
    std::vector<std::string> arguments = {"decide", "--deployment", "candor.json", "--situation", "s.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return candor(arguments);
  }

  Memory host;
};

compiler::Json json(std::string_view text) {
  compiler::Issues issues;
  auto value = compiler::read_json(text, {}, issues);
  EXPECT_TRUE(value) << text;
  return value.value_or(compiler::Json{});
}

const compiler::Json& at(const compiler::Json& value, std::vector<std::string> path) {
  static const compiler::Json nothing;
  const compiler::Json* here = &value;
  for (const std::string& step : path) {
    if (here->is(compiler::Json::Kind::array))
      here = std::stoul(step) < here->items.size() ? &here->items[std::stoul(step)] : nullptr;
    else here = here->find(step);
    if (!here) {
      ADD_FAILURE() << "there is no " << step << " in " << compiler::write_json(value, 0).substr(0, 400);
      return nothing;
    }
  }
  return *here;
}

bool has_notice(const Outcome& outcome, std::string_view topic) {
  const compiler::Json decision = json(outcome.out);
  for (const compiler::Json& notice : at(decision, {"value", "notices"}).items)
    if (at(notice, {"topic"}).string == topic) return true;
  return false;
}

std::string file_of(const Outcome& outcome, std::string_view path) {
  for (const auto& [name, bytes] : outcome.files)
    if (name == path) return bytes;
  ADD_FAILURE() << "no file " << path;
  return {};
}

TEST_F(Commands, DecideFollowsTheCalendar) {
  const Outcome before = decide(R"({"at": "2026-08-01", "jurisdictions": ["DE"], "channel": "chat"})");
  const Outcome after = decide(R"({"at": "2026-08-02", "jurisdictions": ["DE"], "channel": "chat"})");
  EXPECT_EQ(before.status, 0) << before.out;
  EXPECT_EQ(after.status, 0) << after.out;
  EXPECT_FALSE(has_notice(before, "ai-interaction"));
  EXPECT_TRUE(has_notice(after, "ai-interaction"));
  EXPECT_TRUE(after.err.empty());
  EXPECT_EQ(after.out.find('\n'), after.out.size() - 1);
}

TEST_F(Commands, DecideTakesTodayAndGivesWholeSources) {
  const compiler::Json decision = json(decide(R"({"jurisdictions": ["DE"], "channel": "chat"})").out);
  EXPECT_EQ(at(decision, {"value", "at"}).string, "2026-11-20");
  EXPECT_EQ(at(decision, {"value", "obligations", "0", "source", "url"}).string.rfind("https://", 0), 0u);
}

TEST_F(Commands, DecideExplainsAndTakesAPosture) {
  const Outcome explained = decide(R"({"jurisdictions": ["DE"], "channel": "chat"})", {"--explain"});
  EXPECT_TRUE(at(json(explained.out), {"value", "trace"}).is(compiler::Json::Kind::array));
  const Outcome strict = decide(R"({"channel": "chat", "posture": "exact"})", {"--posture", "strict"});
  EXPECT_EQ(strict.out, decide(R"({"channel": "chat", "posture": "strict"})").out);
  EXPECT_EQ(decide("{}", {"--posture", "lax"}).status, 2);
}

TEST_F(Commands, DecideReadsStandardInput) {
  const Outcome outcome = candor({"decide", "--deployment", "candor.json", "--situation", "-"},
                                 R"({"jurisdictions": ["DE"], "channel": "chat"})");
  EXPECT_EQ(outcome.out, decide(R"({"jurisdictions": ["DE"], "channel": "chat"})").out);
}

TEST_F(Commands, RefusalsSayWhereAndHow) {
  const Outcome outcome = decide(R"({"jurisdictions": ["UK"], "chanel": "chat"})");
  EXPECT_EQ(outcome.status, 2);
  const compiler::Json failure = json(outcome.out);
  EXPECT_EQ(at(failure, {"type"}).string, "failure");
  ASSERT_EQ(at(failure, {"errors"}).items.size(), 2u);
  EXPECT_EQ(at(failure, {"errors", "0", "code"}).string, "unknown-place");
  EXPECT_EQ(at(failure, {"errors", "0", "path"}).string, "/jurisdictions/0");
  EXPECT_EQ(at(failure, {"errors", "0", "file"}).string, "s.json");
  EXPECT_EQ(at(failure, {"errors", "0", "fix"}).string, "GB");
  EXPECT_EQ(outcome.err.rfind("candor: s.json#/jurisdictions/0: ", 0), 0u);
  EXPECT_NE(outcome.err.find(" (GB)\n"), std::string::npos);
  EXPECT_NE(outcome.err.find("candor: s.json#/chanel: "), std::string::npos);
}

TEST_F(Commands, RefusalsOfBothFilesComeAtOnce) {
  host.files["candor.json"] = R"({"operator": {}, "channels": {"chat": {"type": "chat-widget"}}})";
  const Outcome outcome = decide("{");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("candor: candor.json#/operator/name: "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("candor: s.json#: "), std::string::npos) << outcome.err;
}

TEST_F(Commands, TheCommandLineIsChecked) {
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{},
                                             {"decid"},
                                             {"decide"},
                                             {"decide", "--deployment"},
                                             {"build", "--deployment", "candor.json", "--ot", "x"},
                                             {"build", "--deployment", "nowhere.json", "--out", "x"},
                                             {"snippet", "--deployment", "candor.json", "--deployment", "candor.json"},
                                             {"snippet", "--deployment", "candor.json", "--lang", "!"},
                                             {"snippet", "--deployment", "candor.json", "extra"}}) {
    const Outcome outcome = candor(wrong);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_FALSE(outcome.err.empty());
    EXPECT_TRUE(outcome.files.empty());
  }
  EXPECT_NE(candor({"decid"}).err.find("(decide)"), std::string::npos);
  EXPECT_NE(candor({"build", "--deployment", "candor.json", "--ot", "x"}).err.find("(--out)"), std::string::npos);
  EXPECT_EQ(candor({"--help"}).status, 0);
}

TEST_F(Commands, BuildWritesWhatASiteServes) {
  const Outcome outcome = candor({"build", "--deployment", "candor.json", "--out", "dist/acme/"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const std::string bundle = file_of(outcome, "dist/acme/candor.bundle");
  EXPECT_EQ(bundle.rfind("CNDR", 0), 0u);
  EXPECT_EQ(file_of(outcome, "dist/acme/candor.bundle.js"), pack_module(bundle));
  EXPECT_EQ(file_of(outcome, "dist/acme/candor.wasm"), embedded("dist/candor.wasm"));
  EXPECT_EQ(file_of(outcome, "dist/acme/candor.nowasm.js"), embedded("dist/candor.nowasm.js"));
  EXPECT_NE(file_of(outcome, "dist/acme/candor.one.js").find(pack_literal(bundle)), std::string::npos);
  for (const char* script : {"candor.one.js", "candor.plan.js", "candor.js"})
    EXPECT_EQ(file_of(outcome, "dist/acme/" + std::string(script)).find("@candor-data@"), std::string::npos) << script;
  const compiler::Json hashes = json(file_of(outcome, "dist/acme/integrity.json"));
  EXPECT_EQ(file_of(outcome, "dist/acme/receipts.js"), embedded("dist/js/receipts.js"));
  EXPECT_EQ(file_of(outcome, "dist/acme/hosts/web-chat.js"), embedded("dist/js/hosts/web-chat.js"));
  for (const char* part : {"candor.hub.js", "candor.reminders.js", "candor.talk.js"})
    EXPECT_EQ(file_of(outcome, "dist/acme/" + std::string(part)), embedded("dist/" + std::string(part))) << part;
  EXPECT_EQ(hashes.members.size(), 21u);  // of them 10 adapters
  for (const auto& [name, hash] : hashes.members)
    EXPECT_EQ(hash.string, integrity(file_of(outcome, "dist/acme/" + name))) << name;
  EXPECT_EQ(candor({"build", "--deployment", "candor.json", "--out", "dist/acme"}).files, outcome.files);
}

TEST_F(Commands, ConsentComesOnlyWithPurposes) {
  const auto size = [&](std::string_view file) {
    return file_of(candor({"build", "--deployment", "candor.json", "--out", "x"}), "x/" + std::string(file)).size();
  };
  const std::size_t one = size("candor.one.js"), plan = size("candor.plan.js");
  host.files["candor.json"] = std::string(minimal).insert(1, R"("purposes": [{"id": "ads", "kind": "advertising"}], )");
  EXPECT_GT(size("candor.one.js"), one + 1000);
  EXPECT_GT(size("candor.plan.js"), plan + 1000);
}

TEST_F(Commands, PartsThatAPageLoadsWhenItNeedsThemComeOnlyWithPurposes) {
  const auto built = [&] { return candor({"build", "--deployment", "candor.json", "--out", "x"}); };
  const std::size_t files = built().files.size();
  host.files["candor.json"] = std::string(minimal).insert(
      1,
      R"("purposes": [{"id": "ads", "kind": "advertising", "services": [{"name": "Ads", "hosts": ["ads.example"]}]}], )");
  const Outcome outcome = built();
  EXPECT_EQ(outcome.files.size(), files + 8);
  for (const char* part : {"candor.chat.js", "candor.cmp.js", "candor.embeds.js", "candor.gpp.js", "candor.guard.js",
                           "candor.signals.js", "candor.tcf.js"})
    EXPECT_EQ(file_of(outcome, "x/" + std::string(part)), embedded("dist/" + std::string(part))) << part;
  const std::string head = file_of(outcome, "x/candor.head.js");
  EXPECT_NE(head.find("ads.example"), std::string::npos);
  EXPECT_EQ(head.find("@candor-data@"), std::string::npos);
  EXPECT_FALSE(json(file_of(outcome, "x/integrity.json")).find("candor.head.js")->string.empty());
}

TEST_F(Commands, PlanHoldsTheDecisionOfTheFirstPlaceChannelAndLanguage) {
  const Outcome outcome = candor({"plan", "--deployment", "candor.json", "--out", "plans"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const std::string plan = file_of(outcome, "plans/candor.plan.js");
  EXPECT_EQ(plan, file_of(candor({"build", "--deployment", "candor.json", "--out", "x"}), "x/candor.plan.js"));
  EXPECT_NE(plan.find(R"('{"type":"success",)"), std::string::npos);
}

TEST_F(Commands, TextOfADeploymentStaysInsideItsScript) {
  EXPECT_EQ(ascii_literal("O'Neil & \"S\u00f6hne\" \\"), R"('O\'Neil & "S\u00f6hne" \\')");
}

TEST_F(Commands, PlansAreNotMadeForDaysBeforeTheLawWasRead) {
  const std::string plan = file_of(candor({"plan", "--deployment", "candor.json", "--out", "p"}), "p/candor.plan.js");
  host.day = "1999-01-01";
  EXPECT_EQ(file_of(candor({"plan", "--deployment", "candor.json", "--out", "p"}), "p/candor.plan.js"), plan);
}

TEST_F(Commands, SnippetStandsWithoutAScript) {
  const Outcome german = candor({"snippet", "--deployment", "candor.json"});
  ASSERT_EQ(german.status, 0) << german.err;
  EXPECT_EQ(german.out.rfind("<div data-candor-static=\"chat\">\n  <p lang=\"de\" dir=\"ltr\"><strong>", 0), 0u)
      << german.out;
  const compiler::Json decision =
      json(decide(R"({"jurisdictions": ["DE"], "channel": "chat", "languages": ["de"]})").out);
  EXPECT_NE(german.out.find(at(decision, {"value", "notices", "0", "text", "title"}).string), std::string::npos);
  EXPECT_NE(german.out.find("<script src=\"candor.one.js\" data-channel=\"chat\" integrity=\"sha384-"),
            std::string::npos);
  EXPECT_EQ(german.out, file_of(candor({"build", "--deployment", "candor.json", "--out", "x"}), "x/snippet.html"));
}

TEST_F(Commands, SnippetEscapesEverything) {
  host.files["candor.json"] =
      R"({"operator": {"name": "<script>alert('\"&')</script>"}, "channels": {"chat": {"type": "chat-widget", "assistant": "a"}},
    "assistants": {"a": {"name": "<b>"}}, "places": ["DE"], "languages": ["en"], "overrides": {"en": {"ai-interaction.title": "{operator}", "ai-interaction.body": "{assistant} <i>"}}})";
  const Outcome outcome = candor({"snippet", "--deployment", "candor.json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;"), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("&lt;b&gt; &lt;i&gt;"), std::string::npos);
  EXPECT_EQ(outcome.out.find("alert('"), std::string::npos);
}

TEST_F(Commands, SnippetTakesALanguageOfTheDeployment) {
  host.files["candor.json"] = R"({"operator": {"name": "Acme"}, "assistants": {"a": {"name": "Ada"}},
    "channels": {"chat": {"type": "chat-widget", "assistant": "a"}}, "places": ["DE"]})";
  EXPECT_NE(candor({"snippet", "--deployment", "candor.json", "--lang", "ar"}).out.find("<p lang=\"ar\" dir=\"rtl\">"),
            std::string::npos);
  EXPECT_NE(candor({"snippet", "--deployment", "candor.json"}).out.find("<p lang=\"en\" dir=\"ltr\">"),
            std::string::npos);
}

constexpr const char* house_rule =
    R"({"law": "House rules of Acme", "url": "https://acme.example/rules", "checked": "2026-11-20", "confidence": "high",
  "facts": [{"name": "x-vip", "group": "House", "kind": "flag", "doc": "a valued customer", "presume": false}],
  "rules": [{"id": "house-vip-report", "title": "Offer a report", "in": [{"place": "*", "from": "2026-01-01", "article": "1", "source": "house/1"}],
    "layer": "house", "severity": "mandatory", "binds": "operator", "when": {"x-vip": true}, "duties": [{"duty": "offer", "offer": "report"}]}]})";

TEST_F(Commands, MatrixAnswersForEveryPlaceAndChannel) {
  const compiler::Json value =
      *json(candor({"matrix", "--deployment", "candor.json", "--at", "2026-11-20"}).out).find("value");
  const std::vector<compiler::Json>& cells = compiler::items_at(value, "cells");
  const auto cell = [&](const std::string& place) -> const compiler::Json& {
    return *std::find_if(cells.begin(), cells.end(),
                         [&](const compiler::Json& each) { return compiler::text_at(each, "place") == place; });
  };
  const auto rules = [&](const std::string& place) {
    std::set<std::string> found;
    for (const compiler::Json& each : compiler::items_at(cell(place), "obligations"))
      found.insert(compiler::text_at(each, "rule"));
    return found;
  };
  EXPECT_GT(cells.size(), 300u);
  EXPECT_TRUE(rules("DE").contains("eu-ai-act-50-1"));
  EXPECT_EQ(rules("RE"), rules("FR"));
  EXPECT_TRUE(rules("*").contains("candor-ai-interaction"));
  EXPECT_EQ(compiler::text_at(cell("DE"), "reason"), "");
  EXPECT_EQ(compiler::text_at(cell("AQ"), "reason"), "This rulebook has no rule for Antarctica on 2026-11-20.");
  EXPECT_EQ(compiler::text_at(compiler::items_at(cell("DE"), "obligations")[0], "article"), "50(1)");
}

TEST_F(Commands, MatrixWritesATableToPrintAndOneToCalculate) {
  host.files["candor.json"].replace(host.files["candor.json"].find("Acme"), 4, "<b>=1+1");
  const Outcome outcome = candor(
      {"matrix", "--deployment", "candor.json", "--at", "2026-11-20", "--html", "report.html", "--csv", "report.csv"});
  const std::map<std::string, std::string> files(outcome.files.begin(), outcome.files.end());
  const std::string &html = files.at("report.html"), &csv = files.at("report.csv");
  EXPECT_NE(html.find("What &lt;b&gt;=1+1 must show, 2026-11-20"), html.npos);
  EXPECT_EQ(html.find("<script"), html.npos);
  EXPECT_EQ(html.find("src="), html.npos);
  // Places with the same duties share a row, the islands too.
  const std::size_t row = html.find("<li>Guadeloupe (GP)</li>");
  ASSERT_NE(row, html.npos);
  EXPECT_LT(html.rfind("<tr>", row), html.find("<li>Réunion (RE)</li>"));
  EXPECT_LT(html.find("<li>Réunion (RE)</li>"), html.find("</tr>", row));
  EXPECT_EQ(csv.find("place,name,channel,rule,duty,topic,severity,certainty,status,law,article,url,reason\r\n"), 0u);
  EXPECT_NE(csv.find("\r\nAQ,Antarctica,chat,,,,,,,,,,This rulebook has no rule for Antarctica on 2026-11-20.\r\n"),
            csv.npos);
}

TEST_F(Commands, DiffSaysWhatChangesWhenAndWhere) {
  const compiler::Json value =
      *json(candor({"diff", "--deployment", "candor.json", "--from", "2026-07-01", "--to", "2026-08-02"}).out)
           .find("value");
  bool found = false;
  for (const compiler::Json& change : compiler::items_at(value, "changes")) {
    const std::vector<compiler::Json>& begins = compiler::items_at(change, "begins");
    if (begins.empty() || compiler::text_at(begins[0], "rule") != "eu-ai-act-50-1") continue;
    found = true;
    EXPECT_EQ(compiler::text_at(change, "on"), "2026-08-02");
    EXPECT_EQ(compiler::text_at(begins[0], "article"), "50(1)");
    EXPECT_GE(compiler::items_at(change, "places").size(), 27u);
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(compiler::items_at(
                *json(candor({"diff", "--deployment", "candor.json", "--from", "2026-08-01", "--to", "2026-08-01"}).out)
                     .find("value"),
                "changes")
                .size(),
            0u);
}

TEST_F(Commands, DiffComparesTwoReleasesOfTheRules) {
  compiler::Issues issues;
  const auto law = embedded_law(issues);
  ASSERT_TRUE(law);
  compiler::Rulebook older = law->rulebook;
  std::erase_if(older.rules, [](const compiler::Rule& rule) { return rule.id == "eu-ai-act-50-1"; });
  for (compiler::Rule& rule : older.rules) rule.modifies.clear();
  // An earlier release may know fewer words.
  older.vocabulary.blocks.pop_back();
  for (compiler::Rule& rule : older.rules)
    std::erase_if(rule.duties, [](const compiler::Duty& duty) { return duty.kind == compiler::DutyKind::block; });
  host.files["old.pack"] = compiler::pack_rules(older);
  host.files["new.pack"] = compiler::pack_rules(law->rulebook);
  const compiler::Json value =
      *json(candor({"diff", "--deployment", "candor.json", "--rules", "old.pack", "new.pack"}).out).find("value");
  const std::vector<compiler::Json>& changes = compiler::items_at(value, "changes");
  const auto begins = [](const compiler::Json& change) {
    const std::vector<compiler::Json>& rules = compiler::items_at(change, "begins");
    return std::any_of(rules.begin(), rules.end(),
                       [](const compiler::Json& each) { return compiler::text_at(each, "rule") == "eu-ai-act-50-1"; });
  };
  EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), begins));
  EXPECT_EQ(candor({"diff", "--deployment", "candor.json", "--rules", "new.pack", "new.pack"}).status, 0);
  EXPECT_EQ(candor({"diff", "--deployment", "candor.json", "--rules", "candor.json", "new.pack"}).status, 2);
  EXPECT_EQ(candor({"diff", "--deployment", "candor.json", "--rules", "new.pack"}).status, 2);
  EXPECT_EQ(candor({"diff", "--deployment", "candor.json", "--from", "2026-08-01"}).status, 2);
}

TEST_F(Commands, HouseRulesAreReadFromTheFolderOfTheDeployment) {
  host.files["acme/house/vip.json"] = house_rule;
  host.files["acme/candor.json"] =
      R"({"operator": {"name": "Acme", "facts": {"x-vip": true}}, "channels": {"chat": {"type": "chat-widget"}}, "rules": ["house/*.json"], "places": ["GB"]})";
  host.files["s.json"] = R"({"jurisdictions": ["GB"], "channel": "chat"})";
  const Outcome outcome = candor({"decide", "--deployment", "acme/candor.json", "--situation", "s.json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("house-vip-report"), std::string::npos);
  host.files["acme/candor.json"] =
      R"({"operator": {"name": "Acme"}, "channels": {"chat": {"type": "chat-widget"}}, "rules": ["hous/*.json"]})";
  const Outcome missing = candor({"decide", "--deployment", "acme/candor.json", "--situation", "s.json"});
  EXPECT_EQ(missing.status, 2);
  EXPECT_EQ(missing.err.rfind("candor: acme/candor.json#/rules/0: ", 0), 0u) << missing.err;
}

}  // namespace
}  // namespace candor::tools

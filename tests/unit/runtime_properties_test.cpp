/// @file What holds of every decision, whatever the law says: proved over all questions of the corpus.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>

#include "core/compiler/pack.h"
#include "core/compiler/reader.h"
#include "tests/corpus/corpus.h"
#include "tests/unit/same_text.h"

namespace candor::corpus {
namespace {

using compiler::Case;
using compiler::Json;

/// `lines` without those of `key`.
std::string without(std::string_view lines, std::string_view key) {
  std::string kept;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n') + 1);
    lines.remove_prefix(line.size());
    if (line.substr(0, line.find('=')) != key) kept += line;
  }
  return kept;
}

/// A case that is answered, with an engine that holds everything and its deployment.
struct Question {
  const Case& of;
  Engine& engine;  ///< shared by all of one deployment
  std::string lines;

  std::string decide(const std::string& more = {}) { return engine.call("op=decide\n" + lines + more); }
  /// The same with other values of `key`.
  std::string decide_instead(std::string_view key, const std::string& instead) {
    return engine.call("op=decide\n" + without(lines, key) + instead);
  }
};

std::vector<Question>& questions() {
  static std::map<std::vector<std::string>, Engine> engines;
  static std::vector<Question> all = [] {
    std::vector<Question> questions;
    for (const Case& one : cases()) {
      if (one.expect.find("error")) continue;
      Way way = ways(one).front();
      if (!engines.contains(way.packs)) engines.emplace(way.packs, loaded(way.packs));
      questions.push_back({one, engines.at(way.packs), std::move(way.lines)});
    }
    return questions;
  }();
  return all;
}

std::vector<std::string> values_of(std::string_view lines, std::string_view key) {
  std::vector<std::string> values;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    if (line.substr(0, line.find('=')) == key) values.emplace_back(line.substr(key.size() + 1));
  }
  return values;
}

Json read(std::string_view envelope) {
  compiler::Issues issues;
  auto json = compiler::read_json(envelope, {}, issues);
  EXPECT_TRUE(json) << envelope.substr(0, 400);
  return json.value_or(Json());
}

/// What stands under `path`; a failure where nothing does.
const Json& at(const Json& value, std::initializer_list<std::string_view> path) {
  static const Json nothing;
  const Json* here = &value;
  for (std::string_view key : path) {
    here = here->find(key);
    if (!here) {
      ADD_FAILURE() << "there is no " << key;
      return nothing;
    }
  }
  return *here;
}

std::string text_at(const Json& value, std::initializer_list<std::string_view> path) { return at(value, path).string; }

std::string write(const Json& value) { return compiler::write_json(value, 0); }

TEST(Decision, IsTheSameForTheSameQuestion) {
  ASSERT_GT(questions().size(), 200u);
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    const std::string first = question.decide();
    question.engine.call(
        "op=explain\nat=2031-01-01\nplace=US-CA\nplace=DE\nlanguage=ja\nfact.gpc=true\nposture=exact\n");
    question.engine.call("nonsense");
    EXPECT_TRUE(same_text(first, question.decide()));
    EXPECT_TRUE(same_text(first, loaded(ways(question.of).front().packs).call("op=decide\n" + question.lines)));
  }
}

TEST(Decision, IsTheExplanationWithoutItsTrace) {
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    const std::string explained = question.engine.call("op=explain\n" + question.lines);
    const std::size_t trace = explained.find(R"(,"trace":[)");
    ASSERT_NE(trace, std::string::npos);
    EXPECT_TRUE(same_text(question.decide(), explained.substr(0, trace) + "}}"));
    const Json envelope = read(explained);
    for (const Json& obligation : at(envelope, {"value", "obligations"}).items) {
      const std::vector<Json>& rows = at(envelope, {"value", "trace"}).items;
      EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Json& row) {
        const std::string outcome = text_at(row, {"outcome"});
        return text_at(row, {"rule"}) == text_at(obligation, {"rule"}) &&
               (outcome == "applied" || outcome == "assumed" || outcome == "unverified" || outcome == "out-of-force");
      })) << write(obligation);
    }
  }
}

// --- time ------------------------------------------------------------------------------------------------------------

/// A decision, and the day up to which it holds.
struct Dated {
  std::string lasting;  ///< without `at` and `validUntil`
  std::string until;    ///< empty: for ever
};

Dated decide_on(Question& question, std::int32_t day) {
  const std::string date = compiler::format_date(day);
  std::string answer = question.decide_instead("at", "at=" + date + '\n');
  EXPECT_TRUE(answer.starts_with(R"({"type":"success")")) << answer;
  const std::string stamp = R"("at":")" + date + '"';
  const std::size_t at = answer.find(stamp);
  EXPECT_NE(at, std::string::npos);
  answer.erase(at, stamp.size());
  const std::size_t key = answer.find(R"("validUntil":)");
  const std::size_t value = key + std::string_view(R"("validUntil":)").size();
  Dated dated;
  if (answer.compare(value, 4, "null") != 0) dated.until = answer.substr(value + 1, 10);
  answer.erase(key, value - key + (dated.until.empty() ? 4 : 12));
  dated.lasting = std::move(answer);
  return dated;
}

TEST(ValidUntil, IsTheNextDayOnWhichTheAnswerDiffers) {
  constexpr std::int32_t far = 1500;  ///< days to look ahead of an answer that holds for ever
  std::mt19937 random(20261120);
  std::size_t ending = 0;
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    std::int32_t day = *question.of.at;
    Dated now = decide_on(question, day);
    ending += !now.until.empty();
    // From each boundary to the next one, until nothing changes any more.
    for (int steps = 0;; ++steps) {
      ASSERT_LT(steps, 40) << "the boundaries never end";
      const std::int32_t until = now.until.empty() ? day + far : compiler::parse_date(now.until).value_or(day);
      ASSERT_GT(until, day) << now.until;
      std::vector<std::int32_t> inside = {day + 1, until - 1};
      for (int i = 0; i < 6; ++i)
        inside.push_back(day + static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(until - day)));
      for (std::int32_t between : inside) {
        if (between == until) continue;
        const Dated then = decide_on(question, between);
        EXPECT_TRUE(same_text(now.lasting, then.lasting))
            << compiler::format_date(day) << " and " << compiler::format_date(between);
        EXPECT_EQ(now.until, then.until) << compiler::format_date(day) << " and " << compiler::format_date(between);
      }
      if (now.until.empty()) break;
      Dated next = decide_on(question, until);
      EXPECT_NE(now.lasting, next.lasting) << "nothing changes on " << now.until;
      now = std::move(next);
      day = until;
    }
  }
  EXPECT_GE(ending, 200u) << "of the corpus that hold until a day";
}

// --- posture ---------------------------------------------------------------------------------------------------------

TEST(Exact, IsASubsetOfStrictAndSure) {
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    const Json strict = read(question.decide_instead("posture", "posture=strict\n"));
    const Json exact = read(question.decide_instead("posture", "posture=exact\n"));
    std::map<std::string, int> all;
    for (const Json& obligation : at(strict, {"value", "obligations"}).items) ++all[write(obligation)];
    for (const Json& obligation : at(exact, {"value", "obligations"}).items) {
      EXPECT_GT(all[write(obligation)]--, 0) << write(obligation);
      const bool sure = text_at(obligation, {"certainty"}) == "established" || text_at(obligation, {"place"}) == "*";
      EXPECT_TRUE(sure || write(at(exact, {"warnings"})).find("channel-ambiguous") != std::string::npos)
          << write(obligation);
    }
    EXPECT_EQ(write(at(strict, {"value", "undetermined"})), write(at(exact, {"value", "undetermined"})));
  }
}

TEST(Strict, AssumesOnlyWhatIsUndeterminedAndNeverBlocksOnIt) {
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    const Json envelope = read(question.decide());
    for (const Json& obligation : at(envelope, {"value", "obligations"}).items) {
      const bool unsure = !at(obligation, {"needs"}).items.empty();
      if (!unsure) continue;
      EXPECT_NE(text_at(obligation, {"duty"}), "block") << write(obligation);
      EXPECT_NE(text_at(obligation, {"duty"}), "record") << write(obligation);
    }
  }
}

// --- places ----------------------------------------------------------------------------------------------------------

int rank(const std::vector<std::string>& names, const std::string& name) {
  const int found = compiler::index_of(names, name);
  EXPECT_GE(found, 0) << name;
  return found;
}

const std::vector<std::string> models = {"none", "notice", "opt-out", "opt-in", "prohibited"};

bool holds_all(const Json& more, const Json& less) {
  return std::all_of(less.items.begin(), less.items.end(), [&](const Json& item) {
    return std::any_of(more.items.begin(), more.items.end(),
                       [&](const Json& other) { return write(other) == write(item); });
  });
}

/// One notice at least as strict as another of the same id.
void expect_as_strict(const Json& more, const Json& less) {
  const std::vector<std::string>& timings = law().rulebook.vocabulary.timings;
  EXPECT_GE(rank(timings, text_at(more, {"timing"})), rank(timings, text_at(less, {"timing"})));
  for (std::string_view key : {"slots", "says", "satisfies"})
    EXPECT_TRUE(holds_all(at(more, {key}), at(less, {key}))) << key;
  EXPECT_TRUE(text_at(more, {"prominence"}) == "prominent" || text_at(less, {"prominence"}) == "plain");
  EXPECT_TRUE(!at(more, {"dismissible"}).boolean || at(less, {"dismissible"}).boolean);
}

void expect_as_strict_decision(const Json& more, const Json& less) {
  std::map<std::string, int> all;
  for (const Json& obligation : at(more, {"value", "obligations"}).items) ++all[write(obligation)];
  for (const Json& obligation : at(less, {"value", "obligations"}).items)
    EXPECT_GT(all[write(obligation)]--, 0) << write(obligation);
  for (const Json& notice : at(less, {"value", "notices"}).items) {
    SCOPED_TRACE(text_at(notice, {"id"}));
    const std::vector<Json>& notices = at(more, {"value", "notices"}).items;
    const auto same = std::find_if(notices.begin(), notices.end(),
                                   [&](const Json& one) { return text_at(one, {"id"}) == text_at(notice, {"id"}); });
    if (same != notices.end()) {
      expect_as_strict(*same, notice);
    } else {
      // What is prohibited cannot be asked for.
      EXPECT_EQ(text_at(notice, {"topic"}), "consent-prompt") << "the notice is gone";
      EXPECT_EQ(text_at(more, {"value", "consent", "model"}), "prohibited");
    }
  }
  const Json &stricter = at(more, {"value", "consent"}), &looser = at(less, {"value", "consent"});
  EXPECT_GE(rank(models, text_at(stricter, {"model"})), rank(models, text_at(looser, {"model"})));
  for (const auto& [id, purpose] : at(looser, {"purposes"}).members)
    EXPECT_GE(rank(models, text_at(stricter, {"purposes", id, "model"})), rank(models, text_at(purpose, {"model"})))
        << id;
  for (std::string_view list : {"marks", "offers", "blocks", "records", "links"})
    for (const Json& item : at(less, {"value", list}).items) {
      const std::vector<Json>& items = at(more, {"value", list}).items;
      EXPECT_TRUE(std::any_of(items.begin(), items.end(),
                              [&](const Json& one) { return text_at(one, {"id"}) == text_at(item, {"id"}); }))
          << list << ' ' << text_at(item, {"id"});
    }
}

/// Places in which some rule holds, and one in which none does.
std::vector<std::string> places_with_law() {
  std::vector<std::string> codes = {"JP"};
  for (const compiler::Rule& rule : law().rulebook.rules)
    for (const compiler::PlaceEntry& entry : rule.in) {
      const std::string& code = law().rulebook.places[static_cast<std::size_t>(entry.place)].code;
      if (code != "*" && std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
  return codes;
}

TEST(Places, OneMoreNeverRemovesOrLoosens) {
  const std::vector<std::string> all = places_with_law();
  ASSERT_GT(all.size(), 8u);
  std::mt19937 random(7);
  for (Question& question : questions()) {
    // A few for each question: over the corpus, every place comes up again and again.
    std::vector<std::string> more;
    std::sample(all.begin(), all.end(), std::back_inserter(more), 6, random);
    SCOPED_TRACE(question.of.path);
    // The unknown place is replaced by a known one, not added to.
    if (values_of(question.lines, "place").empty()) continue;
    const Json before = read(question.decide());
    for (const std::string& place : more) {
      SCOPED_TRACE("and " + place);
      expect_as_strict_decision(read(question.decide("place=" + place + '\n')), before);
    }
  }
}

TEST(Places, CountOnceAndInAnyOrder) {
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    std::vector<std::string> places = values_of(question.lines, "place");
    if (places.empty()) continue;
    for (const char* other : {"US-CA", "DE", "KR"}) places.push_back(other);
    std::string forwards, backwards;
    for (const std::string& place : places) {
      forwards += "place=" + place + '\n';
      backwards = "place=" + place + '\n' + backwards;
    }
    const std::string one_way = question.decide_instead("place", forwards);
    EXPECT_TRUE(same_text(one_way, question.decide_instead("place", backwards)));
    EXPECT_TRUE(same_text(one_way, question.decide_instead("place", forwards + backwards)));
  }
}

// --- who it is
// ----------------------------------------------------------------------------------------------------------

/// What an obligation is, whatever it is because of.
std::vector<std::string> duties(const Json& envelope) {
  std::vector<std::string> found;
  for (const Json& obligation : at(envelope, {"value", "obligations"}).items) {
    // Its block waits for the age, so that it ends where the age is known, a minor's or not.
    if (text_at(obligation, {"rule"}) == "us-ca-sb1119-21811") continue;
    const Json* topic = obligation.find("topic");
    found.push_back(text_at(obligation, {"rule"}) + ' ' + text_at(obligation, {"place"}) + ' ' +
                    text_at(obligation, {"duty"}) + (topic ? ' ' + topic->string : std::string()));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// A fact that must never take anything away: `more` is the question with it.
void expect_nothing_lost(const Json& more, const Json& less) {
  const std::vector<std::string> now = duties(more), before = duties(less);
  EXPECT_TRUE(std::includes(now.begin(), now.end(), before.begin(), before.end()))
      << testing::PrintToString(now) << "\n"
      << testing::PrintToString(before);
  const Json &stricter = at(more, {"value", "consent"}), &looser = at(less, {"value", "consent"});
  for (const auto& [id, purpose] : at(looser, {"purposes"}).members) {
    const std::string model = text_at(stricter, {"purposes", id, "model"});
    EXPECT_GE(rank(models, model), rank(models, text_at(purpose, {"model"}))) << id;
    EXPECT_TRUE(text_at(stricter, {"purposes", id, "state"}) == "denied" || text_at(purpose, {"state"}) == "granted")
        << id << " is granted";
  }
  if (at(looser, {"prompt"}).boolean && !at(stricter, {"prompt"}).boolean) {
    EXPECT_EQ(text_at(stricter, {"model"}), "prohibited");
  }
}

TEST(Minors, OweNothingLess) {
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    if (question.lines.find("fact.age=") != std::string::npos) continue;
    const Json adult = read(question.decide());
    for (const char* minor : {"fact.age=16\n", "fact.age=12\n"}) {
      SCOPED_TRACE(minor);
      std::string lines = question.lines;
      for (const char* derived : {"fact.knownMinor", "fact.under13"}) lines = without(lines, derived);
      if (lines != question.lines) continue;
      expect_nothing_lost(read(question.decide(minor)), adult);
    }
  }
}

TEST(GlobalPrivacyControl, TakesNothingAwayAndNeverConsents) {
  for (Question& question : questions()) {
    SCOPED_TRACE(question.of.path);
    expect_nothing_lost(read(question.decide_instead("fact.gpc", "fact.gpc=true\n")),
                        read(question.decide_instead("fact.gpc", "fact.gpc=false\n")));
  }
}

// --- the order of the rules ------------------------------------------------------------------------------------------

/// The items of every list in an order of their own.
void sort_lists(Json& value) {
  for (Json::Member& member : value.members) sort_lists(member.value);
  for (Json& item : value.items) sort_lists(item);
  std::sort(value.items.begin(), value.items.end(), [](const Json& a, const Json& b) { return write(a) < write(b); });
}

TEST(Rules, DecideAlikeInAnyOrder) {
  compiler::Rulebook backwards = law().rulebook;
  std::reverse(backwards.rules.begin(), backwards.rules.end());
  const auto last = static_cast<int>(backwards.rules.size()) - 1;
  for (compiler::Rule& rule : backwards.rules)
    for (int& modified : rule.modifies) modified = last - modified;
  std::vector<std::string> packs = shipped_packs();
  Engine forwards_engine = loaded(packs);
  packs.front() = compiler::pack_rules(backwards);
  Engine backwards_engine = loaded(packs);
  std::size_t compared = 0;
  for (const Case& one : cases()) {
    if (one.expect.find("error")) continue;
    SCOPED_TRACE(one.path);
    for (const Way& way : ways(one)) {
      if (way.name != "handed-over") continue;
      Json forwards = read(forwards_engine.call("op=decide\n" + way.lines));
      Json back = read(backwards_engine.call("op=decide\n" + way.lines));
      for (Json* envelope : {&forwards, &back}) {
        sort_lists(*envelope);
        // The fingerprint is that of the bytes of a rulebook.
        for (Json::Member& member : envelope->members)
          if (member.key == "value")
            std::erase_if(member.value.members, [](const auto& each) { return each.key == "rules"; });
      }
      EXPECT_TRUE(same_text(write(forwards), write(back)));
      ++compared;
    }
  }
  EXPECT_GT(compared, 200u);
}

/// The least of several medians of both, taken in turns, so that both meet the same machine.
TEST(Places, ThatNobodyAsksAboutCostNothing) {
  compiler::Issues issues;
  const Json document = read(
      R"({"operator": {"name": "Acme"}, "assistants": {"helper": {"name": "Ada"}}, "channels": {"chat": {"type": "chat-widget", "assistant": "helper"}}})");
  const auto deployment = deployment_of(document, issues);
  ASSERT_TRUE(deployment);
  Engine engines[] = {loaded({whole_bundle(*deployment)}), loaded({crowded_bundle(*deployment)})};
  const std::string lines = "op=decide\nat=2026-11-20\nplace=DE\nchannel=chat\nlanguage=de\n";
  EXPECT_TRUE(same_text(engines[0].call(lines), engines[1].call(lines)));
  double best[] = {1e9, 1e9};
  for (int round = 0; round < 7; ++round)
    for (int i = 0; i < 2; ++i) {
      std::vector<double> times;
      for (int call = 0; call < 500; ++call) {
        const auto start = std::chrono::steady_clock::now();
        engines[i].call(lines);
        times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      }
      std::nth_element(times.begin(), times.begin() + 250, times.end());
      best[i] = std::min(best[i], times[250]);
    }
  EXPECT_LE(best[1], 1.15 * best[0]) << "1,024 rules of another place";
}

// --- the unknown place -----------------------------------------------------------------------------------------------

TEST(UnknownPlace, IsAsStrictAsAnyPlaceForADeploymentThatStatesNothing) {
  const auto& types = law().rulebook.vocabulary.channel_types;
  const std::vector<std::string>& timings = law().rulebook.vocabulary.timings;
  const auto notice_of = [](const Json& envelope) -> const Json* {
    for (const Json& notice : at(envelope, {"value", "notices"}).items)
      if (text_at(notice, {"id"}) == "ai-interaction") return &notice;
    return nullptr;
  };
  Engine engine = loaded(shipped_packs());
  const std::string deployment =
      "deployment.operator.name=Acme\ndeployment.assistants.helper.name=Ada\n"
      "deployment.purposes.0.id=ads\ndeployment.purposes.0.kind=advertising\n";
  for (const char* day : {"2026-08-02", "2026-11-20", "2026-12-02", "2027-04-01"})
    for (const std::string& type : types) {
      const std::string lines = "op=decide\nat=" + std::string(day) + '\n' + deployment +
                                "deployment.channels.it.type=" + type +
                                "\ndeployment.channels.it.assistant=helper\nchannel=it\n";
      const Json unknown = read(engine.call(lines));
      const Json* baseline = notice_of(unknown);
      for (const compiler::Place& place : law().rulebook.places) {
        if (place.code == "*") continue;
        SCOPED_TRACE(type + " in " + place.code + " on " + day);
        const Json known = read(engine.call(lines + "place=" + place.code + '\n'));
        const std::string model = text_at(known, {"value", "consent", "model"});
        if (model != "prohibited") {
          EXPECT_GE(rank(models, text_at(unknown, {"value", "consent", "model"})), rank(models, model));
        }
        const Json* notice = notice_of(known);
        if (!notice) continue;
        ASSERT_TRUE(baseline);
        EXPECT_GE(rank(timings, text_at(*baseline, {"timing"})), rank(timings, text_at(*notice, {"timing"})));
        EXPECT_TRUE(holds_all(at(*baseline, {"slots"}), at(*notice, {"slots"}))) << write(at(*notice, {"slots"}));
      }
    }
}

// --- the operator's own words ----------------------------------------------------------------------------------------

/// The deployment of a case with plain words of its own for some messages in every language.
Json with_overrides(const Case& one, const std::vector<std::string>& keys, std::size_t from, std::size_t count) {
  const auto object = [] {
    Json json;
    json.kind = Json::Kind::object;
    return json;
  };
  Json overrides = object();
  for (const compiler::Locale& locale : law().locales) {
    Json words = object();
    for (std::size_t i = from; i < std::min(from + count, keys.size()); ++i) {
      Json text;
      text.kind = Json::Kind::string;
      text.string = "own " + locale.tag + ' ' + std::to_string(i);
      words.members.push_back({keys[i], text});
    }
    overrides.members.push_back({locale.tag, words});
  }
  Json document = one.deployment;
  std::erase_if(document.members,
                [](const Json::Member& member) { return member.key == "places" || member.key == "languages"; });
  document.members.push_back({"overrides", overrides});
  return document;
}

std::pair<std::string, std::string> compiled_and_handed_over(const Case& one, const Json& document) {
  compiler::Issues issues;
  const auto deployment = deployment_of(document, issues);
  EXPECT_TRUE(deployment) << (issues.empty() ? "" : issues[0].message);
  const std::string lines = "op=decide\n" + raw_situation_lines(one.situation);
  return {loaded({sliced_bundle(*deployment)}).call(lines),
          loaded(shipped_packs()).call(lines + deployment_lines(document))};
}

TEST(Overrides, OfPlainTextSayTheSameCompiledInAndHandedOver) {
  const std::vector<std::string> keys = compiler::message_keys(law().rulebook);
  constexpr std::size_t at_a_time = 8;
  std::size_t from = 0, own = 0;
  for (std::size_t i = 0; i < questions().size(); i += 5) {
    const Case& one = questions()[i].of;
    SCOPED_TRACE(one.path);
    const auto [compiled, handed_over] = compiled_and_handed_over(one, with_overrides(one, keys, from, at_a_time));
    EXPECT_TRUE(same_text(compiled, handed_over)) << keys[from];
    own += compiled.find("\"own ") != std::string::npos;
    from = (from + at_a_time) % keys.size();
  }
  EXPECT_GT(own, 20u) << "no answer used the words";
}

TEST(Overrides, OfEveryMessageAreTakenOrRefusedAndNeverDropped) {
  const std::vector<std::string> keys = compiler::message_keys(law().rulebook);
  for (std::size_t i = 0; i < questions().size(); i += 20) {
    const Case& one = questions()[i].of;
    SCOPED_TRACE(one.path);
    const auto [compiled, handed_over] = compiled_and_handed_over(one, with_overrides(one, keys, 0, keys.size()));
    if (handed_over.find("too-large") == std::string::npos) {
      EXPECT_TRUE(same_text(compiled, handed_over));
    }
  }
}

}  // namespace
}  // namespace candor::corpus

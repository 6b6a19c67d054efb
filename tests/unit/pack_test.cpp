/// @file The packs that ship, and what the engine takes and refuses: whole files, in an order that makes sense.
#include "core/compiler/pack.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/corpus/corpus.h"
#include "tests/corpus/pack_bytes.h"
#include "tests/unit/same_text.h"

namespace candor::corpus {
namespace {

std::string shipped(const std::string& name) { return std::string(tools::embedded("dist/" + name)); }

constexpr std::string_view taken = R"({"type":"success")", refused = R"({"type":"failure","errors":[{"code":")";

/// `success`, or the code of the first error.
std::string outcome(std::string_view envelope) {
  if (envelope.starts_with(taken)) return "success";
  if (!envelope.starts_with(refused)) return std::string(envelope);
  envelope.remove_prefix(refused.size());
  return std::string(envelope.substr(0, envelope.find('"')));
}

constexpr const char* document = R"({"operator": {"name": "Acme"}, "assistants": {"helper": {"name": "Ada"}},
  "channels": {"chat": {"type": "chat-widget", "assistant": "helper"}}})";
constexpr const char* question = "op=decide\nat=2026-11-20\nplace=DE\nchannel=chat\n";

std::string bundle() {
  compiler::Issues issues;
  const auto json = compiler::read_json(document, {}, issues);
  return sliced_bundle(*deployment_of(*json, issues));
}

// --- what ships ------------------------------------------------------------------------------------------------------

TEST(ShippedPacks, AreWhatTheSourcesSay) {
  EXPECT_TRUE(shipped("rules.pack") == compiler::pack_rules(law().rulebook));
  EXPECT_TRUE(shipped("sources.pack") == compiler::pack_sources(law().rulebook));
  EXPECT_GE(law().locales.size(), 6u);
  for (const compiler::Locale& locale : law().locales) {
    const std::string pack = shipped("locales/" + locale.tag + ".pack");
    EXPECT_TRUE(pack == compiler::pack_locale(locale, law().rulebook)) << locale.tag;
    const auto again = compiler::unpack_locale(pack);
    ASSERT_TRUE(again) << locale.tag;
    EXPECT_EQ(again->messages, locale.messages);
  }
}

TEST(ShippedPacks, SayWhatTheyAre) {
  Engine engine;
  const std::string rules = engine.load(shipped("rules.pack"));
  EXPECT_TRUE(rules.starts_with(R"({"type":"success","warnings":[],"value":{"kind":"rules","format":)")) << rules;
  const std::string hash = compiler::rulebook_hash(law().rulebook);
  EXPECT_NE(rules.find('+' + hash + '"'), std::string::npos) << rules;
  EXPECT_NE(rules.find(R"("built":"2026-11-20","staleAfter":"2027-05-19","languages":[])"), std::string::npos) << rules;
  const std::string german = engine.load(shipped("locales/de.pack"));
  EXPECT_NE(german.find(R"("kind":"locale")"), std::string::npos) << german;
  EXPECT_NE(german.find(R"("languages":["de"])"), std::string::npos) << german;
  EXPECT_NE(engine.load(shipped("sources.pack")).find(R"("kind":"sources")"), std::string::npos);
  EXPECT_NE(engine.load(bundle()).find(R"("kind":"bundle")"), std::string::npos);
}

TEST(ShippedPacks, AreTheSameEachTimeTheyAreMade) {
  EXPECT_EQ(compiler::pack_rules(law().rulebook), compiler::pack_rules(law().rulebook));
  EXPECT_EQ(bundle(), bundle());
}

TEST(Sources, CompleteTheCitationAndChangeNothingElse) {
  Engine engine = loaded({bundle()});
  const std::string bare = engine.call(question);
  ASSERT_EQ(outcome(engine.load(shipped("sources.pack"))), "success");
  std::string cited = engine.call(question);
  EXPECT_NE(cited.find(R"json("article":"50(1)","url":"https://)json"), std::string::npos) << cited;
  const std::string key = R"("source":{"id":)";
  for (std::size_t at = cited.find(key); at != std::string::npos; at = cited.find(key, at + 1)) {
    const std::size_t from = cited.find(',', at + key.size());
    cited.erase(from, cited.find('}', at) - from);
  }
  EXPECT_TRUE(same_text(bare, cited));
}

// --- order -----------------------------------------------------------------------------------------------------------

TEST(Loading, NeedsRulesAndALanguageBeforeItAnswers) {
  Engine engine;
  EXPECT_EQ(outcome(engine.call(question)), "not-loaded");
  EXPECT_NE(outcome(engine.load(shipped("locales/de.pack"))), "success");
  EXPECT_EQ(outcome(engine.load(shipped("rules.pack"))), "success");
  EXPECT_EQ(outcome(engine.call("op=decide\nat=2026-11-20\n")), "not-loaded");
  EXPECT_EQ(outcome(engine.load(shipped("locales/de.pack"))), "success");
  EXPECT_EQ(outcome(engine.call("op=decide\nat=2026-11-20\nchannel=chat-widget\n")), "success");
}

TEST(Loading, ReplacesARulebookWithAllThatBelongsToIt) {
  Engine engine = loaded({bundle()});
  const std::string before = engine.call(question);
  ASSERT_EQ(outcome(engine.load(shipped("rules.pack"))), "success");
  EXPECT_EQ(outcome(engine.call(question)), "not-loaded");
  ASSERT_EQ(outcome(engine.load(shipped("locales/en.pack"))), "success");
  EXPECT_EQ(outcome(engine.call(question)), "unknown-channel") << "the deployment of the bundle is gone";
  ASSERT_EQ(outcome(engine.load(bundle())), "success");
  EXPECT_TRUE(same_text(before, engine.call(question)));
}

TEST(Loading, KeepsWhatIsThereWhereAnAdditionIsRefused) {
  Engine engine = loaded({shipped("rules.pack"), shipped("locales/de.pack")});
  const std::string lines = "op=decide\nat=2026-11-20\nplace=DE\n";
  const std::string before = engine.call(lines);
  std::string broken = shipped("locales/fr.pack");
  broken.resize(broken.size() - 40);
  EXPECT_NE(outcome(engine.load(broken)), "success");
  EXPECT_NE(outcome(engine.load(resealed(broken))), "success");
  EXPECT_TRUE(same_text(before, engine.call(lines)));
}

TEST(Loading, TakesEveryLanguageThereIsAndNotEndlesslyMany) {
  Engine engine = loaded(shipped_packs());
  std::string last = "success";
  for (int i = 0; i < 200 && last == "success"; ++i) last = outcome(engine.load(shipped("locales/de.pack")));
  EXPECT_NE(last, "success");
  EXPECT_EQ(outcome(engine.call("op=decide\nat=2026-11-20\nchannel=chat-widget\nlanguage=ja\n")), "success");
}

TEST(Loading, RefusesWordsOfAnotherVocabulary) {
  compiler::Rulebook other = law().rulebook;
  other.vocabulary.statements.emplace_back("something-new");
  compiler::Locale locale = law().locales.front();
  locale.messages.resize(compiler::message_keys(other).size());
  Engine engine = loaded({shipped("rules.pack")});
  EXPECT_EQ(outcome(engine.load(compiler::pack_locale(locale, other))), "pack-mismatch");
}

TEST(Loading, TakesADeploymentFromOnePlaceOnly) {
  Engine engine = loaded({bundle()});
  EXPECT_EQ(outcome(engine.call(std::string(question) + "deployment.operator.name=Other\n")), "unknown-key");
}

// --- damage ----------------------------------------------------------------------------------------------------------

TEST(Damage, TheTestSealsAsThePackerDoes) {
  for (const std::string& pack : shipped_packs()) EXPECT_TRUE(resealed(pack) == pack);
  EXPECT_TRUE(resealed(bundle()) == bundle());
}

TEST(Damage, AnotherFormatIsRefusedByName) {
  const std::string good = bundle();
  for (int format : {0, good[4] + 1, 100, 255}) {
    std::string other = good;
    other[4] = static_cast<char>(format);
    EXPECT_EQ(outcome(Engine().load(resealed(other))), "unsupported-format") << format;
  }
}

TEST(Damage, AThousandFlippedBitsAreEachRefused) {
  const std::string good = bundle();
  Engine engine = loaded({good});
  const std::string answer = engine.call(question);
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    // The magic number says that it is a pack at all; without it the bytes are a request.
    const std::size_t bit = 32 + random() % (good.size() * 8 - 32);
    ASSERT_EQ(outcome(engine.load(flipped(good, bit))), "integrity") << "bit " << bit;
    ASSERT_TRUE(same_text(answer, engine.call(question))) << "bit " << bit;
  }
  for (std::size_t bit = 0; bit < 32; ++bit)
    ASSERT_NE(outcome(engine.load(flipped(good, bit))), "success") << "bit " << bit;
  EXPECT_TRUE(same_text(answer, engine.call(question)));
}

TEST(Damage, ACutFileIsRefused) {
  const std::string good = bundle();
  Engine engine = loaded({good});
  const std::string answer = engine.call(question);
  for (std::size_t size = 4; size < good.size(); size += 97)
    ASSERT_EQ(outcome(engine.load(std::string_view(good).substr(0, size))), "integrity") << size;
  EXPECT_EQ(outcome(engine.load(good + '\0')), "integrity");
  EXPECT_EQ(outcome(engine.load(good + good)), "integrity");
  EXPECT_TRUE(same_text(answer, engine.call(question)));
}

/// Damage that the checksum does not show: refused, or taken and harmless, and the next good file works.
TEST(Damage, SealedDamageNeverTrapsOrHangs) {
  std::vector<std::string> good = {bundle()};
  for (const std::string& pack : shipped_packs()) good.push_back(pack);
  good.push_back(shipped("sources.pack"));
  Engine engine = loaded({good[0]});
  const std::string answer = engine.call(question);
  std::mt19937 random(2);
  int refusals = 0;
  constexpr int rounds = 8'000;
  for (int i = 0; i < rounds; ++i) {
    std::string bad = good[i % 2 ? 0 : random() % good.size()];
    for (unsigned flips = 1 + random() % 3; flips > 0; --flips) {
      const std::size_t at = pack_header + random() % (bad.size() - pack_header);
      switch (random() % 4) {
        case 0: bad[at] = static_cast<char>(random()); break;
        case 1: bad[at] = static_cast<char>(bad[at] ^ 1 << random() % 8); break;
        case 2: bad.erase(at, 1 + random() % 3); break;
        default: bad.insert(at, 1 + random() % 3, static_cast<char>(random() % 2 ? 0xff : random())); break;
      }
      if (bad.size() <= pack_header) bad.resize(pack_header + 1);
    }
    if (outcome(engine.load(resealed(bad))) != "success") ++refusals;
    engine.call("op=explain\nat=2026-11-20\nplace=DE\nplace=US-CA\nlanguage=de\n");
    if (i % 100 == 0) {
      ASSERT_EQ(outcome(engine.load(good[0])), "success") << i;
      ASSERT_TRUE(same_text(answer, engine.call(question))) << i;
    }
  }
  EXPECT_GT(refusals, rounds / 10) << "the structure is hardly looked at";
}

/// Sealed and whole, but with more names than the runtime has room for, or without one that it looks up.
TEST(Damage, ARulebookThatTheRuntimeHasNoRoomForIsRefused) {
  const auto loading = [](auto&& change) {
    compiler::Rulebook rulebook = law().rulebook;
    change(rulebook);
    return outcome(Engine().load(compiler::pack_rules(rulebook)));
  };
  EXPECT_EQ(loading([](compiler::Rulebook&) {}), "success");
  const auto fill = [](std::vector<std::string>& names, std::size_t count) {
    while (names.size() < count) names.push_back("more-" + std::to_string(names.size()));
  };
  EXPECT_EQ(loading([&](compiler::Rulebook& r) { fill(r.vocabulary.links, 32); }), "success");
  EXPECT_EQ(loading([&](compiler::Rulebook& r) { fill(r.vocabulary.links, 33); }), "bad-pack");
  EXPECT_EQ(loading([&](compiler::Rulebook& r) { fill(r.vocabulary.statements, 32); }), "success");
  EXPECT_EQ(loading([&](compiler::Rulebook& r) { fill(r.vocabulary.statements, 33); }), "bad-pack");
  EXPECT_EQ(loading([](compiler::Rulebook& r) {
              for (compiler::Fact& fact : r.facts)
                if (fact.name == "contentType") fact.name = "somethingElse";
            }),
            "bad-pack")
      << "marks are made by content type";
}

TEST(Damage, TooLargeIsSaid) {
  Engine engine = loaded({bundle()});
  const std::string answer = engine.call(question);
  std::string large = "CNDR" + std::string(256 * 1024, 'x');
  EXPECT_EQ(outcome(engine.load(large)), "too-large");
  EXPECT_EQ(outcome(engine.load(resealed(large))), "too-large");
  EXPECT_EQ(outcome(engine.load("CNDR" + std::string(10'000'000, '\0'))), "too-large");
  EXPECT_TRUE(same_text(answer, engine.call(question)));
}

}  // namespace
}  // namespace candor::corpus

#include "core/compiler/slice.h"

#include <gtest/gtest.h>

#include "tests/unit/small_rulebook.h"

namespace candor::compiler {
namespace {

std::vector<Locale> languages(const Rulebook& rulebook) {
  std::vector<Locale> locales;
  for (const char* tag : {"en", "de", "fr", "zh-Hant"}) {
    Locale locale;
    locale.tag = tag;
    locale.plural.fill(5);
    for (const std::string& key : message_keys(rulebook)) locale.messages.push_back(std::string(tag) + ' ' + key);
    locales.push_back(locale);
  }
  locales.back().aliases = {"zh-TW"};
  return locales;
}

struct Sliced {
  Rulebook rulebook = small_rulebook();
  Deployment deployment;
  Issues issues;

  Slice slice() {
    auto out = compiler::slice(rulebook, languages(rulebook), deployment, issues);
    EXPECT_TRUE(out);
    return out.value_or(Slice{});
  }
  void in(std::vector<const char*> codes) {
    for (const char* code : codes) deployment.places.push_back(place_of(rulebook, code));
  }
};

std::vector<std::string> rules_of(const Slice& slice) {
  std::vector<std::string> ids;
  for (const Rule& rule : slice.rulebook.rules) ids.push_back(rule.id);
  return ids;
}

std::vector<std::string> inside(const Slice& slice) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < slice.inside.size(); ++i)
    if (slice.inside[i]) codes.push_back(slice.rulebook.places[i].code);
  return codes;
}

std::vector<std::string> tags_of(const Slice& slice) {
  std::vector<std::string> tags;
  for (const Locale& locale : slice.locales) tags.push_back(locale.tag);
  return tags;
}

std::string message(const Slice& slice, std::size_t locale, std::string_view key) {
  const auto keys = message_keys(slice.rulebook);
  return slice.locales[locale]
      .messages[static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin())];
}

using Names = std::vector<std::string>;

TEST(SlicePlaces, EverywhereWhenNoneAreNamed) {
  Sliced sliced;
  EXPECT_EQ(inside(sliced.slice()).size(), sliced.rulebook.places.size());
}

TEST(SlicePlaces, AUnionKeepsItsMembersAndParents) {
  Sliced sliced;
  sliced.in({"EU"});
  const Slice slice = sliced.slice();
  EXPECT_EQ(inside(slice), (Names{"*", "DE", "EEA", "EU", "FR", "RE"}));
  EXPECT_EQ(slice.rulebook.places.size(), sliced.rulebook.places.size());
}

TEST(SlicePlaces, ACountryKeepsItsSubdivisionsAndASubdivisionItsCountry) {
  Sliced country, state;
  country.in({"US"});
  state.in({"US-CA"});
  EXPECT_EQ(inside(country.slice()), (Names{"*", "US", "US-CA"}));
  EXPECT_EQ(inside(state.slice()), (Names{"*", "US", "US-CA"}));
}

TEST(SlicePlaces, WhereTheOperatorIsEstablishedCountsToo) {
  Sliced sliced;
  sliced.in({"GB"});
  sliced.deployment.established = {place_of(sliced.rulebook, "DE")};
  EXPECT_EQ(inside(sliced.slice()), (Names{"*", "DE", "EEA", "EU", "GB"}));
}

TEST(SliceRules, DropsForeignRulesPlatformsAndIdleModifiers) {
  Sliced sliced;
  sliced.in({"DE"});
  EXPECT_EQ(rules_of(sliced.slice()), (Names{"baseline", "eu-modifier", "eu-notice"}));
  sliced.deployment.platforms = 1;
  EXPECT_EQ(rules_of(sliced.slice()), (Names{"baseline", "eu-modifier", "eu-notice", "jexi-report"}));
  sliced.deployment.platforms = 2;
  EXPECT_EQ(rules_of(sliced.slice()), (Names{"baseline", "eu-modifier", "eu-notice"}));
}

TEST(SliceRules, GivesReferencesTheirNewPlaces) {
  Sliced sliced;
  sliced.in({"DE"});
  const Slice slice = sliced.slice();
  const Rulebook& book = slice.rulebook;
  EXPECT_EQ(book.rules[1].modifies, (std::vector<int>{2}));
  ASSERT_EQ(book.sources.size(), 3u);
  for (const Rule& rule : book.rules)
    EXPECT_EQ(book.sources[static_cast<std::size_t>(rule.in[0].source)].id, "source-" + rule.id);
  ASSERT_EQ(book.verbatim.size(), 1u);
  EXPECT_EQ(book.verbatim[static_cast<std::size_t>(book.rules[2].duties[0].verbatim[0])].id, "eu-text");
}

TEST(SliceWords, KeepsTheLanguagesNamedAndThoseThatRulesDemand) {
  Sliced sliced;
  EXPECT_EQ(tags_of(sliced.slice()), (Names{"en", "de", "fr", "zh-Hant"}));
  sliced.in({"DE"});
  sliced.deployment.languages = {"zh-TW", "de-AT"};
  EXPECT_EQ(tags_of(sliced.slice()), (Names{"zh-Hant", "de", "fr"}));
  Sliced american;
  american.in({"US"});
  american.deployment.languages = {"en"};
  EXPECT_EQ(tags_of(american.slice()), (Names{"en"}));
}

TEST(SliceWords, KeepsTheMessagesThatDutiesAndPurposesUse) {
  Sliced sliced;
  sliced.in({"US"});
  sliced.deployment.languages = {"en"};
  sliced.deployment.purpose_kinds = {1};
  const Slice slice = sliced.slice();
  EXPECT_EQ(message(slice, 0, "ai-interaction.title"), "en ai-interaction.title");
  EXPECT_EQ(message(slice, 0, "link.do-not-sell"), "en link.do-not-sell");
  EXPECT_EQ(message(slice, 0, "purpose.statistics"), "en purpose.statistics");
  for (const char* dropped : {"says.is-ai", "link.privacy", "offer.report", "consent-prompt.title", "action.accept-all",
                              "mark.latent", "block.prohibited.title", "purpose.advertising"})
    EXPECT_EQ(message(slice, 0, dropped), "") << dropped;
}

TEST(SliceWords, CompilesOverrides) {
  Sliced sliced;
  sliced.deployment.overrides = {{"de", "ai-interaction.title", "{operator} nutzt KI"}};
  EXPECT_EQ(message(sliced.slice(), 1, "ai-interaction.title"), std::string("\1\0 nutzt KI", 11));
}

TEST(SliceWords, RefusesWordsThatDoNotExist) {
  Sliced sliced;
  sliced.deployment.languages = {"en", "tlh"};
  sliced.deployment.overrides = {{"en", "ai-interaction.title", "{operatr}"}, {"ja", "ai-interaction.title", "x"}};
  EXPECT_FALSE(slice(sliced.rulebook, languages(sliced.rulebook), sliced.deployment, sliced.issues));
  ASSERT_EQ(sliced.issues.size(), 3u);
  EXPECT_EQ(sliced.issues[0].code, "unknown-language");
  EXPECT_EQ(sliced.issues[0].path, "/languages/1");
  EXPECT_EQ(sliced.issues[1].path, "/overrides/en/ai-interaction.title");
  EXPECT_EQ(sliced.issues[1].fix, "operator");
  EXPECT_EQ(sliced.issues[2].path, "/overrides/ja/ai-interaction.title");
}

}  // namespace
}  // namespace candor::compiler

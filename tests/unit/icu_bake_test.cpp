#include "core/compiler/icu_bake.h"

#include <gtest/gtest.h>

namespace candor::compiler {
namespace {

Locale baked(std::string_view tag) {
  Issues issues;
  const auto locale = bake_locale(tag, "", issues);
  EXPECT_TRUE(issues.empty()) << tag << ": " << (issues.empty() ? "" : issues[0].message);
  return locale.value_or(Locale{});
}

TEST(BakeLocale, TakesNumbersFromCldr) {
  const Locale german = baked("de"), arabic = baked("ar"), spanish = baked("es"), hindi = baked("hi");
  EXPECT_EQ(german.group_separator, ".");
  EXPECT_EQ(german.digits[7], "7");
  EXPECT_EQ(arabic.digits[7], "٧");
  EXPECT_EQ(arabic.group_separator, "٬");
  EXPECT_EQ(spanish.minimum_grouping, 1);
  EXPECT_EQ(hindi.primary_group, 3);
  EXPECT_EQ(hindi.secondary_group, 2);
}

TEST(BakeLocale, TabulatesPlurals) {
  enum { zero, one, two, few, many, other };
  const Locale arabic = baked("ar");
  for (const auto& [n, category] : std::vector<std::pair<std::size_t, int>>{
           {0, zero}, {1, one}, {2, two}, {3, few}, {11, many}, {100, other}, {103, few}})
    EXPECT_EQ(arabic.plural[n], category) << n;
  EXPECT_EQ(needed_plurals(arabic), 0x3f);
  const Locale french = baked("fr"), english = baked("en"), japanese = baked("ja");
  EXPECT_EQ(french.plural[0], one);
  EXPECT_EQ(french.plural_million, many);
  EXPECT_EQ(needed_plurals(french), 1 << one | 1 << other);
  EXPECT_EQ(english.plural[101], other);
  EXPECT_EQ(needed_plurals(japanese), 1 << other);
}

TEST(BakeLocale, RefusesWhatItCannotTabulate) {
  for (const auto& [tag, code] : std::vector<std::pair<const char*, const char*>>{{"kw", "unsupported-language"},
                                                                                  {"he", "unsupported-language"},
                                                                                  {"xx", "unknown-language"},
                                                                                  {"", "unknown-language"},
                                                                                  {"DE", "unknown-language"}}) {
    Issues issues;
    EXPECT_FALSE(bake_locale(tag, "f#/tag", issues)) << tag;
    ASSERT_EQ(issues.size(), 1u) << tag;
    EXPECT_EQ(issues[0].code, code) << tag;
    EXPECT_EQ(issues[0].path, "f#/tag");
  }
}

TEST(BakeLocale, TakesListsFromCldr) {
  const Locale english = baked("en"), spanish = baked("es"), japanese = baked("ja");
  EXPECT_EQ(english.list_two.between, " and ");
  EXPECT_EQ(english.list_middle.between, ", ");
  EXPECT_EQ(english.list_end.between, ", and ");
  EXPECT_EQ(english.between_before_i, "");
  EXPECT_EQ(spanish.list_two.between, " y ");
  EXPECT_EQ(spanish.between_before_i, " e ");
  EXPECT_EQ(japanese.list_two.between, "、");
}

TEST(BakeLocale, TakesDatesFromCldr) {
  EXPECT_EQ(baked("en").date_pattern, "\5 \1, \6");
  EXPECT_EQ(baked("es").date_pattern, "\1 de \5 de \6");
  EXPECT_EQ(baked("ja").date_pattern, "\6年\3月\1日");
  EXPECT_EQ(baked("lt").date_pattern, "\6 m. \5 \1 d.");
  EXPECT_EQ(baked("de").months[2], "März");
  EXPECT_EQ(baked("cs").months[0], "ledna");
}

TEST(BakeLocale, KnowsDirectionAndSentences) {
  EXPECT_TRUE(baked("ar").right_to_left);
  EXPECT_FALSE(baked("fr").right_to_left);
  EXPECT_EQ(baked("fr").sentence_gap, " ");
  EXPECT_EQ(baked("ja").sentence_gap, "");
  EXPECT_EQ(baked("zh-Hant").sentence_gap, "");
}

TEST(BakeLocale, ServesLikelySubtags) {
  const auto serves = [](const Locale& locale, std::string_view tag) {
    return std::count(locale.aliases.begin(), locale.aliases.end(), tag) > 0;
  };
  const Locale traditional = baked("zh-Hant"), simplified = baked("zh-Hans");
  EXPECT_TRUE(serves(traditional, "zh-TW"));
  EXPECT_TRUE(serves(traditional, "zh-HK"));
  EXPECT_FALSE(serves(traditional, "zh"));
  EXPECT_TRUE(serves(simplified, "zh"));
  EXPECT_TRUE(serves(simplified, "zh-CN"));
  EXPECT_TRUE(baked("de").aliases.empty());
}

TEST(FindLocale, FollowsRfc4647Lookup) {
  const std::vector<Locale> locales = {baked("en"), baked("de"), baked("zh-Hant")};
  EXPECT_EQ(find_locale(locales, "de-AT"), 1);
  EXPECT_EQ(find_locale(locales, "de-Latn-AT"), 1);
  EXPECT_EQ(find_locale(locales, "zh-TW"), 2);
  EXPECT_EQ(find_locale(locales, "zh-CN"), -1);
  EXPECT_EQ(find_locale(locales, "fr"), -1);
}

}  // namespace
}  // namespace candor::compiler

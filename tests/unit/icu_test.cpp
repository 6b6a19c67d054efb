#include "core/compiler/icu.h"

#include <gtest/gtest.h>

#include "core/compiler/locale.h"

namespace candor::compiler {
namespace {

constexpr std::uint8_t english = 1 << 1 | 1 << 5;  // one, other
using namespace std::string_literals;

std::string compiled(std::string_view pattern, std::uint8_t plurals = english) {
  Issues issues;
  const auto code = compile_message(pattern, plurals, "/m", issues);
  EXPECT_TRUE(issues.empty()) << pattern << ": " << (issues.empty() ? "" : issues[0].message);
  return code.value_or("?");
}

/// The code and fix of the only complaint about `pattern`.
std::pair<std::string, std::string> refused(std::string_view pattern, std::uint8_t plurals = english) {
  Issues issues;
  EXPECT_FALSE(compile_message(pattern, plurals, "/m", issues)) << pattern;
  if (issues.size() != 1) return {"issues: " + std::to_string(issues.size()), {}};
  EXPECT_EQ(issues[0].path, "/m");
  EXPECT_FALSE(issues[0].message.empty());
  return {issues[0].code, issues[0].fix};
}

using Refusal = std::pair<std::string, std::string>;

TEST(CompileMessage, TextStaysText) {
  EXPECT_EQ(compiled(""), "");
  EXPECT_EQ(compiled("Sie chatten mit KI – 日本"), "Sie chatten mit KI – 日本");
}

TEST(CompileMessage, ApostrophesFollowIcu) {
  EXPECT_EQ(compiled("it's {operator}"), "it's \1\0"s);
  EXPECT_EQ(compiled("l''IA"), "l'IA");
  EXPECT_EQ(compiled("a '{'b'}' c"), "a {b} c");
  EXPECT_EQ(compiled("'{operator} is text'"), "{operator} is text");
}

TEST(CompileMessage, ArgumentsBecomeInstructions) {
  EXPECT_EQ(compiled("{operator}{providers}"), "\1\0\1\7"s);
  EXPECT_EQ(compiled("{hours, number, integer}!"), "\2\12!");
  EXPECT_EQ(compiled("{date, date, long}"), "\3\15");
}

TEST(CompileMessage, PluralBranchesGoExactThenCategoriesThenOther) {
  EXPECT_EQ(compiled("{days, plural, other {# days} one {a day} =0 {never}}"),
            "\4\14\3"s + "\6\0\5\0never"s + "\1\5\0a day"s + "\5\7\0\2\14 days"s);
}

TEST(CompileMessage, HashIsTheNumberOfItsOwnPluralOnly) {
  EXPECT_EQ(compiled("# {named, select, other {#}}"), "# \5\6\1\0\1\0#"s);
  EXPECT_EQ(compiled("{days, plural, one {x} other {{hours, plural, one {y} other {#}}}}"),
            "\4\14\2"s + "\1\1\0x"s + "\5\14\0\4\12\2"s + "\1\1\0y"s + "\5\2\0\2\12"s);
}

TEST(CompileMessage, SelectEndsWithOther) {
  EXPECT_EQ(compiled("{named, select, other {no} yes {is {assistant}}}"),
            "\5\6\2"s + "\3yes\5\0is \1\1"s + "\0\2\0no"s);
}

TEST(CompileMessage, OtherFormsAreRefused) {
  EXPECT_EQ(refused("{operatr}"), Refusal("unknown-argument", "operator"));
  EXPECT_EQ(refused("{0}").first, "unknown-argument");
  EXPECT_EQ(refused("{hours}"), Refusal("wrong-argument", "{hours, number, integer}"));
  EXPECT_EQ(refused("{hours, number}").first, "wrong-argument");
  EXPECT_EQ(refused("{hours, number, percent}").first, "wrong-argument");
  EXPECT_EQ(refused("{hours, spellout}").first, "wrong-argument");
  EXPECT_EQ(refused("{date, date, short}"), Refusal("wrong-argument", "{date, date, long}"));
  EXPECT_EQ(refused("{date, time, long}").first, "wrong-argument");
  EXPECT_EQ(refused("{operator, date, long}"), Refusal("wrong-argument", "{operator}"));
  EXPECT_EQ(refused("{operator, plural, other {x}}").first, "wrong-argument");
  EXPECT_EQ(refused("{providers, select, other {x}}").first, "wrong-argument");
  EXPECT_EQ(refused("{hours, selectordinal, one {x} other {y}}").first, "wrong-argument");
  EXPECT_EQ(refused("{hours, choice, 0#none|1#one}").first, "wrong-argument");
  EXPECT_EQ(refused("{hours, plural, offset:1 one {x} other {y}}").first, "bad-message");
}

TEST(CompileMessage, PluralsSpellOutWhatTheLanguageHas) {
  EXPECT_EQ(refused("{hours, plural, other {x}}").first, "missing-plural");
  EXPECT_EQ(refused("{hours, plural, one {x} few {y} other {z}}", english | 1 << 4).first, "missing-plural");
  EXPECT_EQ(refused("{hours, plural, one {x} ones {y} other {z}}").first, "bad-message");
  EXPECT_EQ(refused("{hours, plural, one {x} one {y} other {z}}").first, "bad-message");
  EXPECT_EQ(refused("{hours, plural, =1 {x} =1 {y} one {y} other {z}}").first, "bad-message");
  EXPECT_EQ(refused("{hours, plural, =1.5 {x} one {y} other {z}}").first, "bad-message");
  EXPECT_EQ(refused("{hours, plural, =256 {x} one {y} other {z}}").first, "bad-message");
  EXPECT_EQ(refused("{named, select, yes {x} yes {y} other {z}}").first, "bad-message");
}

TEST(CompileMessage, BrokenSyntaxIsRefused) {
  for (const char* pattern : {"{", "}", "{operator", "{hours, plural, one {x}}", "{named, select, yes {x}}",
                              "{operator}}", "'{'}", "{,}", "{hours, plural, other {x"})
    EXPECT_EQ(refused(pattern).first, "bad-message") << pattern;
  EXPECT_EQ(refused("two\nlines").first, "bad-message");
  EXPECT_EQ(refused("\x01").first, "bad-message");
}

TEST(CompileMessage, SizeAndDepthAreBounded) {
  EXPECT_EQ(refused(std::string(message_size_limit + 1, 'x')).first, "too-large");
  EXPECT_EQ(refused(std::string(8000, '{')).first, "too-large");
}

TEST(CompileMessage, EverythingWrongAtOnce) {
  Issues issues;
  EXPECT_FALSE(compile_message("{x} {hours} {days, plural, other {{y}}}", english, "/m", issues));
  EXPECT_EQ(issues.size(), 4u);
}

}  // namespace
}  // namespace candor::compiler

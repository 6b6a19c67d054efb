#include "core/compiler/json.h"

#include <gtest/gtest.h>

namespace candor::compiler {
namespace {

Issue only_issue(std::string_view text, std::string_view file = "") {
  Issues issues;
  EXPECT_FALSE(read_json(text, file, issues)) << text;
  EXPECT_EQ(issues.size(), 1u) << text;
  return issues.empty() ? Issue{} : issues.front();
}

Json read(std::string_view text) {
  Issues issues;
  std::optional<Json> value = read_json(text, "", issues);
  EXPECT_TRUE(value) << text;
  EXPECT_TRUE(issues.empty());
  return value ? *value : Json{};
}

std::string repeat(std::string_view part, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += part;
  return result;
}

TEST(ReadJson, KeepsTheOrderOfKeys) {
  const Json value = read(R"({"b": 1, "a": [true, null, "x"], "c": {}})");
  ASSERT_EQ(value.members.size(), 3u);
  EXPECT_EQ(value.members[0].key, "b");
  EXPECT_EQ(value.members[1].key, "a");
  ASSERT_NE(value.find("a"), nullptr);
  EXPECT_EQ(value.find("a")->items[2].string, "x");
  EXPECT_EQ(value.find("d"), nullptr);
}

TEST(ReadJson, TellsWholeNumbersFromOthers) {
  const Json value = read("[25, -3, 9223372036854775807, 9223372036854775808, 2.0, 1e3]");
  EXPECT_TRUE(value.items[0].integral);
  EXPECT_EQ(value.items[0].integer, 25);
  EXPECT_EQ(value.items[1].integer, -3);
  EXPECT_EQ(value.items[2].integer, INT64_MAX);
  EXPECT_FALSE(value.items[3].integral);
  EXPECT_EQ(value.items[3].number, 9223372036854775808.0);
  EXPECT_FALSE(value.items[4].integral);
  EXPECT_EQ(value.items[5].number, 1000);
}

TEST(ReadJson, RefusesWhatIsNotJson) {
  const std::string_view inputs[] = {"",
                                     "{",
                                     "[1,]",
                                     "{\"a\" 1}",
                                     "nul",
                                     "1e999",
                                     "{} {}",
                                     "// no\n{}",
                                     "'a'",
                                     "\"\\ud800\"",
                                     std::string_view("{}\0{", 4),
                                     "\"\xC3\"",
                                     "\"\xED\xA0\x80\"",
                                     "\"\xF4\x90\x80\x80\"",
                                     "\"\xC0\xAF\"",
                                     "\xFF"};
  for (const std::string_view input : inputs) EXPECT_EQ(only_issue(input).code, "bad-json") << input;
}

TEST(ReadJson, SaysWhere) {
  const Issue issue = only_issue("{\n  \"rules\": [1,\n    \"\u00e4\" x]}", "law/eu/ai-act.json");
  EXPECT_EQ(issue.path, "law/eu/ai-act.json#/rules/2");
  EXPECT_EQ(issue.message.substr(0, 18), "line 3, column 9: ");
}

TEST(ReadJson, ReportsEveryDuplicateKey) {
  Issues issues;
  EXPECT_FALSE(read_json(R"({"a": 1, "b": {"c": 1, "c": 2}, "a": 2})", "f.json", issues));
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[0].code, "duplicate-key");
  EXPECT_EQ(issues[0].path, "f.json#/b/c");
  EXPECT_EQ(issues[1].path, "f.json#/a");
}

TEST(ReadJson, TheSameKeyInTwoObjectsIsNoDuplicate) { read(R"([{"a": 1}, {"a": {"a": 2}}])"); }

TEST(ReadJson, AllowsTheDepthLimitAndNoMore) {
  read(repeat("[", json_depth_limit) + repeat("]", json_depth_limit));
  const Issue issue = only_issue(repeat("[", json_depth_limit + 1) + repeat("]", json_depth_limit + 1));
  EXPECT_EQ(issue.code, "too-deep");
  EXPECT_EQ(issue.path, repeat("/0", json_depth_limit));
}

TEST(ReadJson, AnswersHostileDepth) {
  EXPECT_EQ(only_issue(repeat("[", 200'000)).code, "too-deep");
  EXPECT_EQ(only_issue(repeat("{\"a\":", 200'000)).code, "too-deep");
}

TEST(ReadJson, AnswersHostileSize) {
  EXPECT_EQ(only_issue('"' + std::string(10'000'000, 'x') + '"').code, "too-large");
  read('"' + std::string(json_size_limit - 2, 'x') + '"');
}

TEST(ReadJson, StopsCountingDuplicates) {
  Issues issues;
  EXPECT_FALSE(read_json("{" + repeat("\"a\":1,", 100'000) + "\"b\":1}", "", issues));
  EXPECT_EQ(issues.size(), 100u);
}

TEST(QuoteJson, EscapesWhatJsonMustAndReplacesWhatIsNotUtf8) {
  EXPECT_EQ(quote_json("a\"b\\c\n\t\x01\u00e4"), "\"a\\\"b\\\\c\\n\\t\\u0001\u00e4\"");
  EXPECT_EQ(quote_json("\xFFz"), "\"\uFFFDz\"");
}

TEST(WriteJson, ReadsBackAsTheSame) {
  const std::string text = R"({"a":[1,-2,0.1,1e+100,true,null,"\n"],"b":{},"c":[]})";
  EXPECT_EQ(write_json(read(text), 0), text);
}

TEST(WriteJson, Indents) {
  EXPECT_EQ(write_json(read(R"({"a":[1],"b":{}})"), 2), "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

}  // namespace
}  // namespace candor::compiler

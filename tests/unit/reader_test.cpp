#include "core/compiler/reader.h"

#include <gtest/gtest.h>

namespace candor::compiler {
namespace {

/// An object to read, and what was reported about it.
struct Reading {
  explicit Reading(std::string_view text) : json(*read_json(text, "", issues)), reader(json, "f.json#", issues) {}

  std::string report() const {
    std::string lines;
    for (const Issue& issue : issues)
      lines += issue.code + ' ' + issue.path + (issue.fix.empty() ? "" : " -> " + issue.fix) + '\n';
    return lines;
  }

  Issues issues;
  Json json;
  ObjectReader reader;
};

TEST(ObjectReader, ReadsEachType) {
  Reading r(
      R"({"s": "x", "b": true, "i": 7, "d": "2024-02-29", "u": "https://a.example/", "p": "P6M", "c": "two", "l": ["a", "b"], "o": "a"})");
  EXPECT_EQ(r.reader.required_string("s"), "x");
  EXPECT_TRUE(r.reader.boolean("b"));
  EXPECT_EQ(r.reader.integer("i"), 7);
  EXPECT_EQ(r.reader.date("d"), parse_date("2024-02-29"));
  EXPECT_EQ(r.reader.url("u"), "https://a.example/");
  EXPECT_EQ(r.reader.duration("p"), "P6M");
  EXPECT_EQ(r.reader.choice("c", {"one", "two"}), "two");
  EXPECT_EQ(r.reader.strings("l"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(r.reader.strings("o", {"a"}), std::vector<std::string>{"a"});
  r.reader.finish();
  EXPECT_EQ(r.report(), "");
}

TEST(ObjectReader, ReportsEverythingAtOnce) {
  Reading r(R"({"name": 1, "flag": "true", "count": 1.5, "day": "2026-02-30", "link": "javascript:x", "every": "-P1D",
                "colour": "gren", "list": ["a", 2, "a", "z"], "typo": 0, "tab": "a\tb"})");
  EXPECT_EQ(r.reader.string("name", "fallback"), "fallback");
  EXPECT_FALSE(r.reader.boolean("flag"));
  EXPECT_FALSE(r.reader.integer("count"));
  EXPECT_FALSE(r.reader.date("day"));
  EXPECT_FALSE(r.reader.url("link"));
  EXPECT_FALSE(r.reader.duration("every"));
  EXPECT_EQ(r.reader.choice("colour", {"red", "green"}), "");
  EXPECT_EQ(r.reader.strings("list", {"a", "b"}), std::vector<std::string>{"a"});
  EXPECT_EQ(r.reader.required_string("type"), "");
  EXPECT_EQ(r.reader.string("tab"), "");
  r.reader.finish();
  EXPECT_EQ(
      r.report(),
      "wrong-type f.json#/name\nwrong-type f.json#/flag\nwrong-type f.json#/count\nbad-date f.json#/day\nbad-url "
      "f.json#/link\n"
      "bad-duration f.json#/every\nunknown-value f.json#/colour -> green\nwrong-type f.json#/list/1\n"
      "duplicate-value f.json#/list/2 -> keep one of the two\nunknown-value f.json#/list/3\nmissing-key f.json#/type\n"
      "control-character f.json#/tab -> write it on one line, without tabs\nunknown-key f.json#/typo -> type\n");
}

TEST(ObjectReader, AnEmptyRequiredStringIsMissing) {
  Reading r(R"({"name": ""})");
  r.reader.required_string("name");
  EXPECT_EQ(r.report(), "missing-key f.json#/name\n");
}

TEST(ObjectReader, WhatIsNoObjectReadsAsAnEmptyOne) {
  Issues issues;
  const Json list = *read_json("[1]", "", issues);
  ObjectReader reader(list, "f.json#/a", issues);
  EXPECT_FALSE(reader.has("x"));
  reader.finish();
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].code, "wrong-type");
  EXPECT_EQ(issues[0].path, "f.json#/a");
}

TEST(ObjectReader, WalksListsAndMembers) {
  Reading r(R"({"list": [{}, {}], "map": {"a/b": 1, "c~d": 2}})");
  std::string paths;
  r.reader.objects("list", [&](const Json&, const std::string& path) { paths += path + ' '; });
  r.reader.members(
      "map", [&](const std::string& name, const Json&, const std::string& path) { paths += name + '=' + path + ' '; });
  EXPECT_EQ(paths, "f.json#/list/0 f.json#/list/1 a/b=f.json#/map/a~1b c~d=f.json#/map/c~0d ");
  r.reader.objects("map", [](const Json&, const std::string&) { FAIL(); });
  r.reader.members("list", [](const std::string&, const Json&, const std::string&) { FAIL(); });
  EXPECT_EQ(r.report(), "wrong-type f.json#/map\nwrong-type f.json#/list\n");
}

TEST(Url, AllowsSafeAddressesOnly) {
  for (const char* url : {"https://a.example", "http://a.example/x?y#z", "mailto:privacy@a.example", "/privacy",
                          "privacy.html", "./a:b", "#imprint"}) {
    Reading r(std::string(R"({"u": ")") + url + "\"}");
    EXPECT_TRUE(r.reader.url("u")) << url;
  }
  for (const char* url : {"", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example",
                          "https://", "https:///x", "mailto:nobody", "a b", "ftp://a.example", "/\\\\evil"}) {
    Reading r(std::string(R"({"u": ")") + url + "\"}");
    EXPECT_FALSE(r.reader.url("u")) << url;
    EXPECT_EQ(r.report(), "bad-url f.json#/u\n") << url;
  }
}

TEST(Url, MayLackItsScheme) {
  Reading r(R"({"u": "www.a.example"})");
  EXPECT_FALSE(r.reader.url("u"));
  EXPECT_EQ(r.report(), "bad-url f.json#/u -> https://www.a.example\n");
}

TEST(Duration, IsIso8601AndLongerThanNothing) {
  for (const char* text : {"P6M", "PT3H", "P1Y2M10DT2H30M5S", "P2W", "PT15M", "P180D"})
    EXPECT_TRUE(is_duration(text)) << text;
  for (const char* text : {"", "P", "PT", "P0D", "-P1D", "P-1D", "P1", "6M", "P1D2M", "P1.5D", "P1H", "PT1D", "P1DT",
                           "P1DT2H ", "P12345678D"})
    EXPECT_FALSE(is_duration(text)) << text;
}

TEST(Date, ExistsOrIsNone) {
  EXPECT_EQ(parse_date("1970-01-01"), 0);
  EXPECT_EQ(parse_date("2026-08-02"), 20667);
  EXPECT_EQ(format_date(20667), "2026-08-02");
  EXPECT_EQ(format_date(*parse_date("0001-01-01")), "0001-01-01");
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-1", "2026/01/01",
                           "2026-01-0a", "+026-01-01", "2026-01-011", ""})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Nearest, FindsLikelySlipsOnly) {
  EXPECT_EQ(nearest("obvious", {"aiUse", "obviousAi"}), "obviousAi");
  EXPECT_EQ(nearest("obviosuAi", {"aiUse", "obviousAi"}), "obviousAi");
  EXPECT_EQ(nearest("us-ca", {"US-CO", "US-CA"}), "US-CA");
  EXPECT_EQ(nearest("de", {"DE"}), "DE");
  EXPECT_EQ(nearest("ZZ", {"ZM", "AZ"}), "");
  EXPECT_EQ(nearest("entirely-other", {"obviousAi"}), "");
  EXPECT_EQ(nearest(std::string(1'000'000, 'a'), {std::string(1'000'000, 'b')}), "");
}

TEST(Backticks, KeepMessagesShortAndOnOneLine) {
  EXPECT_EQ(in_backticks("a\nb"), "`a b`");
  EXPECT_EQ(in_backticks(std::string(79, 'a') + "\u00e4\u00e4"), '`' + std::string(79, 'a') + "…`");
}

}  // namespace
}  // namespace candor::compiler

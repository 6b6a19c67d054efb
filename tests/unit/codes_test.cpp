#include "core/compiler/codes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/compiler/rules.h"

namespace candor::compiler {
namespace {

/// The codes that the sources of the compiler and of the tools report, as they are written: `{"code",`,
/// `report("code",` …
std::set<std::string> reported_codes() {
  const std::regex reporting(
      R"re((?:issues_?\.push_back\(\{|report\(|refuse\(|warning\(|problems_?\.add\()"([a-z]+(?:-[a-z]+)*)")re");
  std::set<std::string> codes;
  std::size_t files = 0;
  for (const char* folder : {"core/compiler", "core/tools", "core/runtime"})
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".cpp") continue;
      ++files;
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      const std::string source = text.str();
      for (std::sregex_iterator match(source.begin(), source.end(), reporting), end; match != end; ++match)
        codes.insert((*match)[1]);
    }
  EXPECT_GT(files, 20u);
  return codes;
}

TEST(Codes, AreAllInTheCatalogue) {
  const std::set<std::string> reported = reported_codes();
  EXPECT_GT(reported.size(), 60u);
  for (const std::string& code : reported) EXPECT_NE(find_code(code), nullptr) << code;
}

TEST(Codes, AreDescribed) {
  for (const Code& code : all_codes()) {
    EXPECT_TRUE(is_rule_id(code.code)) << code.code;  // the same kebab-case
    EXPECT_EQ(find_code(code.code), &code);
    EXPECT_TRUE(code.summary.ends_with('.')) << code.code;
    EXPECT_TRUE(code.fix.ends_with('.')) << code.code;
  }
  EXPECT_EQ(find_code("no-such-code"), nullptr);
  EXPECT_EQ(find_code(""), nullptr);
}

TEST(Codes, TellErrorsFromWarnings) {
  EXPECT_FALSE(has_errors({}));
  EXPECT_FALSE(has_errors({{"clock", "", "late", ""}, {"stale-source", "", "old", ""}}));
  EXPECT_TRUE(has_errors({{"clock", "", "late", ""}, {"bad-json", "", "bad", ""}}));
  EXPECT_TRUE(has_errors({{"not-in-the-table", "", "?", ""}}));
}

}  // namespace
}  // namespace candor::compiler

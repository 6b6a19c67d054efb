/// @file Every case of tests/cases/ as a test of its own name, through the packs and the slicer that ship: what it
/// expects holds, and it is answered with the same bytes compiled in, sliced and handed over.
#include "tests/corpus/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/corpus/expectations.h"
#include "tests/unit/same_text.h"

namespace candor::corpus {
namespace {

using compiler::Case;
using compiler::Json;

Json read(std::string_view envelope) {
  compiler::Issues issues;
  auto json = compiler::read_json(envelope, {}, issues);
  EXPECT_TRUE(json) << envelope.substr(0, 400);
  return json.value_or(Json());
}

bool lists_code(const Json& list, std::string_view code) {
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const Json& item) { return compiler::text_at(item, "code") == code; });
}

class CaseTest : public testing::Test {
 public:
  explicit CaseTest(const Case& one) : case_(one) {}

  void TestBody() override {
    SCOPED_TRACE(case_.path);
    if (case_.expect.find("error")) return is_refused();
    std::map<std::string, std::string> answers;
    for (const Way& way : ways(case_)) answers[way.name] = loaded(way.packs).call("op=decide\n" + way.lines);
    ASSERT_TRUE(answers.contains("whole") && answers.contains("narrow")) << "the compiler refuses it";
    EXPECT_EQ(unmet(case_.expect, read(answers["whole"])), "");
    EXPECT_TRUE(same_text(answers["whole"], answers["handed-over"])) << "handed over";
    if (answers.contains("sliced")) {
      EXPECT_TRUE(same_text(answers["whole"], answers["sliced"])) << "sliced";
    }
    EXPECT_TRUE(same_text(answers["narrow-whole"], answers["narrow"])) << "sliced to its places and languages";
  }

 private:
  /// By the compiler, which knows a fix, and by the runtime, which may be asked without one.
  void is_refused() {
    const std::string& code = case_.expect.find("error")->string;
    compiler::Issues issues;
    if (const auto deployment = deployment_of(case_.deployment, issues)) situation_lines(case_, *deployment, issues);
    EXPECT_TRUE(
        std::any_of(issues.begin(), issues.end(), [&](const compiler::Issue& issue) { return issue.code == code; }));
    for (const Way& way : ways(case_)) {
      const Json envelope = read(loaded(way.packs).call("op=decide\n" + way.lines));
      EXPECT_EQ(compiler::text_at(envelope, "type"), "failure");
      const Json* errors = envelope.find("errors");
      EXPECT_TRUE(errors && lists_code(*errors, code)) << compiler::write_json(envelope, 0);
    }
  }

  const Case& case_;
};

TEST(Corpus, IsReadWhole) {
  EXPECT_GT(cases_in_files(), 0u);
  EXPECT_EQ(cases().size(), cases_in_files());
}

}  // namespace

void register_cases() {
  for (const Case& one : cases()) {
    const std::string file = one.path.substr(0, one.path.find('.'));
    testing::RegisterTest(file.c_str(), one.name.c_str(), nullptr, nullptr, one.path.c_str(), 0,
                          [&one]() -> testing::Test* { return new CaseTest(one); });
  }
}

}  // namespace candor::corpus

int main(int count, char** words) {
  testing::InitGoogleTest(&count, words);
  candor::corpus::register_cases();
  return RUN_ALL_TESTS();
}

/// @file The corpus notices when a rule is changed: seeded mutations of what ships, each of which must fail a case.
/// MUTATIONS=all in the environment tries every one there is.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>

#include "core/compiler/pack.h"
#include "tests/corpus/corpus.h"
#include "tests/corpus/expectations.h"

namespace candor::corpus {
namespace {

using compiler::Case;
using compiler::Condition;
using compiler::PlaceEntry;
using compiler::Rule;
using compiler::Rulebook;
using compiler::Severity;

constexpr std::size_t tried = 60;
constexpr double most_survivors = 0.02;

struct Mutation {
  std::string name;
  std::size_t rule;
  std::function<void(Rule&)> change;
};

void negate(Condition& condition) {
  Condition negated;
  negated.op = Condition::Op::negate;
  negated.of.push_back(std::move(condition));
  condition = std::move(negated);
}

/// Days of one entry moved by one, and the entry moved to a place where nothing holds.
void entry_mutations(const Rulebook& rulebook, std::size_t rule, std::vector<Mutation>& all) {
  const auto nowhere = static_cast<int>(
      std::find_if(rulebook.places.begin(), rulebook.places.end(), [](const auto& each) { return each.code == "AQ"; }) -
      rulebook.places.begin());
  const Rule& of = rulebook.rules[rule];
  for (std::size_t i = 0; i < of.in.size(); ++i) {
    const std::string where = of.id + " in " + rulebook.places[static_cast<std::size_t>(of.in[i].place)].code + ": ";
    const auto add = [&](const std::string& name, std::function<void(PlaceEntry&)> change) {
      all.push_back({where + name, rule, [i, change](Rule& mutated) { change(mutated.in[i]); }});
    };
    // The baseline is as old as the calendar of the runtime.
    const bool dated = of.layer != compiler::Layer::law || of.in[i].place != 0;
    for (int days : {-1, 1}) {
      const std::string by = days < 0 ? " a day earlier" : " a day later";
      if (dated) add("from" + by, [days](PlaceEntry& entry) { entry.from += days; });
      if (of.in[i].until) add("until" + by, [days](PlaceEntry& entry) { *entry.until += days; });
      if (of.in[i].grace) add("grace" + by, [days](PlaceEntry& entry) { *entry.grace += days; });
    }
    add("elsewhere", [nowhere](PlaceEntry& entry) { entry.place = nowhere; });
  }
}

void duty_mutations(const Rulebook& rulebook, std::size_t rule, std::vector<Mutation>& all) {
  const Rule& of = rulebook.rules[rule];
  for (std::size_t d = 0; d < of.duties.size(); ++d) {
    // What is advisory is listed and makes no notice.
    if (of.duties[d].severity.value_or(of.severity) == Severity::advisory) continue;
    for (std::size_t s = 0; s < of.duties[d].says.size(); ++s)
      all.push_back({of.id + ": duty " + std::to_string(d) + " without `" +
                         rulebook.vocabulary.statements[static_cast<std::size_t>(of.duties[d].says[s])] + "`",
                     rule, [d, s](Rule& mutated) {
                       std::vector<int>& says = mutated.duties[d].says;
                       says.erase(says.begin() + static_cast<std::ptrdiff_t>(s));
                     }});
  }
}

std::vector<Mutation> mutations_of(const Rulebook& rulebook) {
  std::vector<Mutation> all;
  for (std::size_t rule = 0; rule < rulebook.rules.size(); ++rule) {
    const Rule& of = rulebook.rules[rule];
    // What fires nothing changes nothing; that it does so is a case of its own.
    if (of.never || of.severity == Severity::pending) continue;
    entry_mutations(rulebook, rule, all);
    const Severity other = of.severity == Severity::advisory ? Severity::mandatory : Severity::advisory;
    all.push_back({of.id + ": severity", rule, [other](Rule& mutated) { mutated.severity = other; }});
    if (!of.when.of.empty() || of.when.op == Condition::Op::is)
      all.push_back({of.id + ": condition negated", rule, [](Rule& mutated) { negate(mutated.when); }});
    duty_mutations(rulebook, rule, all);
  }
  return all;
}

/// A case as it is put to the engine with the deployment handed over.
struct Question {
  const Case* of;
  std::string lines;
};

std::vector<Question> questions() {
  std::vector<Question> all;
  for (const Case& one : cases()) {
    if (one.expect.find("error")) continue;
    for (const Way& way : ways(one))
      if (way.name == "handed-over") all.push_back({&one, "op=decide\n" + way.lines});
  }
  return all;
}

/// The first case that fails with `rules`; the cases that are for the rule `about` come first.
const Case* first_failure(const std::string& rules, const std::vector<Question>& questions, std::string_view about) {
  std::vector<std::string> packs = shipped_packs();
  packs.front() = rules;
  Engine engine = loaded(packs);
  for (const bool own : {true, false})
    for (const Question& question : questions) {
      if (question.of->is_for(about) != own) continue;
      compiler::Issues issues;
      const auto answer = compiler::read_json(engine.call(question.lines), {}, issues);
      if (!answer || !unmet(question.of->expect, *answer).empty()) return question.of;
    }
  return nullptr;
}

TEST(Mutations, FailACase) {
  const Rulebook& rulebook = law().rulebook;
  const std::vector<Question> asked = questions();
  const Case* const broken = first_failure(compiler::pack_rules(rulebook), asked, {});
  ASSERT_EQ(broken, nullptr) << broken->path << " fails already";
  std::vector<Mutation> mutations = mutations_of(rulebook);
  ASSERT_GT(mutations.size(), tried);
  std::shuffle(mutations.begin(), mutations.end(), std::mt19937(20261124));
  const char* const wanted = std::getenv("MUTATIONS");
  if (!wanted || std::string_view(wanted) != "all") mutations.resize(tried);
  std::size_t survivors = 0;
  for (const Mutation& mutation : mutations) {
    Rulebook mutated = rulebook;
    mutation.change(mutated.rules[mutation.rule]);
    if (first_failure(compiler::pack_rules(mutated), asked, rulebook.rules[mutation.rule].id)) continue;
    ++survivors;
    std::cout << "survives: " << mutation.name << '\n';
  }
  EXPECT_LE(static_cast<double>(survivors), most_survivors * static_cast<double>(mutations.size()));
  std::cout << mutations.size() << " mutations, " << survivors << " survive\n";
}

}  // namespace
}  // namespace candor::corpus

#pragma once
/// @file A rulebook small enough to see through, for tests of what is built on rulebooks.
#include <algorithm>

#include "core/compiler/model.h"

namespace candor::compiler {

inline int place_of(const Rulebook& rulebook, std::string_view code) {
  for (std::size_t i = 0; i < rulebook.places.size(); ++i)
    if (rulebook.places[i].code == code) return static_cast<int>(i);
  return -1;
}

inline Fact fact_of(std::string name, FactKind kind, std::vector<std::string> values = {}, bool derived = false,
                    bool lifts = false) {
  Fact fact;
  fact.name = std::move(name);
  fact.kind = kind;
  fact.values = std::move(values);
  fact.derived = derived;
  fact.lifts = lifts;
  return fact;
}

inline Rule rule_of(Rulebook& rulebook, std::string id, std::string_view place, Duty duty) {
  rulebook.sources.push_back({"source-" + id, "A law", "1", "https://law.example/", "high", 0, {}});
  Rule rule;
  rule.id = std::move(id);
  rule.in = {{place_of(rulebook, place), 0, {}, {}, false, static_cast<int>(rulebook.sources.size()) - 1}};
  rule.duties = {std::move(duty)};
  return rule;
}

inline Duty disclosure(int topic) {
  Duty duty;
  duty.topic = topic;
  return duty;
}

/// Places * DE EEA EU FR GB NO RE US US-CA; rules `baseline` (*), `eu-notice` (EU, says is-ai, demands French, has a
/// statutory text), `eu-modifier` (EU, of eu-notice), `jexi-report` (platform), `us-ca-link` (US-CA), `us-ca-modifier`
/// (EU, of us-ca-link).
inline Rulebook small_rulebook() {
  Rulebook book;
  Vocabulary& words = book.vocabulary;
  words.channel_types = {"website", "chat-widget", "email"};
  words.purpose_kinds = {"necessary", "statistics", "advertising"};
  words.statements = {"is-ai", "may-err"};
  words.offers = {"human-agent", "report"};
  words.links = {"privacy", "do-not-sell"};
  words.actions = {"accept-all", "reject-all"};
  words.marks = {"latent"};
  words.blocks = {"prohibited"};
  book.facts = {fact_of("channel", FactKind::choice, words.channel_types, true),
                fact_of("assistant", FactKind::flag, {}, true),
                fact_of("purposes", FactKind::set, {"declared"}, true),
                fact_of("platforms", FactKind::set, {"jexi", "hex"}, true),
                fact_of("sector", FactKind::choice, {"retail", "health"}),
                fact_of("aiUse", FactKind::set, {"converse", "act"}),
                fact_of("obviousAi", FactKind::flag, {}, false, true),
                fact_of("placedOnMarket", FactKind::date),
                fact_of("employees", FactKind::count)};
  for (const char* code : {"*", "DE", "EEA", "EU", "FR", "GB", "NO", "PR", "RE", "US", "US-CA"})
    book.places.push_back({code, code, {}});
  const auto in = [&](const char* code, std::vector<const char*> parents) {
    for (const char* parent : parents)
      book.places[static_cast<std::size_t>(place_of(book, code))].parents.push_back(place_of(book, parent));
  };
  in("DE", {"EEA", "EU"});
  in("EU", {"EEA"});
  in("FR", {"EEA", "EU"});
  in("NO", {"EEA"});
  in("RE", {"EEA", "EU", "FR"});
  in("US-CA", {"US"});
  book.place_aliases = {{"US-PR", "PR"}};
  book.place_refused = {{"UK", "GB"}};
  for (const char* topic : {"ai-interaction", "consent-prompt", "opt-out-status"})
    book.topics.push_back({topic, {}, {}});
  book.verbatim = {{"unused", "en", "Unused"}, {"eu-text", "en", "Statutory"}};

  Duty report;
  report.kind = DutyKind::offer;
  report.id = 1;
  Duty link;
  link.kind = DutyKind::link;
  link.id = 1;
  Duty notice = disclosure(0);
  notice.says = {0};
  notice.languages = {"fr"};
  notice.verbatim = {1};
  book.rules.push_back(rule_of(book, "baseline", "*", disclosure(0)));
  book.rules.push_back(rule_of(book, "eu-modifier", "EU", disclosure(0)));
  book.rules.push_back(rule_of(book, "eu-notice", "EU", notice));
  book.rules.push_back(rule_of(book, "jexi-report", "*", report));
  book.rules.push_back(rule_of(book, "us-ca-link", "US-CA", link));
  book.rules.push_back(rule_of(book, "us-ca-modifier", "EU", disclosure(0)));
  book.rules[1].modifies = {2};
  book.rules[3].layer = Layer::platform;
  book.rules[3].when.op = Condition::Op::is;
  book.rules[3].when.test = {3, Test::Kind::any, 1, {}, {}};
  book.rules[5].modifies = {4};
  return book;
}

}  // namespace candor::compiler

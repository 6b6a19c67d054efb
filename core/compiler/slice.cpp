#include "core/compiler/slice.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/compiler/icu.h"
#include "core/compiler/reader.h"
#include "core/runtime/format.h"

namespace candor::compiler {
namespace {

// --- places ----------------------------------------------------------------------------------------------------------

std::vector<bool> places_inside(const Rulebook& rulebook, const Deployment& deployment) {
  const std::vector<Place>& places = rulebook.places;
  if (deployment.places.empty()) return std::vector<bool>(places.size(), true);
  std::vector<int> named = deployment.places;
  named.insert(named.end(), deployment.established.begin(), deployment.established.end());
  std::vector<bool> inside(places.size());
  const auto named_has = [&](int place) { return std::count(named.begin(), named.end(), place) > 0; };
  for (std::size_t i = 0; i < places.size(); ++i)
    inside[i] = i == 0 || named_has(static_cast<int>(i)) ||
                std::any_of(places[i].parents.begin(), places[i].parents.end(), named_has);
  const std::vector<bool> members = inside;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (members[i])
      for (int parent : places[i].parents) inside[static_cast<std::size_t>(parent)] = true;
  return inside;
}

// --- rules -----------------------------------------------------------------------------------------------------------

enum class Tri { no, unknown, yes };

/// Whether a condition can hold when nothing is known but the platforms.
Tri evaluate(const Condition& condition, std::uint32_t platforms) {
  switch (condition.op) {
    case Condition::Op::is: {
      const Test& test = condition.test;
      if (test.fact != runtime::fact_platforms) return Tri::unknown;
      const bool holds = test.kind == Test::Kind::none   ? platforms == 0
                         : test.kind == Test::Kind::only ? platforms != 0 && (platforms & ~test.mask) == 0
                                                         : (platforms & test.mask) != 0;
      return holds ? Tri::yes : Tri::no;
    }
    case Condition::Op::negate: return static_cast<Tri>(2 - static_cast<int>(evaluate(condition.of[0], platforms)));
    case Condition::Op::all:
    case Condition::Op::any: break;
  }
  const bool all = condition.op == Condition::Op::all;
  Tri result = all ? Tri::yes : Tri::no;
  for (const Condition& each : condition.of)
    result = all ? std::min(result, evaluate(each, platforms)) : std::max(result, evaluate(each, platforms));
  return result;
}

/// Keeps the items of `from` that `used` names and gives every reference its new index.
template <class T>
std::vector<T> keep_used(const std::vector<T>& from, const std::set<int>& used, std::vector<int>& moved) {
  std::vector<T> kept;
  moved.assign(from.size(), -1);
  for (int index : used) {
    moved[static_cast<std::size_t>(index)] = static_cast<int>(kept.size());
    kept.push_back(from[static_cast<std::size_t>(index)]);
  }
  return kept;
}

/// A modifier applies only where one of the rules it modifies does, so one whose rules are all gone goes too.
void drop_idle_modifiers(const std::vector<Rule>& rules, std::set<int>& kept) {
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (auto at = kept.begin(); at != kept.end();) {
      const std::vector<int>& modifies = rules[static_cast<std::size_t>(*at)].modifies;
      const bool idle = !modifies.empty() &&
                        std::none_of(modifies.begin(), modifies.end(), [&](int rule) { return kept.count(rule) > 0; });
      at = idle ? kept.erase(at) : std::next(at);
      dropped |= idle;
    }
  }
}

void slice_rules(Rulebook& rulebook, const std::vector<bool>& inside, std::uint32_t platforms) {
  std::set<int> used_rules, used_sources, used_verbatim;
  for (std::size_t i = 0; i < rulebook.rules.size(); ++i) {
    Rule& rule = rulebook.rules[i];
    std::erase_if(rule.in, [&](const PlaceEntry& entry) { return !inside[static_cast<std::size_t>(entry.place)]; });
    const bool foreign = rule.layer == Layer::platform && evaluate(rule.when, platforms) == Tri::no;
    if (!rule.in.empty() && !foreign) used_rules.insert(static_cast<int>(i));
  }
  drop_idle_modifiers(rulebook.rules, used_rules);
  std::vector<int> moved_rules, moved_sources, moved_verbatim;
  rulebook.rules = keep_used(rulebook.rules, used_rules, moved_rules);
  for (const Rule& rule : rulebook.rules) {
    for (const PlaceEntry& entry : rule.in) used_sources.insert(entry.source);
    for (const Duty& duty : rule.duties) {
      used_verbatim.insert(duty.verbatim.begin(), duty.verbatim.end());
      if (duty.title >= 0) used_verbatim.insert(duty.title);
    }
  }
  rulebook.sources = keep_used(rulebook.sources, used_sources, moved_sources);
  rulebook.verbatim = keep_used(rulebook.verbatim, used_verbatim, moved_verbatim);
  for (Rule& rule : rulebook.rules) {
    for (PlaceEntry& entry : rule.in) entry.source = moved_sources[static_cast<std::size_t>(entry.source)];
    for (int& modified : rule.modifies) modified = moved_rules[static_cast<std::size_t>(modified)];
    std::erase(rule.modifies, -1);
    for (Duty& duty : rule.duties) {
      for (int& text : duty.verbatim) text = moved_verbatim[static_cast<std::size_t>(text)];
      if (duty.title >= 0) duty.title = moved_verbatim[static_cast<std::size_t>(duty.title)];
    }
  }
}

// --- words -----------------------------------------------------------------------------------------------------------

/// The keys of the messages that the duties of `rulebook` and what the deployment declares can call for.
std::set<std::string> used_keys(const Rulebook& rulebook, const Deployment& deployment) {
  const Vocabulary& words = rulebook.vocabulary;
  std::set<std::string> keys{"action." + words.actions.back()};
  for (const std::string& id : deployment.links) keys.insert("link." + id);
  const auto name = [](const std::vector<std::string>& list, int index) {
    return list[static_cast<std::size_t>(index)];
  };
  const auto topic = [&](const std::string& id) {
    for (const char* part : {".title", ".body", ".short", ".spoken"}) keys.insert(id + part);
  };
  std::vector<std::string> actions;
  for (const std::string& id : words.offers) actions.push_back("offer." + id);
  for (const std::string& id : words.links) actions.push_back("link." + id);
  for (const std::string& id : words.actions) actions.push_back("action." + id);
  for (int kind : deployment.purpose_kinds) keys.insert("purpose." + name(words.purpose_kinds, kind));
  for (const Rule& rule : rulebook.rules)
    for (const Duty& duty : rule.duties) {
      for (int action : duty.actions) keys.insert(name(actions, action));
      switch (duty.kind) {
        case DutyKind::disclose:
          topic(rulebook.topics[static_cast<std::size_t>(duty.topic)].id);
          for (int statement : duty.says) keys.insert("says." + name(words.statements, statement));
          break;
        case DutyKind::consent:
          topic("consent-prompt");
          topic("opt-out-status");
          for (const std::string& id : words.actions) keys.insert("action." + id);
          break;
        case DutyKind::mark: keys.insert("mark." + name(words.marks, duty.id)); break;
        case DutyKind::offer: keys.insert("offer." + name(words.offers, duty.id)); break;
        case DutyKind::link: keys.insert("link." + name(words.links, duty.id)); break;
        case DutyKind::block:
          keys.insert("block." + name(words.blocks, duty.id) + ".title");
          keys.insert("block." + name(words.blocks, duty.id) + ".body");
          break;
        case DutyKind::record: break;
      }
    }
  return keys;
}

std::string tags_of(const std::vector<Locale>& locales) {
  std::string text;
  for (const Locale& locale : locales) text += (text.empty() ? "`" : ", `") + locale.tag + "`";
  return text;
}

/// The locales to keep: the deployment's in its order, or all, then those that a rule demands.
std::vector<int> kept_locales(const Rulebook& rulebook, const std::vector<Locale>& locales,
                              const Deployment& deployment, Issues& issues) {
  std::vector<int> kept;
  const auto keep = [&](int index) {
    if (index >= 0 && !std::count(kept.begin(), kept.end(), index)) kept.push_back(index);
  };
  for (std::size_t i = 0; i < deployment.languages.size(); ++i) {
    const int found = find_locale(locales, deployment.languages[i]);
    if (found < 0)
      issues.push_back({"unknown-language",
                        pointer("/languages", i),
                        "there are no words in `" + deployment.languages[i] + "`, expected one of " + tags_of(locales),
                        {}});
    keep(found);
  }
  if (deployment.languages.empty())
    for (std::size_t i = 0; i < locales.size(); ++i) keep(static_cast<int>(i));
  for (const Rule& rule : rulebook.rules)
    for (const Duty& duty : rule.duties)
      for (const std::string& language : duty.languages) keep(find_locale(locales, language));
  return kept;
}

void apply_overrides(const Deployment& deployment, const std::vector<std::string>& keys, std::vector<Locale>& locales,
                     Issues& issues) {
  for (const Override& words : deployment.overrides) {
    const std::string path = pointer(pointer("/overrides", words.language), words.key);
    const int found = find_locale(locales, words.language);
    if (found < 0) {
      issues.push_back({"unknown-language",
                        path,
                        "there are no words in `" + words.language + "`, expected one of " + tags_of(locales),
                        {}});
      continue;
    }
    Locale& locale = locales[static_cast<std::size_t>(found)];
    const auto index = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), words.key) - keys.begin());
    if (const auto code = compile_message(words.text, needed_plurals(locale), path, issues))
      locale.messages[index] = *code;
  }
}

}  // namespace

std::optional<Slice> slice(const Rulebook& rulebook, const std::vector<Locale>& locales, const Deployment& deployment,
                           Issues& issues) {
  const std::size_t before = issues.size();
  Slice out{rulebook, places_inside(rulebook, deployment), {}};
  slice_rules(out.rulebook, out.inside, deployment.platforms);
  const std::vector<std::string> keys = message_keys(rulebook);
  const std::set<std::string> used = used_keys(out.rulebook, deployment);
  for (int index : kept_locales(out.rulebook, locales, deployment, issues))
    out.locales.push_back(locales[static_cast<std::size_t>(index)]);
  apply_overrides(deployment, keys, out.locales, issues);
  for (Locale& locale : out.locales)
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (!used.count(keys[i])) locale.messages[i].clear();
  if (issues.size() != before) return std::nullopt;
  return out;
}

}  // namespace candor::compiler

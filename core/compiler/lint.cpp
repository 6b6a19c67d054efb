#include "core/compiler/lint.h"

#include <algorithm>

#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

constexpr Day longest_unchecked = 366;           // days
constexpr int platforms_fact = 3;                // the derived facts stand first, in a fixed order
constexpr std::string_view waiting = "-needed";  // blocks that wait for somebody are named for what they need

const Fact& fact_at(const Rulebook& rulebook, int index) { return rulebook.facts[static_cast<std::size_t>(index)]; }
const Place& place_at(const Rulebook& rulebook, int index) { return rulebook.places[static_cast<std::size_t>(index)]; }
const Rule& rule_at(const Rulebook& rulebook, int index) { return rulebook.rules[static_cast<std::size_t>(index)]; }
const Topic& topic_at(const Rulebook& rulebook, int index) { return rulebook.topics[static_cast<std::size_t>(index)]; }

bool contains(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool begins(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool is_house_rule(const Rule& rule) { return begins(rule.id, "house-"); }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string duty_path(const Rule& rule, std::size_t duty) { return pointer(pointer(rule.path, "duties"), duty); }

// --- facts -----------------------------------------------------------------------------------------------------------

/// The last fact, by index, that a condition looks at; -1 where it looks at none.
int last_fact(const Condition& condition) {
  if (condition.op == Condition::Op::is) return condition.test.fact;
  int last = -1;
  for (const Condition& each : condition.of) last = std::max(last, last_fact(each));
  return last;
}

void presumptions_look_up(const Rulebook& rulebook, Issues& issues) {
  for (std::size_t i = 0; i < rulebook.facts.size(); ++i) {
    const Fact& fact = rulebook.facts[i];
    for (std::size_t k = 0; k < fact.presume.size(); ++k) {
      const int last = fact.presume[k].when ? last_fact(*fact.presume[k].when) : -1;
      if (last < static_cast<int>(i)) continue;
      issues.push_back(
          {"presumes-below", pointer(pointer(pointer("facts.json#/facts", i), "presume"), k),
           "`" + fact.name + "` looks at `" + fact_at(rulebook, last).name + "`, which does not stand above it",
           "move it above"});
    }
  }
}

// --- sources ---------------------------------------------------------------------------------------------------------

void sources_are_fresh(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules)
    for (const PlaceEntry& entry : rule.in) {
      const Source& source = rulebook.sources[static_cast<std::size_t>(entry.source)];
      if (rulebook.date - source.checked <= longest_unchecked) continue;
      issues.push_back({"stale-source", pointer(rule.path, "in"),
                        "the source " + in_backticks(source.id) + " was last checked on " + format_date(source.checked),
                        "read it again and set `checked`"});
    }
}

void low_confidence_is_pending(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules) {
    for (const PlaceEntry& entry : rule.in) {
      const Source& source = rulebook.sources[static_cast<std::size_t>(entry.source)];
      if (source.confidence == "low" && rule.severity != Severity::pending)
        issues.push_back({"low-confidence", pointer(rule.path, "severity"),
                          "the source " + in_backticks(source.id) + " is of low confidence", "pending"});
    }
    for (std::size_t i = 0; i < rule.duties.size(); ++i)
      if (rule.severity == Severity::pending &&
          rule.duties[i].severity.value_or(Severity::pending) != Severity::pending)
        issues.push_back({"pending-overridden", pointer(duty_path(rule, i), "severity"),
                          "a duty of a pending rule cannot bind", "pending"});
  }
}

// --- ids -------------------------------------------------------------------------------------------------------------

/// Whether `a` and `b` are one place, or one lies in the other.
bool related(const Rulebook& rulebook, int a, int b) {
  return a == b || contains(place_at(rulebook, a).parents, b) || contains(place_at(rulebook, b).parents, a);
}

bool names_a_place(const Rulebook& rulebook, const Rule& rule) {
  for (std::size_t i = 0; i < rulebook.places.size(); ++i) {
    if (!begins(rule.id, lower(rulebook.places[i].code) + '-')) continue;
    for (const PlaceEntry& entry : rule.in)
      if (related(rulebook, entry.place, static_cast<int>(i))) return true;
  }
  return false;
}

void ids_name_what_they_belong_to(const Rulebook& rulebook, Issues& issues) {
  const auto refuse = [&](const Rule& rule, const std::string& prefix) {
    issues.push_back({"bad-prefix", pointer(rule.path, "id"),
                      in_backticks(rule.id) + " does not begin with what the rule belongs to", prefix});
  };
  for (const Rule& rule : rulebook.rules) {
    if (rule.layer == Layer::law && rule.in.front().place == 0) {
      if (!begins(rule.id, "candor-")) refuse(rule, "candor-");
    } else if (rule.layer == Layer::law) {
      if (!names_a_place(rulebook, rule)) refuse(rule, lower(place_at(rulebook, rule.in.front().place).code) + '-');
    } else if (rule.layer == Layer::platform) {
      const std::vector<std::string>& platforms = fact_at(rulebook, platforms_fact).values;
      if (std::none_of(platforms.begin(), platforms.end(),
                       [&](const std::string& platform) { return begins(rule.id, platform + '-'); }))
        refuse(rule, platforms.empty() ? std::string() : platforms.front() + '-');
    }
  }
}

// --- platforms -------------------------------------------------------------------------------------------------------

/// Whether a condition can hold only where the deployment names a platform.
bool requires_platform(const Condition& condition) {
  switch (condition.op) {
    case Condition::Op::is: return condition.test.fact == platforms_fact && condition.test.kind != Test::Kind::none;
    case Condition::Op::all: return std::any_of(condition.of.begin(), condition.of.end(), requires_platform);
    case Condition::Op::any:
      return !condition.of.empty() && std::all_of(condition.of.begin(), condition.of.end(), requires_platform);
    case Condition::Op::negate: break;
  }
  return false;
}

void platform_rules_ask_for_the_platform(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules)
    if (rule.layer == Layer::platform && !requires_platform(rule.when))
      issues.push_back({"platform-not-named", pointer(rule.path, "when"),
                        "the rule would apply whatever platforms the deployment names", "{ \"platforms\": … }"});
}

// --- modifiers -------------------------------------------------------------------------------------------------------

void modifiers_run_in_no_circle(const Rulebook& rulebook, Issues& issues) {
  for (std::size_t i = 0; i < rulebook.rules.size(); ++i) {
    std::vector<int> seen, open = rulebook.rules[i].modifies;
    while (!open.empty()) {
      const int next = open.back();
      open.pop_back();
      if (contains(seen, next)) continue;
      seen.push_back(next);
      const std::vector<int>& more = rule_at(rulebook, next).modifies;
      open.insert(open.end(), more.begin(), more.end());
    }
    if (contains(seen, static_cast<int>(i)))
      issues.push_back({"modifies-cycle",
                        pointer(rulebook.rules[i].path, "modifies"),
                        "`" + rulebook.rules[i].id + "` modifies itself by way of others",
                        {}});
  }
}

void modifiers_find_their_duty(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules) {
    if (rule.modifies.empty()) continue;
    for (std::size_t i = 0; i < rule.duties.size(); ++i) {
      const Duty& added = rule.duties[i];
      const bool found = std::any_of(rule.modifies.begin(), rule.modifies.end(), [&](int modified) {
        const std::vector<Duty>& duties = rule_at(rulebook, modified).duties;
        return std::any_of(duties.begin(), duties.end(),
                           [&](const Duty& duty) { return duty.kind == added.kind && duty.topic == added.topic; });
      });
      if (!found)
        issues.push_back({"modifier-without-effect",
                          duty_path(rule, i),
                          "no rule that it modifies has a duty of this kind and topic",
                          {}});
    }
  }
}

// --- duties ----------------------------------------------------------------------------------------------------------

void disclosures_are_complete(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules)
    for (std::size_t i = 0; i < rule.duties.size(); ++i) {
      const Duty& duty = rule.duties[i];
      if (duty.kind != DutyKind::disclose || !rule.modifies.empty()) continue;
      if (duty.says.empty() && duty.verbatim.empty() && !topic_at(rulebook, duty.topic).covers.empty())
        issues.push_back(
            {"says-nothing", pointer(duty_path(rule, i), "says"), "a disclosure that says nothing", "add `says`"});
      if (duty.timing < 0)
        issues.push_back({"without-timing", pointer(duty_path(rule, i), "timing"),
                          "a disclosure that does not say when", "add `timing`"});
    }
}

/// The topic, other than those that cover it on the side, whose notices open with `statement`; null where there is
/// none.
const Topic* home_of(const Rulebook& rulebook, int statement) {
  for (const Topic& topic : rulebook.topics)
    if (!topic.covers.empty() && topic.covers.front() == statement) return &topic;
  return nullptr;
}

/// A notice opens with what its topic covers. A disclosure that wants none of that, and only what other topics open
/// with, stands under the wrong topic.
void disclosures_fit_their_topic(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules) {
    for (std::size_t i = 0; i < rule.duties.size(); ++i) {
      const Duty& duty = rule.duties[i];
      if (duty.kind != DutyKind::disclose || duty.says.empty() || !duty.verbatim.empty()) continue;
      const Topic& topic = topic_at(rulebook, duty.topic);
      const bool belongs_elsewhere = std::all_of(duty.says.begin(), duty.says.end(), [&](int statement) {
        return !contains(topic.covers, statement) && home_of(rulebook, statement);
      });
      if (topic.covers.empty() || !belongs_elsewhere) continue;
      issues.push_back({"says-topic-mismatch", pointer(duty_path(rule, i), "says"),
                        "nothing of this is what a notice of `" + topic.id + "` opens with",
                        home_of(rulebook, duty.says.front())->id});
    }
  }
}

void blocks_say_what_ends_them(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules)
    for (std::size_t i = 0; i < rule.duties.size(); ++i) {
      const Duty& duty = rule.duties[i];
      if (duty.kind != DutyKind::block || !duty.until.empty()) continue;
      const std::string& block = rulebook.vocabulary.blocks[static_cast<std::size_t>(duty.id)];
      if (block.size() > waiting.size() && block.substr(block.size() - waiting.size()) == waiting)
        issues.push_back({"block-without-end", pointer(duty_path(rule, i), "until"),
                          "`" + block + "` waits for somebody and does not say for what", "fact=value"});
    }
}

bool takes_all(const ConsentRow& row) {
  return row.kinds.empty() && !row.own_service && !row.shared && !row.sensitive && !row.sells;
}

void rows_are_reachable(const Rulebook& rulebook, Issues& issues) {
  for (const Rule& rule : rulebook.rules)
    for (std::size_t i = 0; i < rule.duties.size(); ++i) {
      const std::vector<ConsentRow>& rows = rule.duties[i].rows;
      const auto last = std::find_if(rows.begin(), rows.end(), takes_all);
      if (last != rows.end() && last + 1 != rows.end())
        issues.push_back(
            {"unreachable",
             pointer(pointer(duty_path(rule, i), "rows"), static_cast<std::size_t>(last + 1 - rows.begin())),
             "the row before it takes every purpose", "move it up"});
    }
}

void statutory_texts_are_used(const Rulebook& rulebook, Issues& issues) {
  for (std::size_t text = 0; text < rulebook.verbatim.size(); ++text) {
    const auto uses = [text](const Duty& duty) {
      return contains(duty.verbatim, static_cast<int>(text)) || duty.title == static_cast<int>(text);
    };
    const bool used = std::any_of(rulebook.rules.begin(), rulebook.rules.end(), [&](const Rule& rule) {
      return std::any_of(rule.duties.begin(), rule.duties.end(), uses);
    });
    if (!used)
      issues.push_back({"unused-verbatim",
                        pointer("#/verbatim", rulebook.verbatim[text].id),
                        "no duty uses the text " + in_backticks(rulebook.verbatim[text].id),
                        {}});
  }
}

using Check = void (*)(const Rulebook&, Issues&);
constexpr Check checks[] = {
    presumptions_look_up,
    sources_are_fresh,
    low_confidence_is_pending,
    ids_name_what_they_belong_to,
    platform_rules_ask_for_the_platform,
    modifiers_run_in_no_circle,
    modifiers_find_their_duty,
    disclosures_are_complete,
    disclosures_fit_their_topic,
    blocks_say_what_ends_them,
    rows_are_reachable,
    statutory_texts_are_used,
};

// --- cases -----------------------------------------------------------------------------------------------------------

/// Whether a case shows that a pending rule does nothing but be listed.
bool expects_no_effect(const Case& each, std::string_view rule) {
  if (each.excludes(rule) || each.expect.find("noNotice")) return true;
  for (const char* output : {"offers", "blocks", "marks", "links", "records"})
    if (const Json* list = each.expect.find(output); list && list->items.empty()) return true;
  return false;
}

/// Whether the place `code`, in the spelling of a case, is `place` or lies in it.
bool lies_in(const Rulebook& rulebook, const std::string& code, int place) {
  const auto found = std::find_if(rulebook.places.begin(), rulebook.places.end(),
                                  [&](const Place& each) { return lower(each.code) == lower(code); });
  if (found == rulebook.places.end()) return false;
  return found - rulebook.places.begin() == place || contains(found->parents, place);
}

/// The kinds of cases that `rule` lacks, as a message lists them.
std::string missing_cases(const Rulebook& rulebook, const Rule& rule, const std::vector<Case>& cases) {
  const auto any = [&](auto holds) {
    return std::any_of(cases.begin(), cases.end(),
                       [&](const Case& each) { return each.is_for(rule.id) && holds(each); });
  };
  // On a day, in the place of an entry or in one that lies there.
  const auto on = [&](const PlaceEntry& entry, Day day) {
    return any([&](const Case& each) {
      if (!each.at || *each.at != day) return false;
      if (rule.layer != Layer::law) return true;
      const Json* places = each.situation.find("jurisdictions");
      return places && std::any_of(places->items.begin(), places->items.end(),
                                   [&](const Json& place) { return lies_in(rulebook, place.string, entry.place); });
    });
  };
  const auto everywhere = [&](auto holds) { return std::all_of(rule.in.begin(), rule.in.end(), holds); };
  std::string missing;
  const auto need = [&](const char* what, bool found) {
    if (!found) missing += (missing.empty() ? "" : ", ") + std::string(what);
  };
  if (rule.never || rule.severity == Severity::pending) {
    need("one in which it fires nothing", any([&](const Case& each) { return expects_no_effect(each, rule.id); }));
    return missing;
  }
  need("one in which it applies", any([&](const Case& each) { return each.expects(rule.id); }));
  need("one in which it does not", any([&](const Case& each) { return each.excludes(rule.id); }));
  const bool dated = rule.layer != Layer::law || rule.in.front().place != 0;
  if (!dated) return missing;
  const auto begins_after = [&](const PlaceEntry& entry) { return on(entry, entry.from - 1); };
  const auto begins_on = [&](const PlaceEntry& entry) { return on(entry, entry.from); };
  const auto ends_on = [&](const PlaceEntry& entry) { return !entry.until || on(entry, *entry.until); };
  const auto ends_before = [&](const PlaceEntry& entry) { return !entry.until || on(entry, *entry.until + 1); };
  need("one on the day before its date in each place", everywhere(begins_after));
  need("one on the day of its date in each place", everywhere(begins_on));
  need("one on its last day in each place", everywhere(ends_on));
  need("one on the day after its last in each place", everywhere(ends_before));
  return missing;
}

}  // namespace

void lint_rules(const Rulebook& rulebook, Issues& issues) {
  for (const Check check : checks) check(rulebook, issues);
}

void lint_house_rules(const Rulebook& rulebook, Issues& issues) {
  Issues all;
  lint_rules(rulebook, all);
  for (const Rule& rule : rulebook.rules) {
    if (!is_house_rule(rule)) continue;
    for (const Issue& issue : all)
      if (begins(issue.path, rule.path + '/')) issues.push_back(issue);
  }
}

void lint_cases(const Rulebook& rulebook, const std::vector<Case>& cases, Issues& issues) {
  for (const Rule& rule : rulebook.rules) {
    if (is_house_rule(rule)) continue;
    const std::string missing = missing_cases(rulebook, rule, cases);
    if (!missing.empty())
      issues.push_back({"without-cases", rule.path, "`" + rule.id + "` has no case of these kinds: " + missing,
                        "add them to tests/cases/"});
  }
}

}  // namespace candor::compiler

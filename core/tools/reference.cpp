#include <algorithm>
#include <map>

#include "core/compiler/codes.h"
#include "core/compiler/reader.h"
#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/report.h"

namespace candor::tools {
namespace {

using compiler::Condition;
using compiler::Fact;
using compiler::FactKind;
using compiler::Place;
using compiler::PlaceEntry;
using compiler::Presumption;
using compiler::Rule;
using compiler::Rulebook;
using compiler::Source;
using compiler::Test;

template <class T>
const T& at(const std::vector<T>& list, int index) {
  return list[static_cast<std::size_t>(index)];
}

constexpr const char* severities[] = {"mandatory", "on request", "safe harbour", "litigation risk",
                                      "advisory",  "block",      "pending"};
constexpr std::string_view generated = "<!-- Written by `candor reference`; change core/rules instead. -->\n\n";

// --- conditions, as people read them ---------------------------------------------------------------------------------

std::string values_of(const Fact& fact, std::uint32_t mask) {
  const std::vector<std::string> flags = {"false", "true"};
  const std::vector<std::string>& names = fact.kind == FactKind::flag ? flags : fact.values;
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (mask >> i & 1) text += (text.empty() ? "" : " or ") + names[i];
  return text;
}

std::string number_of(const Fact& fact, std::int64_t number) {
  return fact.kind == FactKind::date ? compiler::format_date(static_cast<compiler::Day>(number))
                                     : std::to_string(number);
}

std::string words_of(const Rulebook& rulebook, const Test& test) {
  const Fact& fact = at(rulebook.facts, test.fact);
  switch (test.kind) {
    case Test::Kind::in:
    case Test::Kind::any: return fact.name + " is " + values_of(fact, test.mask);
    case Test::Kind::only: return fact.name + " is only " + values_of(fact, test.mask);
    case Test::Kind::none: return fact.name + " is none";
    case Test::Kind::range: break;
  }
  std::string text = fact.name;
  const bool date = fact.kind == FactKind::date;
  if (test.low) text += (date ? " from " : " at least ") + number_of(fact, *test.low);
  if (test.high)
    text += std::string(test.low ? " and" : "") + (date ? " before " : " below ") + number_of(fact, *test.high);
  return text;
}

std::string words_of(const Rulebook& rulebook, const Condition& condition, bool inner = false) {
  if (condition.op == Condition::Op::is) return words_of(rulebook, condition.test);
  if (condition.op == Condition::Op::negate) return "not (" + words_of(rulebook, condition.of.front()) + ")";
  if (condition.of.empty()) return condition.op == Condition::Op::all ? "always" : "never";
  const char* const between = condition.op == Condition::Op::all ? "; and " : "; or ";
  std::string text;
  for (const Condition& each : condition.of) text += (text.empty() ? "" : between) + words_of(rulebook, each, true);
  return inner && condition.of.size() > 1 ? "(" + text + ")" : text;
}

// --- pages -----------------------------------------------------------------------------------------------------------

/// A rule in one place.
struct Line {
  const Rule* rule;
  const PlaceEntry* entry;
};

struct Page {
  std::string file, title, about;
  std::vector<Line> lines;
};

std::string in_force(const Rule& rule, const PlaceEntry& entry) {
  if (rule.never) return "never took effect";
  std::string text = "from " + compiler::format_date(entry.from);
  if (entry.until) text += " to " + compiler::format_date(*entry.until);
  if (entry.grace) text += ", enforced from " + compiler::format_date(*entry.grace);
  if (rule.stayed) text += ", enforcement stayed";
  return text;
}

std::string about_place(const Rulebook& rulebook, const Place& place) {
  std::string within;
  for (int parent : place.parents) within += (within.empty() ? "" : ", ") + at(rulebook.places, parent).code;
  return within.empty() ? "" : "The rules of " + within + " apply as well.";
}

/// A page for each place with rules of law of its own, then one for each platform.
std::vector<Page> pages_of(const Rulebook& rulebook) {
  std::vector<Page> pages;
  for (std::size_t i = 0; i < rulebook.places.size(); ++i) {
    const Place& place = rulebook.places[i];
    const bool unknown = place.code == "*";
    Page page{unknown ? "unknown" : place.code,
              unknown ? "No place known: the baseline" : place.name + " (" + place.code + ")",
              about_place(rulebook, place),
              {}};
    for (const Rule& rule : rulebook.rules)
      for (const PlaceEntry& entry : rule.in)
        if (rule.layer == compiler::Layer::law && entry.place == static_cast<int>(i))
          page.lines.push_back({&rule, &entry});
    if (!page.lines.empty()) pages.push_back(std::move(page));
  }
  std::map<std::string, Page> platforms;
  for (const Rule& rule : rulebook.rules) {
    if (rule.layer == compiler::Layer::law) continue;
    const std::string name = rule.id.substr(0, rule.id.find('-'));
    Page& page = platforms[name];
    page.file = "platform-" + name;
    page.title = at(rulebook.sources, rule.in.front().source).law;
    page.about = "Applies everywhere where the deployment names the platform `" + name + "`.";
    page.lines.push_back({&rule, &rule.in.front()});
  }
  for (auto& [name, page] : platforms) pages.push_back(std::move(page));
  return pages;
}

/// A cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
  return out;
}

std::string markdown(const Rulebook& rulebook, const Page& page) {
  std::string text = std::string(generated) + "# " + page.title + "\n\n" +
                     (page.about.empty() ? "" : page.about + "\n\n") +
                     "| Rule | What to do | In force | Severity | Source | Checked | Confidence |\n"
                     "|---|---|---|---|---|---|---|\n";
  for (const auto& [rule, entry] : page.lines) {
    const Source& source = at(rulebook.sources, entry->source);
    text += "| [" + rule->id + "](#" + rule->id + ") | " + cell(rule->title) + " | " + in_force(*rule, *entry) + " | " +
            severities[static_cast<int>(rule->severity)] + " | [" + cell(source.law + ", " + source.article) + "](<" +
            source.url + ">) | " + compiler::format_date(source.checked) + " | " + source.confidence + " |\n";
  }
  for (const auto& [rule, entry] : page.lines)
    text += "\n## " + rule->id + "\n\n" + rule->title + ".\n\nWhen: " + words_of(rulebook, rule->when) + ".\n" +
            (rule->note.empty() ? "" : "\n" + rule->note + "\n");
  return text;
}

std::string html(const Rulebook& rulebook, const Page& page) {
  std::string text = "<section id=\"" + escape_html(page.file) + "\"><h2>" + escape_html(page.title) + "</h2>\n" +
                     (page.about.empty() ? "" : "<p>" + escape_html(page.about) + "</p>\n") +
                     "<table><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">In force</th><th "
                     "scope=\"col\">Source</th></tr></thead><tbody>\n";
  for (const auto& [rule, entry] : page.lines) {
    const Source& source = at(rulebook.sources, entry->source);
    text += "<tr><th scope=\"row\"><b>" + escape_html(rule->title) + "</b> <code>" + escape_html(rule->id) +
            "</code><small>When: " + escape_html(words_of(rulebook, rule->when)) + "</small><small>" +
            escape_html(rule->note) + "</small></th><td data-channel=\"In force\">" +
            escape_html(in_force(*rule, *entry)) + "<small>" + severities[static_cast<int>(rule->severity)] +
            "</small></td><td data-channel=\"Source\"><a href=\"" + escape_html(source.url) + "\">" +
            escape_html(source.law + ", " + source.article) + "</a><small>checked " +
            compiler::format_date(source.checked) + ", confidence " + escape_html(source.confidence) +
            "</small></td></tr>\n";
  }
  return text + "</tbody></table></section>\n";
}

/// The places that have rules, and by name those that have none.
std::string index_page(const Rulebook& rulebook, const std::vector<Page>& pages) {
  std::string text = std::string(generated) + "# The rulebook, place by place\n\nResearched up to " +
                     compiler::format_date(rulebook.date) +
                     ". Rules of severity pending are unverified and bind nobody. This is no legal advice.\n\n"
                     "| Page | Rules |\n|---|---|\n";
  for (const Page& page : pages)
    text += "| [" + cell(page.title) + "](<" + page.file + ".md>) | " + std::to_string(page.lines.size()) + " |\n";
  text += "\nCountries without a rule of their own or of a union that they lie in: ";
  std::string none;
  for (const Place& place : rulebook.places) {
    const auto has_page = [&](const std::string& code) {
      return std::any_of(pages.begin(), pages.end(), [&](const Page& page) { return page.file == code; });
    };
    bool ruled = place.code == "*" || place.code.find('-') != std::string::npos || has_page(place.code);
    for (int parent : place.parents) ruled = ruled || has_page(at(rulebook.places, parent).code);
    if (!ruled) none += (none.empty() ? "" : ", ") + place.name;
  }
  text += none + ".\n";
  for (const compiler::Preemption& law : rulebook.preemptions)
    text += "\n" + at(rulebook.places, law.place).name + ", preemption: " + law.note + "\n";
  return text;
}

std::string errors_page() {
  std::string text =
      std::string(generated) +
      "# Errors and warnings\n\nCodes are stable. An error refuses the input; a warning goes with an answer.\n\n"
      "| Code | Level | What is wrong | What to do |\n|---|---|---|---|\n";
  for (const compiler::Code& code : compiler::all_codes())
    text += "| `" + std::string(code.code) + "` | " + (code.level == compiler::Level::error ? "error" : "warning") +
            " | " + cell(code.summary) + " | " + cell(code.fix) + " |\n";
  return text;
}

std::string presumed(const Rulebook& rulebook, const Fact& fact) {
  if (fact.derived) return "computed";
  if (fact.silent) return "unknown, asks nothing";
  std::string text;
  for (const Presumption& each : fact.presume) {
    std::string value = each.ask ? "ask"
                        : fact.kind == FactKind::count || fact.kind == FactKind::date
                            ? number_of(fact, each.value.number)
                            : values_of(fact, each.value.mask);
    if (value.empty()) value = "none";
    text += (text.empty() ? "" : "; ") + value + (each.when ? " where " + words_of(rulebook, *each.when) : "");
  }
  const bool decided = !fact.presume.empty() && !fact.presume.back().when;
  return text.empty() ? "ask" : text + (decided ? "" : "; else ask");
}

std::string facts_page(const Rulebook& rulebook) {
  constexpr const char* kinds[] = {"flag", "choice", "set", "date", "count"};
  std::string text =
      std::string(generated) +
      "# The vocabulary of facts\n\nClosed: another name is refused with the nearest one. \"Lifts\": the fact can "
      "only remove duties, so in a page it counts only when the deployment claims or vouches for it.\n";
  std::string group;
  for (const Fact& fact : rulebook.facts) {
    if (fact.group != group)
      text += "\n## " + fact.group + "\n\n| Fact | Kind | What it says | Presumed |\n|---|---|---|---|\n";
    group = fact.group;
    std::string kind = kinds[static_cast<int>(fact.kind)];
    for (std::size_t i = 0; i < fact.values.size(); ++i) kind += (i ? ", " : ": ") + fact.values[i];
    text += "| `" + fact.name + "`" + (fact.lifts ? " (lifts)" : "") + " | " + kind + " | " + cell(fact.doc) + " | " +
            cell(presumed(rulebook, fact)) + " |\n";
  }
  return text;
}

}  // namespace

Outcome reference(const Invocation& invocation) {
  compiler::Issues issues;
  const auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const Rulebook& rulebook = law->rulebook;
  const std::vector<Page> pages = pages_of(rulebook);
  Outcome outcome;
  const auto write = [&](const std::string& name, std::string text) {
    outcome.files.emplace_back(join_path(invocation.option("out"), name), std::move(text));
  };
  std::string contents, sections;
  for (const Page& page : pages) {
    write("law/" + page.file + ".md", markdown(rulebook, page));
    contents += "<li><a href=\"#" + escape_html(page.file) + "\">" + escape_html(page.title) + "</a></li>";
    sections += html(rulebook, page);
  }
  write("law/README.md", index_page(rulebook, pages));
  write("errors.md", errors_page());
  write("facts.md", facts_page(rulebook));
  if (invocation.has("html"))
    write("reference.html", html_page("The rulebook of Candor, place by place",
                                      "<p>Researched up to " + compiler::format_date(rulebook.date) +
                                          ". Rules of severity pending are unverified and bind nobody. This is no "
                                          "legal advice.</p>\n<ul class=\"contents\">" +
                                          contents + "</ul>\n" + sections));
  outcome.out =
      std::to_string(outcome.files.size()) + " pages of " + std::to_string(rulebook.rules.size()) + " rules\n";
  return outcome;
}

}  // namespace candor::tools

#include "core/compiler/rulebook.h"

#include <algorithm>
#include <numeric>

#include "core/compiler/facts.h"
#include "core/compiler/json.h"
#include "core/compiler/pack.h"
#include "core/compiler/places.h"
#include "core/compiler/reader.h"
#include "core/compiler/rules.h"
#include "core/compiler/topics.h"

namespace candor::compiler {
namespace {

struct ParsedFile {
  std::string name;
  RuleFile kind;
  Json document;
};

using ReadPart = void (*)(const Json&, const std::string& path, Rulebook&, Issues&);
struct Part {
  const char* file;
  ReadPart read;
};
/// In an order in which each needs only those above it.
constexpr Part parts[] = {{"vocabulary.json", read_vocabulary},
                          {"facts.json", read_facts},
                          {"places.json", read_places},
                          {"topics.json", read_topics}};
constexpr const char* unknown_place_file = "unknown.json";

bool begins(const std::string& text, std::string_view prefix) { return text.compare(0, prefix.size(), prefix) == 0; }
bool ends(const std::string& text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

std::optional<RuleFile> rule_file_kind(const std::string& name) {
  if (name == unknown_place_file) return RuleFile::baseline;
  if (!ends(name, ".json")) return std::nullopt;
  if (begins(name, "law/")) return RuleFile::law;
  if (begins(name, "platform/")) return RuleFile::platform;
  return std::nullopt;
}

bool is_part(const std::string& name) {
  return std::any_of(std::begin(parts), std::end(parts), [&](const Part& part) { return name == part.file; });
}

/// False where a part could not be read at all: every name in the rules would be unknown.
bool read_parts(const SourceFiles& files, Rulebook& rulebook, Issues& issues) {
  bool complete = true;
  const auto missing = [&](const char* name) {
    issues.push_back({"missing-file", root_path(name), "the file is missing", {}});
  };
  for (const Part& part : parts) {
    const auto file = files.find(part.file);
    if (file == files.end()) missing(part.file);
    const std::optional<Json> document =
        file == files.end() ? std::nullopt : read_json(file->second, part.file, issues);
    if (document) part.read(*document, root_path(part.file), rulebook, issues);
    else complete = false;
  }
  if (!files.count(unknown_place_file)) missing(unknown_place_file);
  return complete;
}

std::vector<ParsedFile> parse_rule_files(const SourceFiles& files, Issues& issues) {
  std::vector<ParsedFile> parsed;
  for (const auto& [name, text] : files) {
    if (is_part(name)) continue;
    const std::optional<RuleFile> kind = rule_file_kind(name);
    if (!kind) {
      issues.push_back(
          {"unknown-file",
           root_path(name),
           "expected law/<place>/<law>.json, platform/<platform>.json or a file that docs/sources.md names",
           {}});
    } else if (std::optional<Json> document = read_json(text, name, issues)) {
      parsed.push_back({name, *kind, std::move(*document)});
    }
  }
  return parsed;
}

void read_rule_files(const std::vector<ParsedFile>& files, Rulebook& rulebook, Issues& issues) {
  for (const ParsedFile& file : files) read_verbatim(file.document, root_path(file.name), rulebook, issues);
  for (const ParsedFile& file : files) read_rules(file.document, file.name, file.kind, rulebook, issues);
}

/// Sorts the sources by id and follows with the entries that refer to them.
void sort_sources(Rulebook& rulebook) {
  std::vector<std::size_t> order(rulebook.sources.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rulebook.sources[a].id < rulebook.sources[b].id; });
  std::vector<Source> sorted;
  std::vector<int> moved(order.size());
  for (const std::size_t old : order) {
    moved[old] = static_cast<int>(sorted.size());
    sorted.push_back(std::move(rulebook.sources[old]));
  }
  rulebook.sources = std::move(sorted);
  for (Rule& rule : rulebook.rules)
    for (PlaceEntry& entry : rule.in) entry.source = moved[static_cast<std::size_t>(entry.source)];
}

/// Sorts the rules by id and resolves what they modify.
void sort_rules(Rulebook& rulebook, Issues& issues) {
  std::stable_sort(rulebook.rules.begin(), rulebook.rules.end(),
                   [](const Rule& a, const Rule& b) { return a.id < b.id; });
  std::vector<std::string> ids;
  for (const Rule& rule : rulebook.rules) {
    if (!ids.empty() && !rule.id.empty() && ids.back() == rule.id)
      issues.push_back(
          {"duplicate-id", pointer(rule.path, "id"), "there is already a rule " + in_backticks(rule.id), {}});
    ids.push_back(rule.id);
  }
  for (Rule& rule : rulebook.rules) {
    rule.modifies.clear();
    for (std::size_t i = 0; i < rule.modifies_ids.size(); ++i) {
      const int index = index_of(ids, rule.modifies_ids[i]);
      if (index >= 0) rule.modifies.push_back(index);
      else
        issues.push_back({"unknown-rule", pointer(pointer(rule.path, "modifies"), i),
                          in_backticks(rule.modifies_ids[i]) + " is no rule", nearest(rule.modifies_ids[i], ids)});
    }
  }
}

/// Ends the rules that a law of a greater place ends, in the places that lie in it.
void preempt(Rulebook& rulebook, Issues& issues) {
  std::vector<std::string> ids;
  for (const Rule& rule : rulebook.rules) ids.push_back(rule.id);
  for (const Preemption& law : rulebook.preemptions)
    for (std::size_t i = 0; i < law.ends.size(); ++i) {
      const int index = index_of(ids, law.ends[i]);
      const auto report = [&](const char* code, const std::string& message) {
        issues.push_back({code, pointer(pointer(law.path, "ends"), i), message, nearest(law.ends[i], ids)});
      };
      if (index < 0) {
        report("unknown-rule", in_backticks(law.ends[i]) + " is no rule");
        continue;
      }
      bool any = false;
      for (PlaceEntry& entry : rulebook.rules[static_cast<std::size_t>(index)].in) {
        const std::vector<int>& parents = rulebook.places[static_cast<std::size_t>(entry.place)].parents;
        if (!std::count(parents.begin(), parents.end(), law.place)) continue;
        any = true;
        entry.until = std::min(entry.until.value_or(law.from - 1), law.from - 1);
      }
      if (!any)
        report("preempts-nothing", "`" + law.ends[i] + "` holds in no place that lies in " +
                                       rulebook.places[static_cast<std::size_t>(law.place)].code);
    }
}

void link(Rulebook& rulebook, Issues& issues) {
  sort_sources(rulebook);
  sort_rules(rulebook, issues);
}

}  // namespace

std::optional<Rulebook> read_rulebook(const SourceFiles& files, Issues& issues) {
  const std::size_t before = issues.size();
  Rulebook rulebook;
  const bool complete = read_parts(files, rulebook, issues);
  const std::vector<ParsedFile> rule_files = parse_rule_files(files, issues);
  if (complete) {
    read_rule_files(rule_files, rulebook, issues);
    link(rulebook, issues);
    preempt(rulebook, issues);
    check_fits(rulebook, issues);
  }
  if (issues.size() > before) return std::nullopt;
  return rulebook;
}

void add_house_rules(Rulebook& rulebook, const SourceFiles& house_files, Issues& issues) {
  std::vector<ParsedFile> files;
  for (const auto& [name, text] : house_files)
    if (std::optional<Json> document = read_json(text, name, issues))
      files.push_back({name, RuleFile::house, std::move(*document)});
  for (const ParsedFile& file : files)
    if (const Json* facts = file.document.find("facts"))
      read_house_facts(*facts, pointer(root_path(file.name), "facts"), rulebook, issues);
  read_rule_files(files, rulebook, issues);
  link(rulebook, issues);
  check_fits(rulebook, issues);
}

}  // namespace candor::compiler

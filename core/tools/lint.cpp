#include "core/compiler/lint.h"

#include <algorithm>

#include "core/compiler/cases.h"
#include "core/compiler/codes.h"
#include "core/compiler/reader.h"
#include "core/compiler/rulebook.h"
#include "core/compiler/slice.h"
#include "core/compiler/words.h"
#include "core/tools/command.h"
#include "core/tools/law.h"

namespace candor::tools {
namespace {

using compiler::Issues;
using compiler::SourceFiles;

/// The JSON files below the folder behind option `name`, by their path relative to it.
SourceFiles read_folder(const Invocation& invocation, std::string_view name, Issues& issues) {
  const std::string folder = join_path(invocation.option(name), "");
  SourceFiles files;
  for (const std::string& path : invocation.host.list(folder.substr(0, folder.size() - 1))) {
    if (!path.ends_with(".json")) continue;
    auto text = invocation.host.read(path);
    if (text) files[path.substr(folder.size())] = std::move(*text);
    else issues.push_back({"unreadable", path, "the file cannot be read", {}});
  }
  if (files.empty()) issues.push_back({"unreadable", folder, "the folder has no JSON files", {}});
  return files;
}

/// Puts the folder behind option `name` before the paths of the issues from `first` on.
void locate_folder(const Invocation& invocation, std::string_view name, Issues& issues, std::size_t first) {
  for (std::size_t i = first; i < issues.size(); ++i)
    issues[i].path = join_path(invocation.option(name), issues[i].path);
}

void lint_locales(const SourceFiles& files, const Law& law, Issues& issues) {
  for (const auto& [name, text] : files) {
    if (name == "glossary.json") continue;
    const auto document = compiler::read_json(text, name, issues);
    if (!document) continue;
    const std::string tag = name.substr(0, name.size() - std::string_view(".json").size());
    const auto found = std::find_if(law.locales.begin(), law.locales.end(),
                                    [&](const compiler::Locale& locale) { return locale.tag == tag; });
    if (found == law.locales.end()) {
      issues.push_back({"unknown-language",
                        name,
                        "this build has no plurals, dates and lists of `" + tag + "`, run script/build",
                        {}});
      continue;
    }
    compiler::Locale locale = *found;
    compiler::read_messages(*document, name, law.rulebook, locale, issues);
  }
}

void lint_overrides(const compiler::Deployment& deployment, Issues& issues) {
  for (const compiler::Override& words : deployment.overrides)
    compiler::lint_words(words.language, words.key, words.text, issues,
                         compiler::pointer(compiler::pointer("/overrides", words.language), words.key));
}

std::string success(const Issues& warnings, const std::vector<std::pair<const char*, std::size_t>>& counts) {
  std::string out = R"({"type":"success","warnings":)" + issues_json(warnings) + R"(,"value":{)";
  for (const auto& [name, count] : counts)
    out += (out.back() == '{' ? "" : ",") + compiler::quote_json(name) + ':' + std::to_string(count);
  return out + "}}\n";
}

}  // namespace

Outcome lint(const Invocation& invocation) {
  Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  if (invocation.has("rules")) {
    const SourceFiles files = read_folder(invocation, "rules", issues);
    const std::size_t first = issues.size();
    auto rulebook = files.empty() ? std::nullopt : compiler::read_rulebook(files, issues);
    locate_folder(invocation, "rules", issues, first);
    if (!rulebook) return refuse(issues);
    law->rulebook = std::move(*rulebook);
  }
  std::vector<std::pair<const char*, std::size_t>> counts = {{"rules", law->rulebook.rules.size()}};
  std::size_t first = issues.size();
  compiler::lint_rules(law->rulebook, issues);
  if (invocation.has("rules")) locate_folder(invocation, "rules", issues, first);
  if (invocation.has("locales")) {
    const SourceFiles files = read_folder(invocation, "locales", issues);
    first = issues.size();
    lint_locales(files, *law, issues);
    locate_folder(invocation, "locales", issues, first);
    counts.emplace_back("locales", files.size() - files.count("glossary.json"));
  }
  if (invocation.has("cases")) {
    const SourceFiles files = read_folder(invocation, "cases", issues);
    first = issues.size();
    const auto cases = compiler::read_cases(files, law->rulebook, issues);
    compiler::lint_cases(law->rulebook, cases, issues);
    locate_folder(invocation, "cases", issues, first);
    counts.emplace_back("cases", cases.size());
  }
  if (invocation.has("deployment")) {
    const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
    compiler::lint_house_rules(law->rulebook, issues);
    first = issues.size();
    if (deployment) lint_overrides(*deployment, issues);
    if (deployment) compile_first(*law, *deployment, {}, invocation.host.today(), issues);
    locate(invocation, "deployment", issues, first);
  }
  if (compiler::has_errors(issues)) return refuse(issues);
  return {0, success(issues, counts), lines_of(issues), {}};
}

}  // namespace candor::tools

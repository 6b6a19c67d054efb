#include "tests/corpus/corpus.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "core/compiler/input.h"
#include "core/compiler/pack.h"
#include "core/compiler/situation.h"

namespace candor::corpus {
namespace {

namespace fs = std::filesystem;
using compiler::Case;
using compiler::Deployment;
using compiler::Issues;
using compiler::Json;

constexpr const char* folder = "tests/cases";

[[noreturn]] void die(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(1);
}

[[noreturn]] void die(const Issues& issues) {
  std::string message;
  for (const compiler::Issue& issue : issues) message += issue.path + ": " + issue.message + '\n';
  die(message);
}

compiler::SourceFiles case_files() {
  compiler::SourceFiles files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".json") continue;
    std::ifstream in(at->path(), std::ios::binary);
    files[at->path().lexically_relative(folder).generic_string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  if (files.empty()) die(std::string("there are no cases in ") + folder);
  return files;
}

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

void set(Json& object, std::string_view key, Json value) {
  for (Json::Member& member : object.members)
    if (member.key == key) return void(member.value = std::move(value));
  object.members.push_back({std::string(key), std::move(value)});
}

/// How many cases one of the files stands for: two for each day that it names, else one.
std::size_t days_of(const Json& one) {
  const Json* starts = one.find("starts");
  const Json* ends = one.find("ends");
  if (!starts && !ends) return 1;
  return 2 * ((starts ? starts->members.size() : 0) + (ends ? ends->members.size() : 0));
}

}  // namespace

const tools::Law& law() {
  static const tools::Law law = [] {
    Issues issues;
    auto read = tools::embedded_law(issues);
    if (!read) die(issues);
    return std::move(*read);
  }();
  return law;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> cases = [] {
    Issues issues;
    auto read = compiler::read_cases(case_files(), law().rulebook, issues);
    if (!issues.empty()) die(issues);
    return read;
  }();
  return cases;
}

std::size_t cases_in_files() {
  std::size_t count = 0;
  for (const auto& [name, text] : case_files()) {
    Issues issues;
    const auto document = compiler::read_json(text, name, issues);
    const Json* list = document ? document->find("cases") : nullptr;
    if (list)
      for (const Json& one : list->items) count += days_of(one);
  }
  return count;
}

std::vector<std::string> shipped_packs() {
  std::vector<std::string> packs = {std::string(tools::embedded("dist/rules.pack"))};
  for (const compiler::Locale& locale : law().locales)
    packs.emplace_back(tools::embedded("dist/locales/" + locale.tag + ".pack"));
  return packs;
}

// --- deployments -----------------------------------------------------------------------------------------------------

std::optional<Deployment> deployment_of(const Json& document, Issues& issues) {
  return compiler::read_deployment(document, law().rulebook, issues);
}

namespace {

/// Most cases share a deployment, and making a bundle takes longer than asking it.
template <class Make>
const std::string& once(const Deployment& deployment, std::map<std::string, std::string>& made, Make make) {
  const auto [at, added] = made.emplace(compiler::write_json(deployment.document, 0), std::string());
  if (added) at->second = make();
  return at->second;
}

}  // namespace

std::string whole_bundle(const Deployment& deployment) {
  static std::map<std::string, std::string> made;
  static const std::string hash = compiler::rulebook_hash(law().rulebook);
  return once(deployment, made, [&] {
    const std::vector<bool> everywhere(law().rulebook.places.size(), true);
    return compiler::pack_bundle({law().rulebook, everywhere, hash, law().locales, compiler::flatten(deployment)});
  });
}

std::string crowded_bundle(const Deployment& deployment) {
  compiler::Rulebook rulebook = law().rulebook;
  const auto japan = std::find_if(rulebook.places.begin(), rulebook.places.end(),
                                  [](const compiler::Place& place) { return place.code == "JP"; });
  for (std::size_t i = 0; rulebook.rules.size() < runtime::Book::max_rules; ++i) {
    compiler::Rule copy = law().rulebook.rules[i % law().rulebook.rules.size()];
    // Behind all others, for rules are sorted; small, for a bundle is at most 256 KiB.
    copy.id = "zz-" + std::to_string(10'000 + i);
    copy.modifies.clear();
    copy.in.resize(1);
    copy.duties.resize(1);
    copy.in[0].place = static_cast<int>(japan - rulebook.places.begin());
    rulebook.rules.push_back(std::move(copy));
  }
  const std::vector<bool> everywhere(rulebook.places.size(), true);
  return compiler::pack_bundle(
      {rulebook, everywhere, compiler::rulebook_hash(law().rulebook), law().locales, compiler::flatten(deployment)});
}

std::string sliced_bundle(const Deployment& deployment) {
  static std::map<std::string, std::string> made;
  return once(deployment, made, [&] {
    Issues issues;
    auto bundle = tools::compile_bundle(law(), deployment, issues);
    if (!bundle) die(issues);
    return std::move(*bundle);
  });
}

Json narrowed(const Case& one) {
  Json document = one.deployment;
  std::vector<Json> places, languages;
  if (const Json* asked = one.situation.find("jurisdictions")) places = asked->items;
  if (places.empty()) places.push_back(compiler::json_text("JP"));  // the unknown place is in every slice
  if (const Json* asked = one.situation.find("languages"))
    for (const Json& language : asked->items)
      if (compiler::find_locale(law().locales, language.string) >= 0) languages.push_back(language);
  if (languages.empty()) languages.push_back(compiler::json_text("en"));
  set(document, "places", compiler::json_list(std::move(places)));
  set(document, "languages", compiler::json_list(std::move(languages)));
  return document;
}

// --- lines -----------------------------------------------------------------------------------------------------------

std::optional<std::string> situation_lines(const Case& one, const Deployment& deployment, Issues& issues) {
  const auto lines = compiler::read_situation(one.situation, law().rulebook, deployment, {}, issues);
  if (!lines) return std::nullopt;
  return join(*lines);
}

std::string raw_situation_lines(const Json& situation) {
  std::vector<std::string> lines;
  for (const Json::Member& member : situation.members) {
    if (member.key == "jurisdictions" || member.key == "languages") {
      const std::string key = member.key == "languages" ? "language=" : "place=";
      for (const Json& item : member.value.items) lines.push_back(key + item.string);
    } else if (member.key == "facts") {
      Json facts;
      facts.kind = Json::Kind::object;
      facts.members.push_back(member);
      std::vector<std::string> stated;
      compiler::flatten(facts, {}, stated);
      for (const std::string& line : stated) lines.push_back("fact" + line.substr(std::string_view(".facts").size()));
    } else {
      compiler::flatten(member.value, member.key, lines);
    }
  }
  return join(lines);
}

std::string deployment_lines(const Json& document) {
  std::vector<std::string> lines;
  compiler::flatten(document, "deployment", lines);
  return join(lines);
}

// --- asking ----------------------------------------------------------------------------------------------------------

Engine loaded(const std::vector<std::string>& packs) {
  Engine engine;
  for (const std::string& pack : packs)
    if (const std::string answer = engine.load(pack); !answer.starts_with(R"({"type":"success")")) die(answer);
  return engine;
}

std::vector<Way> ways(const Case& one) {
  std::vector<Way> ways;
  Issues issues;
  const auto deployment = deployment_of(one.deployment, issues);
  const auto lines = deployment ? situation_lines(one, *deployment, issues) : std::nullopt;
  if (lines) {
    ways.push_back({"whole", {whole_bundle(*deployment)}, *lines});
    const bool limited = one.deployment.find("places") || one.deployment.find("languages");
    if (!limited) ways.push_back({"sliced", {sliced_bundle(*deployment)}, *lines});
  }
  ways.push_back(
      {"handed-over", shipped_packs(), raw_situation_lines(one.situation) + deployment_lines(one.deployment)});
  if (lines) {
    const auto narrow = deployment_of(narrowed(one), issues);
    if (!narrow) die(issues);
    ways.push_back({"narrow-whole", {whole_bundle(*narrow)}, *lines});
    ways.push_back({"narrow", {sliced_bundle(*narrow)}, *lines});
  }
  return ways;
}

}  // namespace candor::corpus

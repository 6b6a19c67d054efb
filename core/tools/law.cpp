#include "core/tools/law.h"

#include <algorithm>

#include "core/compiler/pack.h"
#include "core/compiler/reader.h"
#include "core/compiler/rulebook.h"
#include "core/compiler/slice.h"
#include "core/tools/embedded.h"

namespace candor::tools {

using compiler::Issues;
using compiler::Json;

std::string_view embedded(std::string_view name) {
  const auto files = embedded_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) { return file.name == name; });
  return found == files.end() ? std::string_view() : found->bytes;
}

namespace {

constexpr std::string_view rules_folder = "core/rules/", packs_folder = "dist/locales/";

/// The errors of a failure envelope, appended to `issues`; false where it is a success.
bool read_failure(std::string_view envelope, Issues& issues) {
  const auto answer = compiler::read_json(envelope, {}, issues);
  const Json* errors = answer ? answer->find("errors") : nullptr;
  if (answer && !errors) return false;
  if (!errors) return true;
  for (const Json& error : errors->items) {
    const auto text = [&error](std::string_view key) {
      return error.find(key) ? error.find(key)->string : std::string();
    };
    issues.push_back({text("code"), text("path"), text("message"), text("fix")});
  }
  return true;
}

}  // namespace

std::optional<Law> embedded_law(Issues& issues) {
  compiler::SourceFiles sources;
  Law law;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name.starts_with(rules_folder)) sources.emplace(file.name.substr(rules_folder.size()), file.bytes);
    if (!file.name.starts_with(packs_folder)) continue;
    auto locale = compiler::unpack_locale(file.bytes);
    if (!locale)
      issues.push_back(
          {"bad-pack", std::string(file.name), "the language pack is of another release, run script/build", {}});
    else law.locales.insert(locale->tag == "en" ? law.locales.begin() : law.locales.end(), std::move(*locale));
  }
  auto rulebook = compiler::read_rulebook(sources, issues);
  if (!rulebook || !issues.empty()) return std::nullopt;
  law.rulebook = std::move(*rulebook);
  return law;
}

std::optional<std::string> compile_bundle(const Law& law, const compiler::Deployment& deployment, Issues& issues) {
  const auto slice = compiler::slice(law.rulebook, law.locales, deployment, issues);
  if (!slice) return std::nullopt;
  return compiler::pack_bundle({slice->rulebook, slice->inside, compiler::rulebook_hash(law.rulebook), slice->locales,
                                compiler::flatten(deployment)});
}

// --- asking ----------------------------------------------------------------------------------------------------------

bool load(Engine& engine, std::string_view bundle, bool with_sources, Issues& issues) {
  if (read_failure(engine.load(bundle), issues)) return false;
  return !with_sources || !read_failure(engine.load(embedded("dist/sources.pack")), issues);
}

std::optional<std::string> ask(Engine& engine, const std::vector<std::string>& lines, Issues& issues) {
  std::string request;
  for (const std::string& line : lines) request += line + '\n';
  std::string envelope = engine.call(request);
  if (read_failure(envelope, issues)) return std::nullopt;
  return envelope;
}

// --- compiling -------------------------------------------------------------------------------------------------------

std::optional<Compiled> compile_first(const Law& law, const compiler::Deployment& deployment, const First& first,
                                      std::string_view today, Issues& issues) {
  const auto bundle = compile_bundle(law, deployment, issues);
  if (!bundle) return std::nullopt;
  const std::string first_day = compiler::format_date(law.rulebook.date);
  std::vector<std::string> lines = {"op=decide", "at=" + std::max(first_day, std::string(today)),
                                    "channel=" + (first.channel.empty() ? deployment.channels.front() : first.channel)};
  if (!first.place.empty()) lines.push_back("place=" + first.place);
  else if (!deployment.places.empty())
    lines.push_back("place=" + law.rulebook.places[static_cast<std::size_t>(deployment.places.front())].code);
  if (!first.language.empty()) lines.push_back("language=" + first.language);
  else if (!deployment.languages.empty()) lines.push_back("language=" + deployment.languages.front());
  Engine engine;
  auto envelope = load(engine, *bundle, false, issues) ? ask(engine, lines, issues) : std::nullopt;
  if (!envelope) return std::nullopt;
  auto decision = compiler::read_json(*envelope, {}, issues);
  if (!decision) return std::nullopt;
  return Compiled{*bundle, std::move(*decision)};
}

}  // namespace candor::tools

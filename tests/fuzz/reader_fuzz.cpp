/// @file The compiler's readers: text that somebody wrote, or nobody. What they take must make a bundle that the engine
/// takes. The first byte says which reader, the rest is its text.
#include <cstdlib>

#include "core/compiler/icu.h"
#include "core/compiler/pack.h"
#include "tests/corpus/corpus.h"
#include "tests/fuzz/reader_kinds.h"

namespace candor::corpus {
namespace {

using compiler::Issues;
using compiler::Json;

void require(bool holds) {
  if (!holds) std::abort();
}

void takes(const std::string& pack) { require(Engine().load(pack).starts_with(R"({"type":"success")")); }

/// A message is refused with a reason, or means something.
void read_message(std::string_view text) {
  Issues issues;
  const auto code = compiler::compile_message(text, 0x22, {}, issues);
  require(code.has_value() == issues.empty());
}

void read_document(std::string_view text) {
  Issues issues;
  const auto json = compiler::read_json(text, {}, issues);
  require(json.has_value() == issues.empty());
  if (!json) return;
  // What is written is read again, and written alike.
  const std::string written = compiler::write_json(*json, 0);
  const auto again = compiler::read_json(written, {}, issues);
  require(again && compiler::write_json(*again, 0) == written);
}

void read_deployment(const Json& document) {
  Issues issues;
  const auto deployment = deployment_of(document, issues);
  require(deployment.has_value() == issues.empty());
  if (!deployment) return;
  const auto bundle = tools::compile_bundle(law(), *deployment, issues);
  require(bundle.has_value() == issues.empty());
  // Some deployments are more than the engine has room for, and the engine says so.
  if (bundle) require(Engine().load(*bundle).find("bad-pack") == std::string::npos);
}

void read_situation(const Json& document) {
  static const compiler::Deployment deployment = [] {
    Issues issues;
    return *deployment_of(cases().front().deployment, issues);
  }();
  static Engine engine = loaded({sliced_bundle(deployment)});
  compiler::Case one;
  one.situation = document;
  Issues issues;
  const auto lines = situation_lines(one, deployment, issues);
  require(lines.has_value() == issues.empty());
  if (lines) require(engine.call("op=decide\n" + *lines).starts_with(R"({"type":)"));
}

void read_house_rules(const std::string& text) {
  compiler::Rulebook rulebook = law().rulebook;
  Issues issues;
  compiler::add_house_rules(rulebook, {{"house.json", text}}, issues);
  if (issues.empty()) takes(compiler::pack_rules(rulebook));
}

/// A file of core/rules/ in place of the one that is there; the laws themselves are left out, which saves most of the
/// time.
void read_rules_file(const std::string& name, const std::string& text) {
  compiler::SourceFiles files;
  for (const char* needed : {"vocabulary.json", "facts.json", "places.json", "topics.json", "unknown.json"})
    files[needed] = tools::embedded("core/rules/" + std::string(needed));
  files[name] = text;
  Issues issues;
  const auto rulebook = compiler::read_rulebook(files, issues);
  require(rulebook.has_value() == issues.empty());
  if (rulebook) require(!compiler::pack_rules(*rulebook).empty());
}

void read_cases(const std::string& text) {
  Issues issues;
  compiler::read_cases({{"fuzz.json", text}}, law().rulebook, issues);
}

void read_words(const Json& document) {
  compiler::Locale locale = law().locales.front();
  Issues issues;
  compiler::read_messages(document, "en.json", law().rulebook, locale, issues);
  if (issues.empty()) require(!compiler::pack_locale(locale, law().rulebook).empty());
}

void read(ReaderKind kind, const std::string& text) {
  if (kind == ReaderKind::message) return read_message(text);
  if (kind == ReaderKind::house_rules) return read_house_rules(text);
  if (kind == ReaderKind::cases) return read_cases(text);
  if (kind >= ReaderKind::vocabulary && kind <= ReaderKind::law) return read_rules_file(rules_file_of(kind), text);
  read_document(text);
  Issues issues;
  const auto document = compiler::read_json(text, {}, issues);
  if (!document) return;
  if (kind == ReaderKind::deployment) read_deployment(*document);
  if (kind == ReaderKind::situation) read_situation(*document);
  if (kind == ReaderKind::words) read_words(*document);
}

}  // namespace
}  // namespace candor::corpus

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  candor::corpus::read(candor::corpus::reader_kind(data[0]), text);
  return 0;
}

#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/pack_text.h"
#include "core/tools/sha2.h"
#include "core/tools/site.h"

namespace candor::tools {
namespace {

/// `{"name": "sha384-…"}` for each file.
std::string integrity_json(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string json;
  for (const auto& [name, bytes] : files)
    json +=
        (json.empty() ? "{\n  " : ",\n  ") + compiler::quote_json(name) + ": " + compiler::quote_json(integrity(bytes));
  return json + "\n}\n";
}

}  // namespace

Outcome build(const Invocation& invocation) {
  compiler::Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  if (!deployment) return refuse(issues);
  const auto compiled = compile_first(*law, *deployment, {}, invocation.host.today(), issues);
  if (!compiled) {
    locate(invocation, "deployment", issues, 0);
    return refuse(issues);
  }
  std::vector<std::pair<std::string, std::string>> files = {
      {"candor.bundle", compiled->bundle},
      {"candor.bundle.js", pack_module(compiled->bundle)},
      {"candor.nowasm.js", std::string(embedded("dist/candor.nowasm.js"))},
      {"candor.wasm", std::string(embedded("dist/candor.wasm"))},
  };
  const auto split = script_with_data("dist/js/split.iife.js", ascii_literal(integrity_json(files)));
  const auto one = one_file(compiled->bundle, *deployment);
  const auto planned = planned_file(compiled->decision, *deployment);
  const std::string_view receipts_module = embedded("dist/js/receipts.js");
  auto parts = consent_parts(*deployment);
  if (!split || !one || !planned || !parts || receipts_module.empty())
    return fail("this candor was built without its scripts, run script/build");
  files.emplace_back("candor.js", *split);
  files.emplace_back("candor.one.js", *one);
  files.emplace_back("candor.plan.js", *planned);
  files.emplace_back("receipts.js", std::string(receipts_module));
  for (const char* name : {"candor.hub.js", "candor.reminders.js", "candor.talk.js"})
    files.emplace_back(name, std::string(embedded(std::string("dist/") + name)));
  for (auto& file : *parts) files.push_back(std::move(file));
  for (auto& file : adapters()) files.push_back(std::move(file));
  files.emplace_back("integrity.json", integrity_json(files));
  files.emplace_back("snippet.html", snippet_html(compiled->decision, deployment->channels.front(), integrity(*one)));
  Outcome outcome;
  for (auto& [name, bytes] : files) {
    const std::string path = join_path(invocation.option("out"), name);
    outcome.out += path + ' ' + std::to_string(bytes.size()) + '\n';
    outcome.files.emplace_back(path, std::move(bytes));
  }
  return outcome;
}

}  // namespace candor::tools

#include "core/compiler/situation.h"
#include "core/tools/command.h"
#include "core/tools/law.h"

namespace candor::tools {
Outcome decide(const Invocation& invocation) {
  compiler::Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const std::string posture = invocation.option("posture");
  if (invocation.has("posture") && posture != "strict" && posture != "exact")
    issues.push_back({"unknown-value", "--posture", "found `" + posture + "`, expected `strict` or `exact`",
                      compiler::nearest(posture, {"strict", "exact"})});
  const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  const auto document = read_document(invocation, "situation", issues);
  if (!deployment || !document) return refuse(issues);
  std::size_t first = issues.size();
  auto lines = compiler::read_situation(*document, law->rulebook, *deployment, invocation.host.today(), issues);
  locate(invocation, "situation", issues, first);
  first = issues.size();
  const auto bundle = compile_bundle(*law, *deployment, issues);
  locate(invocation, "deployment", issues, first);
  if (!lines || !bundle || !issues.empty()) return refuse(issues);
  lines->insert(lines->begin(), invocation.has("explain") ? "op=explain" : "op=decide");
  if (!posture.empty()) {
    std::erase_if(*lines, [](const std::string& line) { return line.rfind("posture=", 0) == 0; });
    lines->push_back("posture=" + posture);
  }
  Engine engine;
  const auto answer = load(engine, *bundle, true, issues) ? ask(engine, *lines, issues) : std::nullopt;
  if (!answer) return refuse(issues);
  return {0, *answer + '\n', {}, {}};
}

}  // namespace candor::tools

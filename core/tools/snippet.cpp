#include "core/compiler/input.h"
#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/sha2.h"
#include "core/tools/site.h"

namespace candor::tools {

Outcome snippet(const Invocation& invocation) {
  compiler::Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const std::string language = invocation.option("lang");
  if (invocation.has("lang") && !compiler::canonical_language(language))
    issues.push_back(
        {"bad-language", "--lang", "found `" + language + "`, expected a BCP 47 language tag such as `de`", {}});
  const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  if (!deployment || !issues.empty()) return refuse(issues);
  const auto compiled = compile_first(*law, *deployment, language, invocation.host.today(), issues);
  if (!compiled) {
    locate(invocation, "deployment", issues, 0);
    return refuse(issues);
  }
  const auto one = one_file(compiled->bundle, *deployment);
  if (!one) return fail("this candor was built without its scripts, run script/build");
  return {0, snippet_html(compiled->decision, deployment->channels.front(), integrity(*one)), {}, {}};
}

}  // namespace candor::tools

#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/site.h"

namespace candor::tools {

Outcome plan(const Invocation& invocation) {
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
  auto planned = planned_file(compiled->decision, *deployment);
  if (!planned) return fail("this candor was built without its scripts, run script/build");
  const std::string path = join_path(invocation.option("out"), "candor.plan.js");
  return {0, path + ' ' + std::to_string(planned->size()) + '\n', {}, {{path, std::move(*planned)}}};
}

}  // namespace candor::tools

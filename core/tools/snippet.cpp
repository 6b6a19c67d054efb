#include <algorithm>

#include "core/compiler/input.h"
#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/notices.h"
#include "core/tools/sha2.h"
#include "core/tools/site.h"

namespace candor::tools {
namespace {

using compiler::Issues;
using compiler::Json;

/// Refuses the value of the option `name` where it is none of `allowed`.
void check_option(const Invocation& invocation, const std::string& name, const std::vector<std::string>& allowed,
                  Issues& issues) {
  const std::string value = invocation.option(name);
  if (invocation.has(name) && std::find(allowed.begin(), allowed.end(), value) == allowed.end())
    issues.push_back({"unknown-value", "--" + name, "found `" + value + "`, which this channel does not have",
                      compiler::nearest(value, allowed)});
}

/// The links that lead somewhere outside the site; the others are reported.
std::vector<Words> whole_links(const Json& decision, Issues& issues) {
  std::vector<Words> links = links_in(decision);
  std::erase_if(links, [&](const Words& link) {
    const bool path = link.url.starts_with('/');
    if (path) issues.push_back({"link-relative", "/links", "found `" + link.url + "`, expected a whole address", {}});
    return path;
  });
  return links;
}

/// The words of a channel that is no page: all slots, each below its name, or the one that is asked for.
Outcome words(const Invocation& invocation, const Json& decision, const std::vector<std::string>& slots) {
  Issues issues;
  std::string out;
  for (const std::string& slot : slots) {
    if (invocation.has("slot") && slot != invocation.option("slot")) continue;
    std::vector<Words> words = notices_in(decision, slot);
    if (slot == slots.back() && slot != "ticket")
      for (Words& link : whole_links(decision, issues)) words.push_back(std::move(link));
    if (!invocation.has("slot") && slots.size() > 1)
      out += (out.empty() ? "" : "\n") + (invocation.has("text") ? '[' + slot + "]\n" : "<!-- " + slot + " -->\n");
    out += invocation.has("text") ? as_text(words) : as_html(words);
  }
  return {0, out, lines_of(issues), {}};
}

}  // namespace

Outcome snippet(const Invocation& invocation) {
  Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const std::string language = invocation.option("lang");
  if (invocation.has("lang") && !compiler::canonical_language(language))
    issues.push_back(
        {"bad-language", "--lang", "found `" + language + "`, expected a BCP 47 language tag such as `de`", {}});
  const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  if (!deployment) return refuse(issues);
  check_option(invocation, "channel", deployment->channels, issues);
  if (!issues.empty()) return refuse(issues);
  const std::string channel = invocation.option("channel", deployment->channels.front());
  const std::string type = compiler::text_at(*deployment->document.find("channels")->find(channel), "type");
  const std::vector<std::string> slots = slots_of(type);
  check_option(invocation, "slot", slots, issues);
  if (invocation.has("text") && slots.empty())
    issues.push_back({"unknown-option", "--text", "a page and a chat take HTML", {}});
  if (!issues.empty()) return refuse(issues);
  const auto compiled = compile_first(*law, *deployment, {language, channel, invocation.option("place")},
                                      invocation.host.today(), issues);
  if (!compiled) {
    locate(invocation, "deployment", issues, 0);
    return refuse(issues);
  }
  // A portal is a page, and its tickets are not.
  const bool page = slots.empty() || (type == "support-portal" && !invocation.has("slot") && !invocation.has("text"));
  if (!page) return words(invocation, *compiled->decision.find("value"), slots);
  const auto one = one_file(compiled->bundle, *deployment);
  if (!one) return fail("this candor was built without its scripts, run script/build");
  return {0, snippet_html(compiled->decision, channel, integrity(*one)), {}, {}};
}

}  // namespace candor::tools

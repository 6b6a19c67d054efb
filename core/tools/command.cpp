#include "core/tools/command.h"

#include "core/compiler/codes.h"
#include "core/tools/house_rules.h"

namespace candor::tools {

using compiler::Issue;
using compiler::Issues;
using compiler::Json;
using compiler::quote_json;

std::string issues_json(const Issues& issues) {
  std::string out = "[";
  for (const Issue& issue : issues) {
    const std::size_t hash = issue.path.find('#');
    const std::string file = hash == std::string::npos ? "" : issue.path.substr(0, hash);
    const std::string path = hash == std::string::npos ? issue.path : issue.path.substr(hash + 1);
    if (out.size() > 1) out += ',';
    out += "{\"code\":" + quote_json(issue.code) + ",\"path\":" + quote_json(path);
    if (!file.empty()) out += ",\"file\":" + quote_json(file);
    out += ",\"message\":" + quote_json(issue.message) + ",\"fix\":" + quote_json(issue.fix) + '}';
  }
  return out + ']';
}

std::string lines_of(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues)
    out += "candor: " + (issue.path.empty() ? "/" : issue.path) + ": " + issue.message +
           (issue.fix.empty() ? "" : " (" + issue.fix + ")") + '\n';
  return out;
}

Outcome refuse(const Issues& issues) {
  Issues errors, warnings;
  for (const Issue& issue : issues) (compiler::has_errors({issue}) ? errors : warnings).push_back(issue);
  return {2,
          R"({"type":"failure","errors":)" + issues_json(errors) + R"(,"warnings":)" + issues_json(warnings) + "}\n",
          lines_of(issues),
          {}};
}

Outcome fail(const std::string& message) { return {1, {}, "candor: " + message + '\n', {}}; }

void locate(const Invocation& invocation, std::string_view name, Issues& issues, std::size_t first) {
  for (std::size_t i = first; i < issues.size(); ++i) issues[i].path = invocation.option(name) + '#' + issues[i].path;
}

std::optional<Json> read_document(const Invocation& invocation, std::string_view name, Issues& issues) {
  const std::string path = invocation.option(name);
  if (path == "-") return compiler::read_json(invocation.standard_input, path, issues);
  const auto text = invocation.host.read(path);
  if (!text) {
    issues.push_back({"unreadable", path, "the file cannot be read, expected the path of a JSON file", {}});
    return std::nullopt;
  }
  return compiler::read_json(*text, path, issues);
}

std::optional<compiler::Deployment> read_deployment_option(const Invocation& invocation, compiler::Rulebook& rulebook,
                                                           Issues& issues) {
  const auto document = read_document(invocation, "deployment", issues);
  if (!document) return std::nullopt;
  const std::size_t first = issues.size();
  add_named_rules(*document, invocation.option("deployment"), invocation.host, rulebook, issues);
  if (issues.size() != first) return std::nullopt;
  auto deployment = compiler::read_deployment(*document, rulebook, issues);
  locate(invocation, "deployment", issues, first);
  return deployment;
}

std::string join_path(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.empty() && path.back() != '/') path += '/';
  return path.append(name);
}

}  // namespace candor::tools

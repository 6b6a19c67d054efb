#include "core/tools/house_rules.h"

#include "core/compiler/reader.h"
#include "core/compiler/rulebook.h"

namespace candor::tools {
namespace {

/// Whether `name` is what `pattern` says, where `*` stands for any characters but `/`.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] != '*') return !name.empty() && pattern[0] == name[0] && matches(pattern.substr(1), name.substr(1));
  for (std::size_t taken = 0;; ++taken) {
    if (matches(pattern.substr(1), name.substr(taken))) return true;
    if (taken == name.size() || name[taken] == '/') return false;
  }
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1));
}

std::vector<std::string> expand(const std::string& pattern, Host& host) {
  if (pattern.find('*') == std::string::npos) return {pattern};
  const std::string folder = folder_of(pattern);
  std::vector<std::string> paths;
  for (const std::string& path : host.list(folder.empty() ? "." : folder.substr(0, folder.size() - 1)))
    if (matches(folder.empty() ? "./" + pattern : pattern, path)) paths.push_back(path);
  return paths;
}

}  // namespace

void add_named_rules(const compiler::Json& deployment, std::string_view path, Host& host, compiler::Rulebook& rulebook,
                     compiler::Issues& issues) {
  const compiler::Json* names = deployment.find("rules");
  if (!names) return;
  compiler::SourceFiles files;
  for (std::size_t i = 0; i < names->items.size(); ++i) {
    const std::string at = std::string(path) + '#' + compiler::pointer("/rules", i);
    const std::vector<std::string> paths = expand(folder_of(path) + names->items[i].string, host);
    if (paths.empty()) issues.push_back({"unreadable", at, "no file matches `" + names->items[i].string + "`", {}});
    for (const std::string& file : paths) {
      auto text = host.read(file);
      if (text) files[file] = std::move(*text);
      else issues.push_back({"unreadable", at, "the file `" + file + "` cannot be read", {}});
    }
  }
  if (!files.empty()) compiler::add_house_rules(rulebook, files, issues);
}

}  // namespace candor::tools

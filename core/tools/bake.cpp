/// @file candor-bake: rules and words to packs. Usage: candor-bake RULES LOCALES OUT. Writes OUT/rules.pack,
/// OUT/sources.pack and OUT/locales/<tag>.pack, each also as an ASCII module `.pack.js`; refuses what is not sound, all
/// of it at once.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/compiler/icu_bake.h"
#include "core/compiler/pack.h"
#include "core/compiler/rulebook.h"
#include "core/tools/pack_text.h"

namespace {

namespace fs = std::filesystem;
using candor::compiler::Issue;
using candor::compiler::Issues;
using candor::compiler::Locale;
using candor::compiler::SourceFiles;

/// The JSON files below `folder`, by path relative to it.
SourceFiles read_folder(const fs::path& folder) {
  SourceFiles files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->is_regular_file(error) || at->path().extension() != ".json") continue;
    std::ifstream in(at->path(), std::ios::binary);
    files[at->path().lexically_relative(folder).generic_string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

bool write(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  if (out.flush()) return true;
  std::fprintf(stderr, "candor-bake: %s: the file cannot be written\n", path.c_str());
  return false;
}

bool write_pack(const fs::path& path, const std::string& pack) {
  return write(path, pack) && write(path.string() + ".js", candor::tools::pack_module(pack));
}

int refuse(const Issues& issues) {
  for (const Issue& issue : issues)
    std::fprintf(stderr, "candor-bake: %s: %s%s\n", issue.path.c_str(), issue.message.c_str(),
                 issue.fix.empty() ? "" : (" (" + issue.fix + ")").c_str());
  return 2;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fprintf(stderr, "usage: candor-bake RULES LOCALES OUT\n");
    return 2;
  }
  const fs::path rules = words[1], locales = words[2], out = words[3];
  Issues issues;
  const auto rulebook = candor::compiler::read_rulebook(read_folder(rules), issues);
  if (!rulebook) return refuse(issues);
  std::vector<Locale> baked;
  for (const auto& [name, text] : read_folder(locales)) {
    if (name == "glossary.json") continue;
    const auto document = candor::compiler::read_json(text, name, issues);
    auto locale = document ? candor::compiler::read_locale(*document, name, *rulebook, issues) : std::nullopt;
    if (!locale) continue;
    if (name != locale->tag + ".json")
      issues.push_back({"wrong-tag", name + "#/tag", "found `" + locale->tag + "`, expected the name of the file", {}});
    baked.push_back(std::move(*locale));
  }
  if (baked.empty()) issues.push_back({"missing-file", locales.string(), "there are no languages", {}});
  if (!issues.empty()) return refuse(issues);
  std::error_code error;
  fs::create_directories(out / "locales", error);
  bool written = write_pack(out / "rules.pack", candor::compiler::pack_rules(*rulebook)) &&
                 write_pack(out / "sources.pack", candor::compiler::pack_sources(*rulebook));
  for (const Locale& locale : baked)
    written = written &&
              write_pack(out / "locales" / (locale.tag + ".pack"), candor::compiler::pack_locale(locale, *rulebook));
  if (!written) return 1;
  std::printf("baked %zu rules and %zu languages\n", rulebook->rules.size(), baked.size());
  return 0;
}

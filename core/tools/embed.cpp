/// @file candor-embed: turns files into C++, so that `candor` and compiler.wasm carry the packs, the rule sources and
/// the JavaScript that `candor build` writes. Usage: candor-embed OUT.cpp DEPFILE ROOT PATH... [--skip SUFFIX]...
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path out, depfile, root;
  std::vector<std::string> paths, skip;
};

struct Inputs {
  std::set<std::string> files;         ///< relative to the root
  std::set<std::string> dependencies;  ///< absolute; directories too, so that a file that appears is seen
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_if_changed(const fs::path& path, const std::string& bytes) {
  std::error_code error;
  if (fs::exists(path, error) && read(path) == bytes) return true;
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  return static_cast<bool>(out.flush());
}

void collect(const fs::path& path, const Options& options, Inputs& inputs) {
  std::error_code error;
  inputs.dependencies.insert(fs::absolute(path, error).string());
  if (fs::is_directory(path, error)) {
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) collect(entry.path(), options, inputs);
    return;
  }
  const std::string name = path.lexically_relative(options.root).generic_string();
  const bool skipped = std::any_of(options.skip.begin(), options.skip.end(),
                                   [&](const std::string& suffix) { return name.ends_with(suffix); });
  if (!skipped) inputs.files.insert(name);
}

/// The bytes as a C++ string literal. Octal escapes always have three digits, so that no following digit joins them.
std::string literal(std::string_view bytes) {
  constexpr std::size_t bytes_a_line = 4000;
  std::string out = "\"";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i && i % bytes_a_line == 0) out += "\"\n    \"";
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte >= ' ' && byte < 0x7f && byte != '"' && byte != '\\' && byte != '?') {
      out += static_cast<char>(byte);
    } else {
      char escape[5];
      std::snprintf(escape, sizeof escape, "\\%03o", static_cast<unsigned>(byte));
      out += escape;
    }
  }
  return out + '"';
}

std::string source(const Options& options, const Inputs& inputs) {
  std::string out =
      "// Written by candor-embed.\n#include \"core/tools/embedded.h\"\n\nnamespace candor::tools {\nnamespace {\n\n"
      "constexpr EmbeddedFile files[] = {\n";
  for (const std::string& name : inputs.files) {
    const std::string bytes = read(options.root / name);
    out += "  {\"" + name + "\", {" + literal(bytes) + ", " + std::to_string(bytes.size()) + "}},\n";
  }
  return out +
         "};\n\n}  // namespace\n\nstd::span<const EmbeddedFile> embedded_files() { return files; }\n\n}  // namespace "
         "candor::tools\n";
}

std::string depfile(const Options& options, const Inputs& inputs) {
  std::string out = options.out.string() + ":";
  for (const std::string& path : inputs.dependencies) out += " \\\n  " + path;
  return out + "\n";
}

int fail(const std::string& message) {
  std::fprintf(stderr, "candor-embed: %s\n", message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return fail("expected OUT.cpp DEPFILE ROOT PATH... [--skip SUFFIX]...");
  Options options{argv[1], argv[2], argv[3], {}, {}};
  for (int i = 4; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--skip" && i + 1 < argc) {
      options.skip.emplace_back(argv[++i]);
    } else {
      options.paths.emplace_back(argv[i]);
    }
  }
  Inputs inputs;
  for (const std::string& path : options.paths) {
    std::error_code error;
    if (!fs::exists(options.root / path, error)) return fail(path + ": no such file, run script/build");
    collect(options.root / path, options, inputs);
  }
  if (inputs.files.empty()) return fail("nothing to embed");
  if (!write_if_changed(options.out, source(options, inputs)))
    return fail(options.out.string() + ": cannot be written");
  if (!write_if_changed(options.depfile, depfile(options, inputs)))
    return fail(options.depfile.string() + ": cannot be written");
  return 0;
}

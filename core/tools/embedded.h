#pragma once
/// @file The files that the commands carry with them, so that they run from any folder (written by candor-embed).
#include <span>
#include <string_view>

namespace candor::tools {

/// One file; `name` is its path in the repository, e.g. `dist/rules.pack` or `core/rules/facts.json`.
struct EmbeddedFile {
  std::string_view name, bytes;
};

/// All of them, sorted by name. They live as long as the program.
std::span<const EmbeddedFile> embedded_files();

}  // namespace candor::tools

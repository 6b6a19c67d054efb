#pragma once
/// @file The files of this repository, for tests of what ships. Tests run in its root.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/compiler/rulebook.h"

namespace candor::compiler {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.is_open()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The JSON files below `folder` by their path relative to it.
inline SourceFiles json_files(const std::filesystem::path& folder) {
  SourceFiles files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".json")
      files[entry.path().lexically_relative(folder).generic_string()] = read_file(entry.path());
  EXPECT_FALSE(files.empty()) << folder;
  return files;
}

inline Rulebook shipped_rulebook() {
  Issues issues;
  auto rulebook = read_rulebook(json_files("core/rules"), issues);
  EXPECT_TRUE(rulebook) << issues[0].path << ": " << issues[0].message;
  return rulebook.value_or(Rulebook{});
}

}  // namespace candor::compiler

/// @file The native `candor`: the commands over the files and the calendar of this machine.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/tools/host.h"

namespace {

namespace fs = std::filesystem;

class Machine : public candor::tools::Host {
 public:
  std::optional<std::string> read(std::string_view path) override {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return std::nullopt;
    std::ifstream in{fs::path(path), std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (in.bad() || !in.is_open()) return std::nullopt;
    return bytes;
  }

  std::vector<std::string> list(std::string_view directory) override {
    std::vector<std::string> paths;
    std::error_code error;
    for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file(error)) paths.push_back(at->path().generic_string());
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  /// The local day, or that of SOURCE_DATE_EPOCH (reproducible-builds.org), so that a build can be repeated on another
  /// day.
  std::string today() override {
    const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
    const std::time_t now = fixed ? static_cast<std::time_t>(std::strtoll(fixed, nullptr, 10)) : std::time(nullptr);
    std::tm local{};
    if (fixed) gmtime_r(&now, &local);
    else localtime_r(&now, &local);
    char text[11];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &local)};
  }
};

bool write(const std::string& path, const std::string& bytes) {
  std::error_code error;
  const fs::path parent = fs::path(path).parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  return static_cast<bool>(out.flush());
}

/// Standard input, where a file named `-` asks for it, or content is to be marked.
std::string standard_input(const std::vector<std::string>& arguments) {
  const auto has = [&](const char* word) {
    return std::find(arguments.begin(), arguments.end(), word) != arguments.end();
  };
  const bool marks = !arguments.empty() && arguments[0] == "mark" && !has("--header");
  if (!marks && !has("-")) return {};
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
  Machine machine;
  candor::tools::Outcome outcome = candor::tools::run(arguments, standard_input(arguments), machine);
  for (const auto& [path, bytes] : outcome.files) {
    if (write(path, bytes)) continue;
    outcome.err += "candor: " + path + ": the file cannot be written\n";
    outcome.status = 1;
  }
  std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout);
  std::fwrite(outcome.err.data(), 1, outcome.err.size(), stderr);
  return outcome.status;
}

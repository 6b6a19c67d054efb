#pragma once
/// @file What a command needs from the machine it runs on, and what it hands back. Commands touch nothing else, so that
/// the native `candor` and `npx candor` write the same bytes.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candor::tools {

/// The files and the calendar of the machine. Paths are as the person wrote them, relative to the working directory.
struct Host {
  virtual ~Host() = default;
  /// The bytes of a file, or nothing where it cannot be read.
  virtual std::optional<std::string> read(std::string_view path) = 0;
  /// The files under a directory, at any depth, as paths that `read` takes, sorted; empty where there is no such
  /// directory.
  virtual std::vector<std::string> list(std::string_view directory) = 0;
  /// The local day, YYYY-MM-DD.
  virtual std::string today() = 0;
};

/// What a command did. The caller writes `files` (path, bytes), then `out` and `err`, and exits with `status`.
struct Outcome {
  int status = 0;  ///< 0 answered, 2 bad input, 1 anything else
  std::string out, err;
  std::vector<std::pair<std::string, std::string>> files;
};

/// Runs one command line, without the program's name.
Outcome run(std::span<const std::string> arguments, std::string_view standard_input, Host& host);

}  // namespace candor::tools

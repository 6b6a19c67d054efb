/// @file The C exports of compiler.wasm: one command line in, one outcome out. Files and the calendar come from the host's
/// imports (module `candor_host`); no command touches anything else.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tools/host.h"

#define CANDOR_HOST(name) __attribute__((import_module("candor_host"), import_name(name)))

extern "C" {

/// Each hands its answer over through `command_alloc` and `command_receive`; 0: there is none.
CANDOR_HOST("read") std::uint32_t host_read(const char* path, std::uint32_t size);
CANDOR_HOST("list") std::uint32_t host_list(const char* directory, std::uint32_t size);
CANDOR_HOST("today") std::uint32_t host_today();

/// The host imports are the only way out: there is no environment.
char* getenv(const char*) { return nullptr; }
}

namespace {

std::string received;

class ImportedHost final : public candor::tools::Host {
 public:
  std::optional<std::string> read(std::string_view path) override {
    if (!host_read(path.data(), static_cast<std::uint32_t>(path.size()))) return std::nullopt;
    return std::move(received);
  }

  std::vector<std::string> list(std::string_view directory) override {
    std::vector<std::string> paths;
    if (!host_list(directory.data(), static_cast<std::uint32_t>(directory.size()))) return paths;
    for (std::string_view rest = received; !rest.empty();) {
      const std::size_t end = rest.find('\0');
      paths.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
    return paths;
  }

  std::string today() override { return host_today() ? std::move(received) : std::string(); }
};

std::vector<std::string> arguments;
std::string standard_input;
candor::tools::Outcome outcome;

std::uint32_t give(const std::string& text, const char** data) {
  *data = text.data();
  return static_cast<std::uint32_t>(text.size());
}

}  // namespace

extern "C" {

/// Room for `size` bytes that the host hands over next; one at a time.
char* command_alloc(std::uint32_t size) {
  received.assign(size, '\0');
  return received.data();
}

/// Takes what was handed over as the next argument, or as the standard input.
void command_argument() { arguments.push_back(std::move(received)); }
void command_input() { standard_input = std::move(received); }

/// Runs the command and returns its exit status. Once per instance.
std::int32_t command_run() {
  ImportedHost host;
  outcome = candor::tools::run(arguments, standard_input, host);
  return outcome.status;
}

/// The outcome: part 0 is standard output, 1 standard error, then a path and its bytes for each file.
std::uint32_t command_parts() { return 2 + 2 * static_cast<std::uint32_t>(outcome.files.size()); }
std::uint32_t command_part(std::uint32_t part, const char** data) {
  if (part == 0) return give(outcome.out, data);
  if (part == 1) return give(outcome.err, data);
  const auto& [path, bytes] = outcome.files[part / 2 - 1];
  return give(part % 2 ? bytes : path, data);
}
}

/// @file The C exports of compiler.wasm: one command line in, one outcome out. Files and the calendar come from the
/// host's imports (module `candor_host`); no command touches anything else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/tools/host.h"

#define CANDOR_HOST(name) __attribute__((import_module("candor_host"), import_name(name)))

extern "C" {

/// Each hands its answer over through `command_alloc` and returns 1, or returns 0: there is none.
CANDOR_HOST("read") std::uint32_t host_read(const char* path, std::uint32_t size);
CANDOR_HOST("list") std::uint32_t host_list(const char* directory, std::uint32_t size);
CANDOR_HOST("today") std::uint32_t host_today();

// The host imports are the only way out: the system library's own are not linked in.
char* getenv(const char*) { return nullptr; }
_Noreturn void _Exit(int) { __builtin_trap(); }
void emscripten_notify_memory_growth(std::size_t) {}
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

const std::string& part(std::uint32_t index) {
  if (index == 0) return outcome.out;
  if (index == 1) return outcome.err;
  const auto& [path, bytes] = outcome.files[index / 2 - 1];
  return index % 2 ? bytes : path;
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

/// The outcome in parts: standard output, standard error, then a path and its bytes for each file.
std::uint32_t command_parts() { return 2 + 2 * static_cast<std::uint32_t>(outcome.files.size()); }
const char* command_part(std::uint32_t index) { return part(index).data(); }
std::uint32_t command_part_size(std::uint32_t index) { return static_cast<std::uint32_t>(part(index).size()); }
}

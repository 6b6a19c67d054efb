#include <algorithm>
#include <array>
#include <vector>

#include "core/tools/command.h"

namespace candor::tools {
namespace {

struct Command {
  std::string_view name, usage;
  std::vector<std::string_view> required, optional, flags;
  Outcome (*run)(const Invocation&);
  std::vector<std::string_view> pairs = {};  ///< take two values; the second one is kept as `<name>-second`
};

const std::array<Command, 10>& commands() {
  static const std::array<Command, 10> all = {{
      {"decide",
       "--deployment candor.json --situation s.json [--explain] [--posture exact]",
       {"deployment", "situation"},
       {"posture"},
       {"explain"},
       decide},
      {"build", "--deployment candor.json --out dist/acme/", {"deployment", "out"}, {}, {}, build},
      {"snippet",
       "--deployment candor.json [--lang de] [--place DE] [--channel mail] [--slot email-top] [--text]",
       {"deployment"},
       {"lang", "place", "channel", "slot"},
       {"text"},
       snippet},
      {"plan", "--deployment candor.json --out plans/", {"deployment", "out"}, {}, {}, plan},
      {"lint",
       "[--deployment candor.json] [--rules core/rules] [--locales locales] [--cases tests/cases]",
       {},
       {"deployment", "rules", "locales", "cases"},
       {},
       lint},
      {"matrix",
       "--deployment candor.json --at 2026-12-02 [--html report.html] [--csv report.csv]",
       {"deployment", "at"},
       {"html", "csv"},
       {},
       matrix},
      {"diff",
       "--deployment candor.json --from 2026-11-20 --to 2027-02-01 | --rules old.pack new.pack [--at 2026-11-20]",
       {"deployment"},
       {"from", "to", "at"},
       {},
       diff,
       {"rules"}},
      {"mark",
       "--deployment candor.json --situation s.json [--model m] [--id i] [--header] < reply.html | --verify < "
       "reply.html",
       {},
       {"deployment", "situation", "model", "id"},
       {"header", "verify"},
       mark},
      {"receipts", "--verify receipts.jsonl [--head <hash>]", {"verify"}, {"head"}, {}, receipts},
      {"reference", "--out docs/ [--html]", {"out"}, {}, {"html"}, reference},
  }};
  return all;
}

std::string usage() {
  std::string text = "usage:\n";
  for (const Command& command : commands())
    text += "  candor " + std::string(command.name) + std::string(10 - command.name.size(), ' ') +
            std::string(command.usage) + '\n';
  return text + "A file named - is standard input. This is no legal advice.\n";
}

bool has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::count(names.begin(), names.end(), name) > 0;
}

/// Reads the options of `command`; everything wrong with them goes to `issues`, by the option's name.
Invocation parse(const Command& command, std::span<const std::string> arguments, std::string_view standard_input,
                 Host& host, compiler::Issues& issues) {
  Invocation invocation{{}, standard_input, host};
  std::vector<std::string> known;
  for (const auto* names : {&command.required, &command.optional, &command.flags, &command.pairs})
    for (std::string_view name : *names) known.push_back("--" + std::string(name));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!std::count(known.begin(), known.end(), argument)) {
      issues.push_back({"unknown-option", argument, "`candor " + std::string(command.name) + "` has no such option",
                        compiler::nearest(argument, known)});
      continue;
    }
    const std::string name = argument.substr(2);
    const std::size_t values = has(command.flags, name) ? 0 : has(command.pairs, name) ? 2 : 1;
    if (arguments.size() - i <= values) {
      issues.push_back(
          {"missing-option", argument, values == 2 ? "the option needs two values" : "the option needs a value", {}});
      continue;
    }
    if (!invocation.options.emplace(name, values ? arguments[++i] : std::string()).second)
      issues.push_back({"duplicate-option", argument, "the option stands twice", {}});
    if (values == 2) invocation.options.emplace(name + "-second", arguments[++i]);
  }
  for (std::string_view name : command.required)
    if (!invocation.has(name))
      issues.push_back({"missing-option",
                        "--" + std::string(name),
                        "`candor " + std::string(command.name) + "` needs this option",
                        {}});
  return invocation;
}

}  // namespace

Outcome run(std::span<const std::string> arguments, std::string_view standard_input, Host& host) {
  const std::string name = arguments.empty() ? "--help" : arguments[0];
  if (name == "--help" || name == "help")
    return {arguments.empty() ? 2 : 0, arguments.empty() ? "" : usage(), arguments.empty() ? usage() : "", {}};
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    names.emplace_back(command.name);
    if (command.name != name) continue;
    compiler::Issues issues;
    const Invocation invocation = parse(command, arguments.subspan(1), standard_input, host, issues);
    return issues.empty() ? command.run(invocation) : refuse(issues);
  }
  return refuse(
      {{"unknown-option", name, "candor has no such command, see `candor --help`", compiler::nearest(name, names)}});
}

}  // namespace candor::tools

/// @file Requests to an engine: with a deployment compiled in, and with one handed over. Every answer is the JSON
/// envelope.
#include <cstdlib>
#include <random>

#include "tests/corpus/corpus.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace candor::corpus {
namespace {

/// Every line that a question of the corpus has.
const std::vector<std::string>& known_lines() {
  static const std::vector<std::string> known = [] {
    std::vector<std::string> lines = {"op=decide\n",
                                      "op=explain\n",
                                      "op=consent\n",
                                      "op=mark\n",
                                      "op=read-marks\n",
                                      "arg.model=m\n",
                                      "arg.id=a-1\n",
                                      "arg.content=<meta name=\"ai-disclosure\" content=\"mixed\">\n",
                                      "event=accept-all\n",
                                      "event=choose\n",
                                      "event.now=2026-11-20T09:00:00Z\n"};
    for (const compiler::Case& one : cases()) {
      const std::string text = raw_situation_lines(one.situation) + deployment_lines(one.deployment);
      for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = text.find('\n', from) + 1;
        lines.push_back(text.substr(from, end - from));
        from = end;
      }
    }
    return lines;
  }();
  return known;
}

Engine compiled_in() {
  compiler::Issues issues;
  return loaded({sliced_bundle(*deployment_of(cases().back().deployment, issues))});
}

void ask(Engine& engine, std::string_view request) {
  if (request.starts_with("CNDR")) return;  // bundle_fuzz looks at packs
  const std::string answer = engine.call(request);
  compiler::Issues issues;
  if (!answer.starts_with(R"({"type":)") || !compiler::read_json(answer, {}, issues)) std::abort();
}

}  // namespace
}  // namespace candor::corpus

/// Half of the time a whole line that means something, put in at the beginning of a line.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  std::minstd_rand random(seed);
  if (random() % 2) return LLVMFuzzerMutate(data, size, max_size);
  const auto& lines = candor::corpus::known_lines();
  std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t before = text.rfind('\n', random() % (size + 1));
  text.insert(before == std::string::npos ? 0 : before + 1, lines[random() % lines.size()]);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  text.copy(reinterpret_cast<char*>(data), text.size());
  return text.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static candor::Engine compiled_in = candor::corpus::compiled_in();
  static candor::Engine handed_over = candor::corpus::loaded(candor::corpus::shipped_packs());
  const std::string_view request(reinterpret_cast<const char*>(data), size);
  candor::corpus::ask(compiled_in, request);
  candor::corpus::ask(handed_over, request);
  return 0;
}

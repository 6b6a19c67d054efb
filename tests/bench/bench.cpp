/// @file How long the native engine takes for tests/bench/questions.json. Usage: bench DIRECTORY. Writes the bundles to
/// DIRECTORY/<index>.bundle, with the whole law to <index>.whole.bundle, with that and many rules of other places to
/// <index>.crowded.bundle, and prints JSON,
/// `{"<question>": {"decision": [p50, p99], "bare": […], "evaluation": […], "cold": […], "lines"}}`, in microseconds.
/// tests/bench/bench.mjs asks the same in WebAssembly and prints the table.
#include <candor/candor.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/corpus/corpus.h"

namespace {

using candor::Engine;
using candor::Situation;
using candor::compiler::Json;
using Clock = std::chrono::steady_clock;

constexpr int warm_up = 2000, decisions = 20'000, cold_starts = 2000;

/// The first `skip` runs do not count.
template <class Run>
std::string percentiles(int runs, int skip, Run run) {
  std::vector<double> times;
  for (int i = -skip; i < runs; ++i) {
    const auto start = Clock::now();
    run();
    const std::chrono::duration<double, std::micro> took = Clock::now() - start;
    if (i >= 0) times.push_back(took.count());
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double part) {
    return std::to_string(times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))]);
  };
  return '[' + at(0.5) + ',' + at(0.99) + ']';
}

std::string fact_text(const Json& value) {
  if (!value.is(Json::Kind::array))
    return value.is(Json::Kind::string) ? value.string : candor::compiler::write_json(value, 0);
  std::string joined;
  for (const Json& item : value.items) joined += (joined.empty() ? "" : ",") + item.string;
  return joined;
}

Situation situation_of(const Json& json) {
  Situation situation;
  situation.at = json.find("at")->string;
  situation.channel = json.find("channel")->string;
  for (const Json& place : json.find("jurisdictions")->items) situation.jurisdictions.push_back(place.string);
  for (const Json& language : json.find("languages")->items) situation.languages.push_back(language.string);
  if (const Json* facts = json.find("facts"))
    for (const auto& [name, value] : facts->members) situation.facts[name] = fact_text(value);
  return situation;
}

/// The decision alone, before a word of it is written.
std::string measure_evaluation(const std::string& bundle, std::string lines) {
  namespace runtime = candor::runtime;
  const auto book = std::make_unique<runtime::Book>();
  const auto deployment = std::make_unique<runtime::Deployment>();
  const auto situation = std::make_unique<runtime::Situation>();
  const auto decision = std::make_unique<runtime::Decision>();
  const auto reader = std::make_unique<runtime::Lines>();
  std::string bytes = bundle;
  runtime::Cursor in(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<std::uint32_t>(bytes.size()));
  in.take(runtime::header_size);
  std::string stated;
  while (!in.done() && in.ok()) {
    const auto* section = in.record<runtime::SectionHeader>();
    const std::uint8_t* body = in.take(section->length);
    if (section->tag == runtime::SectionTag::rules) book->load({body, section->length});
    if (section->tag == runtime::SectionTag::deployment)
      stated.assign(reinterpret_cast<const char*>(body), section->length);
  }
  runtime::Problems problems;
  runtime::read_deployment_lines(*book, stated.data(), static_cast<std::uint32_t>(stated.size()), *deployment, *reader,
                                 problems);
  runtime::read_request(*book, lines.data(), static_cast<std::uint32_t>(lines.size()), *situation, *deployment, *reader,
                        problems);
  return percentiles(decisions, warm_up, [&] { runtime::decide(*book, *deployment, *situation, *decision, problems); });
}

std::string measure(const Json& question, const std::string& bundle) {
  const Situation situation = situation_of(*question.find("situation"));
  Engine engine = candor::corpus::loaded({bundle});
  std::size_t bytes = 0;
  const std::string decision = percentiles(decisions, warm_up, [&] { bytes += engine.decide(situation).size(); });

  // The call alone: the lines are there, and the answer stays where it is.
  const auto instance = std::make_unique<candor::runtime::Instance>();
  const auto call = [&](std::string_view input) {
    return instance->call({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()}).size();
  };
  call(bundle);
  const std::string lines = candor::request_lines("decide", situation);
  const std::string bare = percentiles(decisions, warm_up, [&] { bytes += call(lines); });

  const std::string cold = percentiles(cold_starts, 100, [&] {
    Engine fresh;
    bytes += fresh.load(bundle).size() + fresh.decide(situation).size();
  });
  if (bytes == 0) std::fprintf(stderr, "bench: no answers\n");
  return R"({"decision":)" + decision + R"(,"bare":)" + bare + R"(,"evaluation":)" + measure_evaluation(bundle, lines) +
         R"(,"cold":)" + cold + R"(,"lines":)" + candor::compiler::quote_json(lines) + '}';
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: bench DIRECTORY\n");
    return 2;
  }
  std::filesystem::create_directories(words[1]);
  std::ifstream in("tests/bench/questions.json", std::ios::binary);
  candor::compiler::Issues issues;
  const auto document =
      candor::compiler::read_json(std::string{std::istreambuf_iterator<char>(in), {}}, "questions.json", issues);
  std::string out;
  std::size_t index = 0;
  for (const Json& question : document ? document->find("questions")->items : std::vector<Json>()) {
    const auto deployment = candor::corpus::deployment_of(*question.find("deployment"), issues);
    if (!deployment) break;
    const std::string bundle = candor::corpus::sliced_bundle(*deployment);
    const auto write = [&](const char* extension, const std::string& bytes) {
      std::ofstream(std::filesystem::path(words[1]) / (std::to_string(index) + extension), std::ios::binary) << bytes;
    };
    write(".bundle", bundle);
    write(".whole.bundle", candor::corpus::whole_bundle(*deployment));
    write(".crowded.bundle", candor::corpus::crowded_bundle(*deployment));
    ++index;
    out += (out.empty() ? "{" : ",\n ") + candor::compiler::quote_json(question.find("name")->string) + ": " +
           measure(question, bundle);
  }
  for (const candor::compiler::Issue& issue : issues)
    std::fprintf(stderr, "bench: %s: %s\n", issue.path.c_str(), issue.message.c_str());
  std::printf("%s}\n", out.c_str());
  return issues.empty() ? 0 : 1;
}

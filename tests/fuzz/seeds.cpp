/// @file fuzz-seeds: what ships, as the first inputs of the fuzzers. Usage: fuzz-seeds DIRECTORY. Writes
/// DIRECTORY/<target>/.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/tools/embedded.h"
#include "tests/corpus/corpus.h"
#include "tests/corpus/pack_bytes.h"
#include "tests/fuzz/reader_kinds.h"

namespace {

namespace fs = std::filesystem;
using candor::corpus::ReaderKind;

class Seeds {
 public:
  explicit Seeds(fs::path directory) : directory_(std::move(directory)) {}

  void add(const char* target, const std::string& bytes) {
    char name[9];
    std::snprintf(name, sizeof name, "%08x", candor::corpus::crc32_of(bytes));
    fs::create_directories(directory_ / target);
    std::ofstream(directory_ / target / ("seed-" + std::string(name)), std::ios::binary) << bytes;
    ++count_;
  }
  void add(ReaderKind kind, std::string_view text) { add("reader_fuzz", static_cast<char>(kind) + std::string(text)); }
  std::size_t count() const { return count_; }

 private:
  fs::path directory_;
  std::size_t count_ = 0;
};

void add_cases(Seeds& seeds) {
  std::size_t index = 0;
  for (const candor::compiler::Case& one : candor::corpus::cases()) {
    const std::string deployment = candor::compiler::write_json(one.deployment, 0);
    seeds.add(ReaderKind::document, deployment);
    seeds.add(ReaderKind::deployment, deployment);
    seeds.add(ReaderKind::situation, candor::compiler::write_json(one.situation, 0));
    seeds.add(ReaderKind::cases, R"({"cases":[{"name":"a","deployment":{},"situation":)" +
                                     candor::compiler::write_json(one.situation, 0) + R"(,"expect":)" +
                                     candor::compiler::write_json(one.expect, 0) + "}]}");
    for (const candor::corpus::Way& way : candor::corpus::ways(one)) {
      if (way.name == "whole" || way.name == "handed-over")
        for (const char* op : {"op=decide\n", "op=mark\narg.model=m\narg.id=a-1\n"})
          seeds.add("request_fuzz", op + way.lines);
      // A slice is small, which the fuzzer likes; one in ten shows every section there is.
      if (way.name == "narrow" && index % 10 == 0) seeds.add("bundle_fuzz", way.packs[0]);
    }
    ++index;
  }
}

/// Content with marks of every form.
void add_marked(Seeds& seeds) {
  for (const char* content :
       {R"(<meta content="mixed" name="ai-disclosure"><p ai-disclosure=none data-ai-disclosure="ai-generated">)",
        R"({"digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource"})",
        R"(AI-Disclosure: model="a \"b\", c"; mode=ai-modified, date=@17  AI-generated)",
        R"(<!-- AI-generated --><b>AI-generated</b> http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture)"})
    seeds.add("request_fuzz", "op=read-marks\narg.content=" + std::string(content) + '\n');
}

void add_files(Seeds& seeds) {
  for (const candor::tools::EmbeddedFile& file : candor::tools::embedded_files()) {
    if (file.name.ends_with(".pack")) seeds.add("bundle_fuzz", std::string(file.bytes));
    if (!file.name.starts_with("core/rules/")) continue;
    for (ReaderKind kind : {ReaderKind::vocabulary, ReaderKind::facts, ReaderKind::places, ReaderKind::topics})
      if (file.name.ends_with("/" + candor::corpus::rules_file_of(kind))) seeds.add(kind, file.bytes);
    if (file.name.starts_with("core/rules/law/") || file.name.starts_with("core/rules/platform/")) {
      seeds.add(ReaderKind::law, file.bytes);
      seeds.add(ReaderKind::house_rules, file.bytes);
    }
  }
}

void add_words(Seeds& seeds) {
  for (const candor::tools::EmbeddedFile& file : candor::tools::embedded_files()) {
    if (!file.name.starts_with("locales/")) continue;
    seeds.add(ReaderKind::words, file.bytes);
    candor::compiler::Issues issues;
    const auto document = candor::compiler::read_json(file.bytes, {}, issues);
    const candor::compiler::Json* messages = document ? document->find("messages") : nullptr;
    if (!messages) continue;
    for (const auto& [key, text] : messages->members)
      if (text.string.find('{') != std::string::npos) seeds.add(ReaderKind::message, text.string);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: fuzz-seeds DIRECTORY\n");
    return 2;
  }
  Seeds seeds(words[1]);
  add_cases(seeds);
  add_files(seeds);
  add_marked(seeds);
  add_words(seeds);
  seeds.add(ReaderKind::house_rules,
            R"json({"law":"House","url":"https://acme.example/","checked":"2026-11-20","confidence":"high",
    "facts":[{"name":"x-beta","kind":"flag","doc":"A trial.","presume":false}],
    "rules":[{"id":"house-beta","title":"Say that it is a trial","layer":"house","severity":"mandatory","binds":"operator",
      "in":[{"place":"*","from":"2026-01-01","article":"1","source":"house/1"}],"when":{"all":[{"x-beta":true},{"employees":{"atLeast":10}}]},
      "duties":[{"duty":"disclose","topic":"ai-limits","says":["may-err"],"timing":"at-first-interaction"},{"duty":"offer","offer":"report"}]}]})json");
  std::printf("%zu seeds\n", seeds.count());
  return 0;
}

/// @file candor-answers: what the native engine answers to the corpus, for the tests in Node, which hold `candor.wasm`
/// and its twin to the same bytes. Usage: candor-answers DIRECTORY. Writes DIRECTORY/packs/<checksum>.pack and
/// DIRECTORY/answers.jsonl, one line for each set of packs:
/// `{"packs": [checksum], "loads": [answer], "asked": [{"case", "way", "request", "answer"}]}`, and
/// DIRECTORY/cases.jsonl, one line for each case: `{"path", "name", "deployment", "situation", "expect"}`.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "tests/corpus/corpus.h"
#include "tests/corpus/pack_bytes.h"

namespace {

namespace fs = std::filesystem;
using candor::compiler::Case;
using candor::compiler::quote_json;

struct Asked {
  std::string of, way, request;
};

/// Packs in the order of loading, and what is asked of them.
struct Set {
  std::vector<std::string> packs;
  std::vector<Asked> asked;
};

class Writer {
 public:
  explicit Writer(fs::path directory) : directory_(std::move(directory)) {
    fs::create_directories(directory_ / "packs");
    out_.open(directory_ / "answers.jsonl", std::ios::binary);
    cases_.open(directory_ / "cases.jsonl", std::ios::binary);
  }

  void write(const Case& one) {
    const auto json = [](const candor::compiler::Json& value) { return candor::compiler::write_json(value, 0); };
    cases_ << R"({"path":)" << quote_json(one.path) << R"(,"name":)" << quote_json(one.name) << R"(,"deployment":)"
           << json(one.deployment) << R"(,"situation":)" << json(one.situation) << R"(,"expect":)" << json(one.expect)
           << "}\n";
  }

  void write(const Set& set) {
    candor::Engine engine;
    std::string packs, loads, asked;
    for (const std::string& pack : set.packs) {
      packs += (packs.empty() ? "" : ",") + quote_json(store(pack));
      loads += (loads.empty() ? "" : ",") + quote_json(engine.load(pack));
    }
    for (const Asked& each : set.asked)
      asked += (asked.empty() ? "" : ",") + (R"({"case":)" + quote_json(each.of)) + R"(,"way":)" +
               quote_json(each.way) + R"(,"request":)" + quote_json(each.request) + R"(,"answer":)" +
               quote_json(engine.call(each.request)) + '}';
    out_ << R"({"packs":[)" << packs << R"(],"loads":[)" << loads << R"(],"asked":[)" << asked << "]}\n";
    count_ += set.asked.size();
  }

  /// Whether everything is written.
  bool done() { return out_.flush() && cases_.flush(); }
  std::size_t count() const { return count_; }

 private:
  std::string store(const std::string& pack) {
    char name[9];
    std::snprintf(name, sizeof name, "%08x", candor::corpus::crc32_of(pack));
    const fs::path path = directory_ / "packs" / (std::string(name) + ".pack");
    if (stored_.emplace(name, pack).second) std::ofstream(path, std::ios::binary) << pack;
    return name;
  }

  fs::path directory_;
  std::ofstream out_, cases_;
  std::map<std::string, std::string> stored_;
  std::size_t count_ = 0;
};

/// A decision, and where the way holds everything, what else can be asked.
std::vector<Asked> questions(const Case& one, const candor::corpus::Way& way) {
  std::vector<Asked> asked = {{one.path, way.name, "op=decide\n" + way.lines}};
  if (way.name != "whole" && way.name != "handed-over") return asked;
  asked.push_back({one.path, way.name, "op=explain\n" + way.lines});
  asked.push_back({one.path, way.name, "op=mark\narg.model=m\narg.id=a-1\n" + way.lines});
  if (!one.deployment.find("purposes")) return asked;
  for (const char* event : {"accept-all", "reject-all", "withdraw", "opt-out", "choose"})
    asked.push_back(
        {one.path, way.name, "op=consent\n" + way.lines + "event=" + event + "\nevent.now=2026-11-20T09:00:00Z\n"});
  return asked;
}

/// Sets of the corpus; ways with the same packs share a set.
std::vector<Set> corpus_sets() {
  std::vector<Set> sets;
  std::map<std::vector<std::string>, std::size_t> known;
  for (const Case& one : candor::corpus::cases())
    for (const candor::corpus::Way& way : candor::corpus::ways(one)) {
      const auto [found, added] = known.emplace(way.packs, sets.size());
      if (added) sets.push_back({way.packs, {}});
      for (Asked& asked : questions(one, way)) sets[found->second].asked.push_back(std::move(asked));
    }
  return sets;
}

/// The handed-over questions once more, with whole citations.
Set cited() {
  Set set{candor::corpus::shipped_packs(), {}};
  set.packs.emplace_back(candor::tools::embedded("dist/sources.pack"));
  for (const Case& one : candor::corpus::cases())
    for (const candor::corpus::Way& way : candor::corpus::ways(one))
      if (way.name == "handed-over") set.asked.push_back({one.path, "cited", "op=decide\n" + way.lines});
  return set;
}

/// Requests with characters taken away, put in and exchanged.
Set damaged_requests(const Set& sound) {
  Set set{sound.packs, {}};
  std::mt19937 random(4);
  for (int i = 0; i < 2000; ++i) {
    Asked asked = sound.asked[random() % sound.asked.size()];
    asked.way = "damaged request";
    for (unsigned n = 1 + random() % 4; n > 0; --n) {
      const std::size_t at = random() % asked.request.size();
      const char c = static_cast<char>(' ' + random() % 95);
      if (random() % 3 == 0) asked.request.erase(at, 1 + random() % 20);
      else if (random() % 2 == 0) asked.request.insert(at, 1, c);
      else asked.request[at] = random() % 8 == 0 ? '\n' : c;
      if (asked.request.empty()) asked.request = "x";
    }
    // Cut characters are no UTF-8, which JSON cannot carry; tests/wasm/hostile.test.mjs sends those.
    for (char& c : asked.request)
      if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    set.asked.push_back(std::move(asked));
  }
  return set;
}

/// Bundles with sealed damage, and what is answered after each.
std::vector<Set> damaged_bundles(const Set& sound) {
  std::vector<Set> sets;
  std::mt19937 random(5);
  for (int i = 0; i < 400; ++i) {
    std::string pack = sound.packs[0];
    for (unsigned n = 1 + random() % 2; n > 0; --n) {
      const std::size_t at = candor::corpus::pack_header + random() % (pack.size() - candor::corpus::pack_header);
      pack[at] = static_cast<char>(random());
    }
    sets.push_back({{candor::corpus::resealed(pack)}, {sound.asked[0], sound.asked[1]}});
    for (Asked& asked : sets.back().asked) asked.way = "damaged bundle";
  }
  return sets;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: candor-answers DIRECTORY\n");
    return 2;
  }
  Writer writer(words[1]);
  for (const Case& one : candor::corpus::cases()) writer.write(one);
  const std::vector<Set> sets = corpus_sets();
  for (const Set& set : sets) writer.write(set);
  writer.write(cited());
  for (const Set& set : sets)
    if (set.asked[0].way == "handed-over") writer.write(damaged_requests(set));
  for (const Set& set : damaged_bundles(sets.front())) writer.write(set);
  if (!writer.done()) {
    std::fprintf(stderr, "candor-answers: %s cannot be written\n", words[1]);
    return 1;
  }
  std::printf("%zu answers to %zu cases\n", writer.count(), candor::corpus::cases().size());
  return 0;
}

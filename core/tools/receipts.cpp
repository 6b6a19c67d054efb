#include "core/tools/receipts.h"

#include <algorithm>
#include <map>

#include "core/compiler/codes.h"
#include "core/compiler/json.h"
#include "core/tools/canonical.h"
#include "core/tools/command.h"
#include "core/tools/sha2.h"

namespace candor::tools {
namespace {

using compiler::in_backticks;
using compiler::Issue;
using compiler::Issues;
using compiler::Json;
using compiler::text_at;

/// Another line that a line names: by chain, number and hash.
struct Reference {
  std::string chain;
  std::int64_t seq = 0;
  std::string hash;
};

struct Line {
  std::size_t number = 0;  ///< in the file, from 1
  std::string chain, at, hash;
  std::string prev;  ///< empty: null
  std::int64_t seq = 0;
  std::vector<Reference> after;
};

struct Chain {
  std::string id;
  std::vector<Line> lines;                     ///< in the order of the file
  std::map<std::int64_t, std::size_t> by_seq;  ///< index of the first line with a number
  std::int64_t last() const { return by_seq.empty() ? -1 : by_seq.rbegin()->first; }
  const Line* at(std::int64_t seq) const {
    const auto found = by_seq.find(seq);
    return found == by_seq.end() ? nullptr : &lines[found->second];
  }
};

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_count(const Json* value) { return value && value->integral && value->integer >= 0; }

std::string line_name(std::size_t number) { return "line " + std::to_string(number); }

/// Lines in their chains, and what is wrong with them.
class File {
 public:
  explicit File(Issues& issues) : issues_(issues) {}

  void read(std::string_view text) {
    std::size_t number = 0;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      ++lines_;
      read_line(number, line);
    }
    if (lines_ == 0)
      issues_.push_back({"bad-receipt", {}, "the file holds no line, expected receipts as JSON Lines", {}});
  }

  void check() {
    for (Chain& chain : chains_) {
      check_order(chain);
      for (const Line& line : chain.lines) check_links(chain, line);
    }
    for (const auto& [number, end] : ends_) check_end(number, end);
  }

  ReceiptFile summary() {
    ReceiptFile file{lines_, {}};
    std::size_t open = 0;
    for (const Chain& chain : chains_) {
      const Line &first = *chain.at(chain.by_seq.begin()->first), &last = *chain.at(chain.last());
      const bool ends = std::any_of(ends_.begin(), ends_.end(), [&](const auto& each) {
        return each.second.chain == chain.id && each.second.hash == last.hash;
      });
      open += ends ? 0 : 1;
      file.chains.push_back({chain.id, chain.by_seq.size(), first.at, last.at, last.hash, ends});
    }
    if (open > 0)
      issues_.push_back({"unsealed",
                         {},
                         std::to_string(open) + " of " + std::to_string(chains_.size()) +
                             " chains have no line that says where they end, so that lines missing there are not seen",
                         {}});
    return file;
  }

 private:
  void report(std::size_t line, std::string code, const std::string& message) {
    issues_.push_back({std::move(code), {}, line_name(line) + ": " + message, {}});
  }

  void read_line(std::size_t number, std::string_view text) {
    Issues found;
    const auto json = compiler::read_json(text, {}, found);
    for (const Issue& issue : found) report(number, issue.code, issue.message);
    if (!json) return;
    const Json* version = json->find("v");
    if (!json->is(Json::Kind::object) || !version || version->number != 1 || !is_hash(text_at(*json, "hash")))
      return report(number, "bad-receipt", "found no `v` of 1 and `hash` of 64 digits, expected a receipt");
    const auto canonical = canonical_json(*json, "hash");
    if (!canonical) return report(number, "bad-receipt", "found a number that is no integer of at most 2^53 - 1");
    if (sha256_hex(*canonical) != text_at(*json, "hash"))
      report(number, "altered", "its hash is not that of what it holds");
    if (text_at(*json, "type") == "end") read_end(number, *json);
    else read_receipt(number, *json);
  }

  void read_receipt(std::size_t number, const Json& json) {
    const Json *seq = json.find("seq"), *prev = json.find("prev");
    Line line{number, text_at(json, "chain"), text_at(json, "at"), text_at(json, "hash"), text_at(json, "prev"), 0, {}};
    if (line.chain.empty() || line.at.empty() || text_at(json, "type").empty() || !is_count(seq) || !prev ||
        !(prev->is(Json::Kind::null) || is_hash(line.prev)))
      return report(number, "bad-receipt", "found no whole `chain`, `seq`, `at`, `type` and `prev`");
    line.seq = seq->integer;
    for (const Json& each : compiler::items_at(json, "after")) {
      if (!is_count(each.find("seq"))) return report(number, "bad-receipt", "`after` names a line without `seq`");
      line.after.push_back({text_at(each, "chain"), each.find("seq")->integer, text_at(each, "hash")});
    }
    add(std::move(line));
  }

  void read_end(std::size_t number, const Json& json) {
    for (const Json& each : compiler::items_at(json, "chains")) {
      const Json* count = each.find("count");
      if (!is_count(count) || count->integer == 0)
        return report(number, "bad-receipt", "names a chain without the `count` of its lines");
      ends_.push_back({number, {text_at(each, "chain"), count->integer - 1, text_at(each, "head")}});
    }
  }

  void add(Line line) {
    const auto [at, fresh] = index_.emplace(line.chain, chains_.size());
    if (fresh) chains_.push_back({line.chain, {}, {}});
    Chain& chain = chains_[at->second];
    if (const Line* same = chain.at(line.seq)) {
      if (same->hash == line.hash) report(line.number, "repeated", "stands already as " + line_name(same->number));
      else
        report(
            line.number, "altered",
            "claims number " + std::to_string(line.seq) + " of its chain, which " + line_name(same->number) + " has");
      return;
    }
    chain.by_seq.emplace(line.seq, chain.lines.size());
    chain.lines.push_back(std::move(line));
  }

  /// Numbers go up by one, line after line. A number that comes later is out of order, one that never comes is missing.
  void check_order(const Chain& chain) {
    std::int64_t next = 0;
    for (const Line& line : chain.lines) {
      if (line.seq < next)
        report(line.number, "reordered",
               "number " + std::to_string(line.seq) + " of its chain stands after number " + std::to_string(next - 1));
      next = std::max(next, line.seq + 1);
    }
    next = 0;
    for (const auto& [seq, index] : chain.by_seq) {
      if (seq != next)
        report(chain.lines[index].number, "removed",
               std::to_string(seq - next) + " lines are missing before it, from number " + std::to_string(next) +
                   " of its chain");
      next = seq + 1;
    }
  }

  void check_links(const Chain& chain, const Line& line) {
    if (line.seq == 0 && !line.prev.empty())
      report(line.number, "altered", "is the first of its chain and has a `prev`");
    const Line* previous = chain.at(line.seq - 1);
    if (previous && previous->hash != line.prev)
      report(line.number, "altered", "its `prev` is not the hash of " + line_name(previous->number));
    for (const Reference& reference : line.after) check_reference(line.number, reference, "follows on");
  }

  void check_end(std::size_t number, const Reference& end) {
    if (!find(end.chain))
      return report(number, "removed", "the whole chain " + in_backticks(end.chain) + " is missing");
    check_reference(number, end, "ends");
  }

  /// What is named has to be there, if its chain is: a file may hold one chain without the other.
  void check_reference(std::size_t number, const Reference& to, const std::string& how) {
    const Chain* chain = find(to.chain);
    if (!chain) return;
    const std::string name = "number " + std::to_string(to.seq) + " of chain " + in_backticks(to.chain);
    const Line* line = chain->at(to.seq);
    if (!line) report(number, "removed", how + ' ' + name + ", which is missing");
    else if (line->hash != to.hash)
      report(number, "altered", how + ' ' + name + " with another hash than " + line_name(line->number) + " has");
  }

  const Chain* find(const std::string& id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &chains_[found->second];
  }

  Issues& issues_;
  std::size_t lines_ = 0;
  std::vector<Chain> chains_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::vector<std::pair<std::size_t, Reference>> ends_;
};

Json chain_json(const ReceiptChain& chain) {
  return compiler::json_object({{"chain", compiler::json_text(chain.id)},
                                {"count", compiler::json_number(static_cast<std::int64_t>(chain.count))},
                                {"from", compiler::json_text(chain.from)},
                                {"to", compiler::json_text(chain.to)},
                                {"head", compiler::json_text(chain.head)}});
}

bool ends_with_head(const ReceiptFile& file, const std::string& head) {
  return std::any_of(file.chains.begin(), file.chains.end(), [&](const auto& chain) { return chain.head == head; });
}

}  // namespace

ReceiptFile verify_receipts(std::string_view text, Issues& issues) {
  File file(issues);
  file.read(text);
  file.check();
  return file.summary();
}

Outcome receipts(const Invocation& invocation) {
  const std::string path = invocation.option("verify");
  Issues issues;
  const auto text = path == "-" ? std::string(invocation.standard_input) : invocation.host.read(path);
  if (!text) {
    issues.push_back({"unreadable", path, "the file cannot be read, expected receipts as JSON Lines", {}});
    return refuse(issues);
  }
  const ReceiptFile file = verify_receipts(*text, issues);
  locate(invocation, "verify", issues, 0);
  if (invocation.has("head") && !ends_with_head(file, invocation.option("head")))
    issues.push_back(
        {"removed", path + '#', "no chain ends with the hash " + in_backticks(invocation.option("head")), {}});
  if (compiler::has_errors(issues)) return refuse(issues);
  std::vector<Json> chains;
  for (const ReceiptChain& chain : file.chains) chains.push_back(chain_json(chain));
  Json value = compiler::json_object({{"lines", compiler::json_number(static_cast<std::int64_t>(file.lines))},
                                      {"chains", compiler::json_list(std::move(chains))}});
  return {0,
          R"({"type":"success","warnings":)" + issues_json(issues) + R"(,"value":)" + compiler::write_json(value, 0) +
              "}\n",
          lines_of(issues),
          {}};
}

}  // namespace candor::tools

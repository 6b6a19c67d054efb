#include "core/compiler/places.h"

#include <algorithm>

#include "core/compiler/reader.h"
#include "core/runtime/bundle.h"

namespace candor::compiler {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_upper_or_digit(char c) { return is_upper(c) || (c >= '0' && c <= '9'); }

/// ISO 3166-1 alpha-2, ISO 3166-2, `EEA` (`EU` is a reserved alpha-2 code) or `*`.
bool is_place_code(std::string_view code) {
  if (code == "*" || code == "EEA") return true;
  if (code.size() < 2 || !is_upper(code[0]) || !is_upper(code[1])) return false;
  if (code.size() == 2) return true;
  const std::string_view part = code.substr(3);
  return code[2] == '-' && !part.empty() && part.size() <= 3 &&
         std::all_of(part.begin(), part.end(), is_upper_or_digit);
}

std::vector<std::string> codes_of(const Rulebook& rulebook) {
  std::vector<std::string> codes;
  for (const Place& place : rulebook.places) codes.push_back(place.code);
  return codes;
}

/// A place as it is written, before its parents are known by index.
struct Entry {
  Place place;
  std::vector<std::string> in;
  std::optional<Preemption> preempts;
  std::string path;
};

class PlacesReader {
 public:
  PlacesReader(Rulebook& rulebook, Issues& issues) : rulebook_(rulebook), issues_(issues) {}

  void read(const Json& document, const std::string& path) {
    ObjectReader reader(document, path, issues_);
    reader.required("places");
    reader.objects("places", [&](const Json& json, const std::string& at) { read_entry(json, at); });
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.place.code < b.place.code; });
    for (const Entry& entry : entries_) {
      if (find_place(rulebook_, entry.place.code) >= 0)
        report("duplicate-id", pointer(entry.path, "code"),
               "there is already a place " + in_backticks(entry.place.code));
      rulebook_.places.push_back(entry.place);
    }
    if (find_place(rulebook_, "*") < 0) report("unknown-place", pointer(path, "places"), "the place `*` is missing");
    resolve_parents();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].preempts) continue;
      entries_[i].preempts->place = static_cast<int>(i);
      rulebook_.preemptions.push_back(*entries_[i].preempts);
    }
    read_codes(reader, "aliases", rulebook_.place_aliases);
    read_codes(reader, "refused", rulebook_.place_refused);
    reader.finish();
  }

 private:
  void read_entry(const Json& json, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    Entry entry;
    entry.path = path;
    entry.place.code = reader.required_string("code");
    entry.place.name = reader.required_string("name");
    entry.in = reader.strings("in");
    if (const Json* preempts = reader.raw("preempts"))
      entry.preempts = read_preemption(*preempts, pointer(path, "preempts"));
    reader.finish();
    check_code(entry.place.code, pointer(path, "code"));
    entries_.push_back(std::move(entry));
  }

  Preemption read_preemption(const Json& json, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    Preemption read;
    read.path = path;
    if (reader.required("from")) read.from = reader.date("from").value_or(0);
    if (reader.required("checked")) reader.date("checked");
    read.note = reader.required_string("note");
    read.url = reader.url("url").value_or("");
    if (reader.required("ends")) read.ends = reader.strings("ends");
    reader.finish();
    return read;
  }

  void check_code(const std::string& code, const std::string& path) {
    if (!code.empty() && !is_place_code(code))
      report("bad-place-code", path, in_backticks(code) + " is no upper-case ISO 3166-1 alpha-2 or ISO 3166-2 code");
  }

  void resolve_parents() {
    const std::vector<std::string> codes = codes_of(rulebook_);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      for (std::size_t k = 0; k < entry.in.size(); ++k) {
        const int parent = find_place(rulebook_, entry.in[k]);
        if (parent >= 0) rulebook_.places[i].parents.push_back(parent);
        else
          report("unknown-place", pointer(pointer(entry.path, "in"), k), in_backticks(entry.in[k]) + " is no place",
                 nearest(entry.in[k], codes));
      }
    }
    std::vector<Place> closed = rulebook_.places;
    for (std::size_t i = 0; i < closed.size(); ++i) {
      closed[i].parents = ancestors(static_cast<int>(i));
      if (std::count(closed[i].parents.begin(), closed[i].parents.end(), static_cast<int>(i)))
        report("place-cycle", pointer(entries_[i].path, "in"), "`" + closed[i].code + "` lies in itself");
      else if (closed[i].parents.size() > runtime::max_parents)
        report("too-many-parents", pointer(entries_[i].path, "in"),
               "more than " + std::to_string(runtime::max_parents) + " places that it lies in");
    }
    rulebook_.places = std::move(closed);
  }

  /// All that `place` lies in, directly or not, by index.
  std::vector<int> ancestors(int place) const {
    std::vector<int> found, open = rulebook_.places[static_cast<std::size_t>(place)].parents;
    while (!open.empty()) {
      const int next = open.back();
      open.pop_back();
      if (std::count(found.begin(), found.end(), next)) continue;
      found.push_back(next);
      const std::vector<int>& more = rulebook_.places[static_cast<std::size_t>(next)].parents;
      open.insert(open.end(), more.begin(), more.end());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  void read_codes(ObjectReader& reader, std::string_view key, std::map<std::string, std::string>& codes) {
    const std::vector<std::string> known = codes_of(rulebook_);
    reader.members(key, [&](const std::string& code, const Json& target, const std::string& path) {
      check_code(code, path);
      if (find_place(rulebook_, code) >= 0) report("duplicate-id", path, in_backticks(code) + " is a place of its own");
      if (!target.is(Json::Kind::string) || find_place(rulebook_, target.string) < 0)
        report("unknown-place", path, in_backticks(target.string) + " is no place", nearest(target.string, known));
      codes[code] = target.string;
    });
  }

  void report(std::string code, std::string path, std::string message, std::string fix = {}) {
    issues_.push_back({std::move(code), std::move(path), std::move(message), std::move(fix)});
  }

  Rulebook& rulebook_;
  Issues& issues_;
  std::vector<Entry> entries_;
};

}  // namespace

int find_place(const Rulebook& rulebook, std::string_view code) {
  for (std::size_t i = 0; i < rulebook.places.size(); ++i)
    if (rulebook.places[i].code == code) return static_cast<int>(i);
  return -1;
}

void read_places(const Json& document, const std::string& path, Rulebook& rulebook, Issues& issues) {
  PlacesReader(rulebook, issues).read(document, path);
}

}  // namespace candor::compiler

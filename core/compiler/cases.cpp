#include "core/compiler/cases.h"

#include <algorithm>
#include <set>

#include "core/compiler/codes.h"
#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

constexpr std::string_view deployments_folder = "deployments/";
constexpr std::string_view house_prefix = "house-";

const std::vector<std::string> situation_keys = {"host",      "at",    "now",     "jurisdictions", "channel",
                                                 "languages", "facts", "consent", "posture"};
const std::vector<std::string> notice_keys = {"topic",      "satisfies",   "says",  "slots",    "timing", "repeat",
                                              "prominence", "dismissible", "armed", "lead",     "within", "text",
                                              "lang",       "dir",         "also",  "verbatim", "actions"};
const std::vector<std::string> consent_keys = {"satisfies",         "by",  "model",   "prompt", "equalChoice",
                                               "repromptNotBefore", "gpc", "purposes"};
const std::vector<std::string> claim_keys = {"fact", "by", "owner", "reason", "until", "lifted"};
const std::vector<std::string> waiver_keys = {"rule", "owner", "reason", "until"};
const std::vector<std::string> certainties = {"established", "assumed"};
const std::vector<std::string> severities = {"mandatory", "on-request", "safe-harbour", "litigation-risk",
                                             "advisory",  "block",      "pending"};
const std::vector<std::string> statuses = {"in-force", "in-force-grace", "pending"};

std::vector<std::string> rule_ids(const Rulebook& rulebook) {
  std::vector<std::string> ids;
  for (const Rule& rule : rulebook.rules) ids.push_back(rule.id);
  return ids;
}

std::vector<std::string> place_codes(const Rulebook& rulebook) {
  std::vector<std::string> codes;
  for (const Place& place : rulebook.places) codes.push_back(place.code);
  return codes;
}

/// Ids of topics, and of notices: a topic's, or with a suffix where it is armed.
std::vector<std::string> notice_ids(const Rulebook& rulebook) {
  std::vector<std::string> ids;
  for (const Topic& topic : rulebook.topics) ids.push_back(topic.id);
  for (const Topic& topic : rulebook.topics) ids.push_back(topic.id + "-on-request");
  return ids;
}

std::vector<std::string> codes_of(Level level) {
  std::vector<std::string> names;
  for (const Code& code : all_codes())
    if (code.level == level) names.emplace_back(code.code);
  return names;
}

bool lists(const Json* list, std::string_view id) {
  return list &&
         std::any_of(list->items.begin(), list->items.end(), [id](const Json& item) { return item.string == id; });
}

class CasesReader {
 public:
  CasesReader(const SourceFiles& files, const Rulebook& rulebook, Issues& issues)
      : files_(files),
        words_(rulebook.vocabulary),
        issues_(issues),
        rules_(rule_ids(rulebook)),
        places_(place_codes(rulebook)),
        notices_(notice_ids(rulebook)),
        errors_(codes_of(Level::error)),
        warnings_(codes_of(Level::warning)) {}

  std::vector<Case> read() {
    read_deployments();
    for (const auto& [name, text] : files_)
      if (!is_deployment(name)) read_file(name, text);
    return std::move(cases_);
  }

 private:
  static bool is_deployment(const std::string& name) { return name.rfind(deployments_folder, 0) == 0; }

  void read_deployments() {
    for (const auto& [name, text] : files_) {
      if (!is_deployment(name)) continue;
      const std::string bare = name.substr(deployments_folder.size(), name.rfind('.') - deployments_folder.size());
      deployment_names_.push_back(bare);
      deployments_[bare] = read_json(text, name, issues_).value_or(Json());
    }
  }

  void read_file(const std::string& name, const std::string& text) {
    const std::optional<Json> document = read_json(text, name, issues_);
    if (!document) return;
    ObjectReader reader(*document, root_path(name), issues_);
    std::size_t count = 0;
    reader.objects("cases", [&](const Json& json, const std::string& path) {
      ++count;
      read_case(json, path);
    });
    if (count == 0) reader.report("no-cases", pointer(reader.path(), "cases"), "a file without cases");
    reader.finish();
  }

  void read_case(const Json& json, const std::string& path) {
    const std::size_t before = issues_.size();
    ObjectReader reader(json, path, issues_);
    Case read;
    read.path = path;
    read.name = reader.required_string("name");
    if (!read.name.empty() && !names_.insert(read.name).second)
      reader.report("duplicate-name", pointer(path, "name"), "there is already a case " + in_backticks(read.name));
    read.rules = rule_list(reader, "rules");
    if (reader.required("deployment"))
      read.deployment = find_deployment(*reader.raw("deployment"), pointer(path, "deployment"));
    const bool dated = reader.has("starts") || reader.has("ends");
    if (dated ? reader.has("expect") : reader.required("expect")) {
      read.expect = *reader.raw("expect");
      check_expect(read.expect, pointer(path, "expect"));
    }
    if (reader.required("situation")) {
      read.situation = *reader.raw("situation");
      // A case about bad input may ask for anything.
      if (!read.expect.find("error")) check_situation(read.situation, pointer(path, "situation"), dated);
      if (const Json* at = read.situation.find("at")) read.at = parse_date(at->string);
    }
    if (dated) {
      read_days(reader, "starts", read);
      read_days(reader, "ends", read);
    }
    reader.finish();
    if (issues_.size() != before) return;
    if (!dated) cases_.push_back(std::move(read));
  }

  /// `"starts": { "US-CO": "2024-07-01" }`: two cases a place, of the day before its rules begin and of their first
  /// day; `ends`: of their last day and of the day after.
  void read_days(ObjectReader& reader, std::string_view key, const Case& of) {
    const bool starts = key == "starts";
    reader.members(key, [&](const std::string& place, const Json& value, const std::string& path) {
      const std::optional<Day> day = parse_date(value.string);
      if (!day) return reader.report("bad-date", path, "expected a day that exists, YYYY-MM-DD");
      add_day(of, place, starts ? *day - 1 : *day, !starts, path + "/" + (starts ? "before" : "last"));
      add_day(of, place, starts ? *day : *day + 1, starts, path + "/" + (starts ? "first" : "after"));
    });
  }

  void add_day(const Case& of, const std::string& place, Day day, bool in_force, std::string path) {
    Case one = of;
    one.path = std::move(path);
    one.at = day;
    one.name += " (" + place + " on " + format_date(day) + ")";
    std::vector<Json::Member> situation = {{"at", json_text(format_date(day))}, {"jurisdictions", json_texts({place})}};
    situation.insert(situation.end(), of.situation.members.begin(), of.situation.members.end());
    one.situation = json_object(std::move(situation));
    if (!in_force) one.expect = json_object({{"not", json_texts(of.rules)}});
    else if (of.expect.members.empty()) one.expect = json_object({{"obligations", json_texts(of.rules)}});
    else if (!of.expect.find("obligations")) one.expect.members.push_back({"obligations", json_texts(of.rules)});
    cases_.push_back(std::move(one));
  }

  Json find_deployment(const Json& json, const std::string& path) {
    if (json.is(Json::Kind::object)) return json;
    const auto found = deployments_.find(json.string);
    if (found != deployments_.end()) return found->second;
    issues_.push_back({"unknown-deployment", path, in_backticks(json.string) + " is no file of deployments/",
                       nearest(json.string, deployment_names_)});
    return {};
  }

  /// `dated`: the day and the place stand elsewhere.
  void check_situation(const Json& json, const std::string& path, bool dated) {
    ObjectReader reader(json, path, issues_);
    if (!dated) reader.required("at");
    if (!dated) reader.date("at");
    for (const std::string& key : situation_keys)
      if (!dated || (key != "at" && key != "jurisdictions")) reader.raw(key);
    reader.finish();
  }

  // --- expectations --------------------------------------------------------------------------------------------------

  void check_expect(const Json& json, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    if (json.is(Json::Kind::object) && json.members.empty())
      reader.report("expects-nothing", path, "a case that expects nothing");
    for (const char* key : {"obligations", "not", "only"}) rule_list(reader, key);
    check_undetermined(reader);
    by_rule(reader, "certainty", [&](const Json& value, const std::string& at) { check_name(value, certainties, at); });
    by_rule(reader, "status", [&](const Json& value, const std::string& at) { check_name(value, statuses, at); });
    by_rule(reader, "enforcement",
            [&](const Json& value, const std::string& at) { check_name(value, {"stayed"}, at); });
    by_rule(reader, "severity", [&](const Json& value, const std::string& at) { check_names(value, severities, at); });
    by_rule(reader, "place", [&](const Json& value, const std::string& at) { check_names(value, places_, at); });
    by_rule(reader, "because", [&](const Json& value, const std::string& at) { check_strings(value, at); });
    reader.members("notices", [&](const std::string& id, const Json& notice, const std::string& at) {
      check_known(id, notices_, at);
      check_keys(notice, notice_keys, at);
    });
    reader.strings("noNotice", notices_);
    if (const Json* consent = reader.raw("consent"); consent && !consent->is(Json::Kind::null))
      check_keys(*consent, consent_keys, pointer(path, "consent"));
    check_rows(reader, "offers", words_.offers);
    check_rows(reader, "blocks", words_.blocks);
    check_rows(reader, "marks", words_.marks);
    check_rows(reader, "links", words_.links);
    check_rows(reader, "records", words_.records);
    reader.strings("warnings", warnings_);
    reader.objects("claims", [&](const Json& claim, const std::string& at) { check_keys(claim, claim_keys, at); });
    reader.objects("waivers", [&](const Json& waiver, const std::string& at) { check_keys(waiver, waiver_keys, at); });
    if (const Json* until = reader.raw("validUntil"); until && !until->is(Json::Kind::null)) reader.date("validUntil");
    reader.choice("error", errors_);
    reader.finish();
  }

  /// A list of ids, or an object of what the row of each says.
  void check_rows(ObjectReader& reader, std::string_view key, const std::vector<std::string>& known) {
    const Json* rows = reader.raw(key);
    if (!rows) return;
    if (!rows->is(Json::Kind::object)) return void(reader.strings(key, known));
    for (const auto& [id, row] : rows->members) check_known(id, known, pointer(pointer(reader.path(), key), id));
  }

  /// A list of rules, or an object of what each needs.
  void check_undetermined(ObjectReader& reader) {
    const Json* undetermined = reader.raw("undetermined");
    if (!undetermined) return;
    if (undetermined->is(Json::Kind::array)) rule_list(reader, "undetermined");
    else by_rule(reader, "undetermined", [&](const Json& value, const std::string& at) { check_strings(value, at); });
  }

  template <class Check>
  void by_rule(ObjectReader& reader, std::string_view key, Check check) {
    reader.members(key, [&](const std::string& rule, const Json& value, const std::string& path) {
      check_rule(rule, path);
      check(value, path);
    });
  }

  std::vector<std::string> rule_list(ObjectReader& reader, std::string_view key) {
    std::vector<std::string> rules = reader.strings(key);
    for (std::size_t i = 0; i < rules.size(); ++i) check_rule(rules[i], pointer(pointer(reader.path(), key), i));
    return rules;
  }

  void check_rule(const std::string& rule, const std::string& path) {
    if (index_of(rules_, rule) < 0 && rule.rfind(house_prefix, 0) != 0)
      issues_.push_back({"unknown-rule", path, in_backticks(rule) + " is no rule", nearest(rule, rules_)});
  }

  void check_known(const std::string& name, const std::vector<std::string>& known, const std::string& path) {
    if (index_of(known, name) < 0)
      issues_.push_back({"unknown-value", path, in_backticks(name) + " is unknown here", nearest(name, known)});
  }

  void check_name(const Json& value, const std::vector<std::string>& known, const std::string& path) {
    if (value.is(Json::Kind::string)) return check_known(value.string, known, path);
    issues_.push_back({"wrong-type", path, "expected a string", {}});
  }

  /// One name, or a list of them.
  void check_names(const Json& value, const std::vector<std::string>& known, const std::string& path) {
    if (!value.is(Json::Kind::array)) return check_name(value, known, path);
    for (std::size_t i = 0; i < value.items.size(); ++i) check_name(value.items[i], known, pointer(path, i));
  }

  void check_strings(const Json& value, const std::string& path) {
    const bool strings =
        value.is(Json::Kind::array) && std::all_of(value.items.begin(), value.items.end(),
                                                   [](const Json& item) { return item.is(Json::Kind::string); });
    if (!strings) issues_.push_back({"wrong-type", path, "expected a list of strings", {}});
  }

  void check_keys(const Json& json, const std::vector<std::string>& keys, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    for (const std::string& key : keys) reader.raw(key);
    reader.finish();
  }

  const SourceFiles& files_;
  const Vocabulary& words_;
  Issues& issues_;
  std::vector<std::string> rules_, places_, notices_, errors_, warnings_, deployment_names_;
  std::map<std::string, Json> deployments_;
  std::set<std::string> names_;
  std::vector<Case> cases_;
};

}  // namespace

bool Case::is_for(std::string_view rule) const { return index_of(rules, rule) >= 0; }

bool Case::expects(std::string_view rule) const {
  for (const char* key : {"certainty", "status", "severity", "place", "because"})
    if (const Json* by_rule = expect.find(key); by_rule && by_rule->find(rule)) return true;
  return lists(expect.find("obligations"), rule) || lists(expect.find("only"), rule);
}

bool Case::excludes(std::string_view rule) const {
  const Json* only = expect.find("only");
  return lists(expect.find("not"), rule) || (only && !lists(only, rule));
}

std::vector<Case> read_cases(const SourceFiles& files, const Rulebook& rulebook, Issues& issues) {
  return CasesReader(files, rulebook, issues).read();
}

}  // namespace candor::compiler

#include <algorithm>
#include <map>

#include "core/compiler/reader.h"
#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/survey.h"

namespace candor::tools {
namespace {

using compiler::Issues;
using compiler::items_at;
using compiler::Json;
using compiler::json_list;
using compiler::json_object;
using compiler::json_text;
using compiler::json_texts;
using compiler::text_at;

/// What two decisions differ in, without place and channel.
struct Difference {
  std::vector<Json> begins, ends, changes;
  std::string old_model, new_model;

  bool any() const { return !begins.empty() || !ends.empty() || !changes.empty() || old_model != new_model; }
};

/// What makes an obligation the same one on both sides.
std::string identity(const Json& obligation) {
  return text_at(obligation, "rule") + '\n' + text_at(obligation, "place") + '\n' + text_at(obligation, "duty") + '\n' +
         text_at(obligation, "topic");
}

std::string model_of(const Json& decision) {
  const Json* consent = decision.find("consent");
  return consent ? text_at(*consent, "model") : std::string();
}

using ByIdentity = std::map<std::string, Json>;

ByIdentity obligations_of(const Json& decision) {
  ByIdentity found;
  for (const Json& each : items_at(decision, "obligations")) found.emplace(identity(each), in_short(each));
  return found;
}

/// Those of `these` that `others` lack.
std::vector<Json> missing_in(const ByIdentity& others, const ByIdentity& these) {
  std::vector<Json> missing;
  for (const auto& [id, obligation] : these)
    if (!others.contains(id)) missing.push_back(obligation);
  return missing;
}

Difference difference(const Json& before, const Json& after) {
  const ByIdentity old_ones = obligations_of(before), new_ones = obligations_of(after);
  Difference found{
      missing_in(old_ones, new_ones), missing_in(new_ones, old_ones), {}, model_of(before), model_of(after)};
  for (const auto& [id, was] : old_ones) {
    const auto is = new_ones.find(id);
    if (is != new_ones.end() && compiler::write_json(was, 0) != compiler::write_json(is->second, 0))
      found.changes.push_back(json_object({{"from", was}, {"to", is->second}}));
  }
  return found;
}

/// What changes on which day in which channel, and all places that it is the same in.
class Changes {
 public:
  void add(const std::string& day, const Row& before, const Row& after) {
    Difference found = difference(before.decision, after.decision);
    if (!found.any()) return;
    std::vector<Json::Member> members = {{"on", json_text(day)},
                                         {"channel", json_text(after.channel)},
                                         {"begins", json_list(std::move(found.begins))},
                                         {"ends", json_list(std::move(found.ends))},
                                         {"changes", json_list(std::move(found.changes))}};
    if (found.old_model != found.new_model)
      members.push_back(
          {"consent", json_object({{"from", json_text(found.old_model)}, {"to", json_text(found.new_model)}})});
    const std::string key = day + compiler::write_json(json_object(members), 0);
    const auto [at, added] = found_.emplace(key, Change{});
    if (added) at->second.members = std::move(members);
    at->second.places.push_back(after.place);
  }

  Json list() && {
    std::vector<Json> items;
    for (auto& [key, change] : found_) {
      change.members.insert(change.members.begin() + 2, {"places", json_texts(change.places)});
      items.push_back(json_object(std::move(change.members)));
    }
    return json_list(std::move(items));
  }

 private:
  struct Change {
    std::vector<Json::Member> members;
    std::vector<std::string> places;
  };
  std::map<std::string, Change> found_;  ///< by day, then by what changes
};

bool check_day(const Invocation& invocation, std::string_view name, Issues& issues) {
  const std::string day = invocation.option(name);
  if (compiler::parse_date(day)) return true;
  issues.push_back({day.empty() ? "missing-option" : "bad-date",
                    "--" + std::string(name),
                    day.empty() ? "`candor diff` needs this option, or `--rules old.pack new.pack`"
                                : "found `" + day + "`, expected a day that exists, YYYY-MM-DD",
                    {}});
  return false;
}

/// From boundary day to boundary day, so that each change stands under its own day.
bool walk_days(Survey& survey, const std::string& from, const std::string& to, Changes& changes, Issues& issues) {
  for (int place = 0; place < survey.places(); ++place)
    for (const std::string& channel : survey.channels()) {
      auto before = survey.row(place, channel, from, issues);
      while (before) {
        const std::string day = text_at(before->decision, "validUntil");
        if (day.empty() || day > to) break;
        auto after = survey.row(place, channel, day, issues);
        if (after) changes.add(day, *before, *after);
        before = std::move(after);
      }
      if (!before) return false;
    }
  return true;
}

bool compare_packs(Survey& old_law, Survey& new_law, const std::string& day, Changes& changes, Issues& issues) {
  for (int place = 0; place < new_law.places(); ++place)
    for (const std::string& channel : new_law.channels()) {
      const auto before = old_law.row(place, channel, day, issues);
      const auto after = new_law.row(place, channel, day, issues);
      if (!before || !after) return false;
      changes.add(day, *before, *after);
    }
  return true;
}

Outcome answer(const Json& value, const Issues& warnings) {
  return {0,
          R"({"type":"success","warnings":)" + issues_json(warnings) + R"(,"value":)" + compiler::write_json(value, 0) +
              "}\n",
          lines_of(warnings),
          {}};
}

Outcome between_days(const Invocation& invocation, const Law& law, const compiler::Deployment& deployment,
                     Issues& issues) {
  const bool good_from = check_day(invocation, "from", issues), good_to = check_day(invocation, "to", issues);
  if (!good_from || !good_to) return refuse(issues);
  auto survey = Survey::of(law, deployment, issues);
  Changes changes;
  if (!survey || !walk_days(*survey, invocation.option("from"), invocation.option("to"), changes, issues))
    return refuse(issues);
  return answer(json_object({{"from", json_text(invocation.option("from"))},
                             {"to", json_text(invocation.option("to"))},
                             {"changes", std::move(changes).list()}}),
                {});
}

std::optional<Survey> survey_of_pack(const Invocation& invocation, std::string_view option, const Law& law,
                                     const compiler::Deployment& deployment, Issues& issues) {
  const std::string path = invocation.option(option);
  const auto pack = invocation.host.read(path);
  if (!pack) {
    issues.push_back({"unreadable", path, "the file cannot be read, expected a rules.pack", {}});
    return std::nullopt;
  }
  const std::size_t first = issues.size();
  auto survey = Survey::of_pack(law, *pack, deployment, issues);
  for (std::size_t i = first; i < issues.size(); ++i) issues[i].path = path + '#' + issues[i].path;
  return survey;
}

Outcome between_packs(const Invocation& invocation, const Law& law, const compiler::Deployment& deployment,
                      Issues& issues) {
  std::string day = invocation.option("at");
  if (day.empty()) day = std::max(invocation.host.today(), compiler::format_date(law.rulebook.date));
  else if (!check_day(invocation, "at", issues)) return refuse(issues);
  auto old_law = survey_of_pack(invocation, "rules", law, deployment, issues);
  auto new_law = survey_of_pack(invocation, "rules-second", law, deployment, issues);
  Changes changes;
  if (!old_law || !new_law || !compare_packs(*old_law, *new_law, day, changes, issues)) return refuse(issues);
  Issues warnings;
  if (!deployment.rules.empty() || !deployment.overrides.empty())
    warnings.push_back({"needs-build", "/rules", "house rules and overrides take no part in comparing packs", {}});
  return answer(json_object({{"at", json_text(day)},
                             {"rules", json_list({json_text(old_law->version()), json_text(new_law->version())})},
                             {"changes", std::move(changes).list()}}),
                warnings);
}

}  // namespace

Outcome diff(const Invocation& invocation) {
  Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  if (!deployment) return refuse(issues);
  return invocation.has("rules") ? between_packs(invocation, *law, *deployment, issues)
                                 : between_days(invocation, *law, *deployment, issues);
}

}  // namespace candor::tools

#include "core/tools/survey.h"

#include "core/compiler/pack.h"

namespace candor::tools {

using compiler::Issues;
using compiler::Json;

std::optional<Survey> Survey::of(const Law& law, compiler::Deployment deployment, Issues& issues) {
  deployment.places.clear();
  deployment.languages = {"en"};
  const auto bundle = compile_bundle(law, deployment, issues);
  if (!bundle) return std::nullopt;
  Survey survey(law.rulebook, std::move(deployment));
  if (!load(survey.engine_, *bundle, true, issues)) return std::nullopt;
  return survey;
}

std::optional<Survey> Survey::of_pack(const Law& law, std::string_view rules_pack, compiler::Deployment deployment,
                                      Issues& issues) {
  Survey survey(law.rulebook, std::move(deployment));
  const auto words = compiler::pack_without_words(law.locales.front(), rules_pack);
  if (!words) {
    issues.push_back({"bad-pack", "", "this is no rules.pack", {}});
    return std::nullopt;
  }
  if (!load(survey.engine_, rules_pack, false, issues) || !load(survey.engine_, *words, true, issues))
    return std::nullopt;
  for (const std::string& line : compiler::flatten(survey.deployment_))
    if (!line.starts_with("deployment.places") && !line.starts_with("deployment.languages"))
      survey.lines_.push_back(line);
  return survey;
}

std::optional<Row> Survey::row(int place, const std::string& channel, const std::string& day, Issues& issues) {
  const compiler::Place& where = rulebook_->places[static_cast<std::size_t>(place)];
  std::vector<std::string> lines = {"op=explain", "at=" + day, "channel=" + channel, "language=en"};
  if (where.code != "*") lines.push_back("place=" + where.code);
  lines.insert(lines.end(), lines_.begin(), lines_.end());
  const auto envelope = ask(engine_, lines, issues);
  auto answer = envelope ? compiler::read_json(*envelope, {}, issues) : std::nullopt;
  const Json* decision = answer ? answer->find("value") : nullptr;
  if (!decision) return std::nullopt;
  version_ = compiler::text_at(*decision, "rules");
  return Row{where.code, where.name, channel, *decision};
}

std::optional<std::vector<Row>> Survey::rows(const std::string& day, Issues& issues) {
  std::vector<Row> rows;
  for (int place = 0; place < places(); ++place)
    for (const std::string& channel : channels()) {
      auto one = row(place, channel, day, issues);
      if (!one) return std::nullopt;
      rows.push_back(std::move(*one));
    }
  return rows;
}

Json in_short(const Json& obligation) {
  std::vector<Json::Member> members;
  const auto copy = [&members](const Json& from, const char* key) {
    if (const Json* value = from.find(key)) members.push_back({key, *value});
  };
  for (const char* key : {"rule", "duty", "topic", "severity", "certainty", "status", "enforcement"})
    copy(obligation, key);
  if (const Json* source = obligation.find("source"))
    for (const char* key : {"law", "article", "url"}) copy(*source, key);
  return compiler::json_object(std::move(members));
}

}  // namespace candor::tools

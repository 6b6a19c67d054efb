#include "core/compiler/situation.h"

#include "core/compiler/input.h"
#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

void check_instant(ObjectReader& reader, std::string_view key) {
  const std::string text = reader.string(key);
  if (!text.empty() && !is_instant(text))
    reader.report("bad-date", pointer(reader.path(), key),
                  "found `" + text + "`, expected an RFC 3339 instant such as `2026-11-20T09:00:00Z`");
}

const std::vector<std::string> states = {"granted", "denied"};
const std::vector<std::string> ways = {"choice", "withdrawal", "opt-out"};

void check_choice(ObjectReader& record, const std::string& id, const Json& value, const std::string& path) {
  check_id(id, path, record.issues());
  if (value.is(Json::Kind::string)) {
    if (value.string != states[0] && value.string != states[1])
      record.report("unknown-value", path, "found `" + value.string + "`, expected `granted` or `denied`",
                    nearest(value.string, states));
    return;
  }
  ObjectReader reader(value, path, record.issues());
  if (reader.required("state")) reader.choice("state", states);
  reader.choice("model", {"none", "notice", "opt-out", "opt-in"});
  check_instant(reader, "at");
  reader.choice("via", ways);
}

/// The record is opaque to hosts and may come from a later version: what else stands in it is left alone.
void check_consent(const Json& value, const Rulebook& rulebook, Issues& issues) {
  ObjectReader reader(value, "/consent", issues);
  reader.integer("v");
  if (reader.required("at")) check_instant(reader, "at");
  if (reader.required("purposes"))
    reader.members("purposes", [&](const std::string& id, const Json& choice, const std::string& path) {
      check_choice(reader, id, choice, path);
    });
  for (const char* text : {"terms", "shown", "rules"}) reader.string(text);
  reader.choice("via", ways);
  read_places(reader, "places", rulebook);
}

}  // namespace

std::optional<std::vector<std::string>> read_situation(const Json& document, const Rulebook& rulebook,
                                                       const Deployment& deployment, std::string_view today,
                                                       Issues& issues) {
  const std::size_t before = issues.size();
  std::vector<std::string> lines;
  const auto line = [&lines](std::string_view key, std::string_view value) {
    lines.push_back(std::string(key) + '=' + std::string(value));
  };
  ObjectReader reader(document, "", issues);
  if (const std::string host = reader.choice("host", {"page"}); !host.empty()) line("host", host);
  line("at", reader.date("at") ? reader.string("at") : std::string(today));
  check_instant(reader, "now");
  if (const std::string now = reader.string("now"); !now.empty()) line("now", now);
  read_places(reader, "jurisdictions", rulebook);
  if (document.find("jurisdictions"))
    for (const Json& place : document.find("jurisdictions")->items) line("place", place.string);
  std::vector<std::string> channels = deployment.channels;
  channels.insert(channels.end(), rulebook.vocabulary.channel_types.begin(), rulebook.vocabulary.channel_types.end());
  if (const std::string channel = reader.choice("channel", channels); !channel.empty()) line("channel", channel);
  const std::vector<std::string> languages = read_list(reader, "languages");
  for (std::size_t i = 0; i < languages.size(); ++i) {
    line("language", languages[i]);
    if (!canonical_language(languages[i]))
      reader.report("bad-language", pointer("/languages", i),
                    "found `" + languages[i] + "`, expected a BCP 47 language tag such as `de` or `de-AT`");
  }
  check_facts(reader, "facts", rulebook);
  if (const Json* facts = reader.raw("facts")) {
    Json stated;
    stated.kind = Json::Kind::object;
    stated.members.push_back({"facts", *facts});
    std::vector<std::string> flat;
    flatten(stated, {}, flat);
    for (const std::string& each : flat) lines.push_back("fact" + each.substr(std::string_view(".facts").size()));
  }
  if (const Json* consent = reader.raw("consent")) {
    check_consent(*consent, rulebook, issues);
    flatten(*consent, "consent", lines);
  }
  if (const std::string posture = reader.choice("posture", {"strict", "exact"}); !posture.empty())
    line("posture", posture);
  reader.finish();
  if (issues.size() != before) return std::nullopt;
  return lines;
}

}  // namespace candor::compiler

#include "core/compiler/deployment.h"

#include <algorithm>

#include "core/compiler/facts.h"
#include "core/compiler/input.h"
#include "core/compiler/locale.h"
#include "core/compiler/reader.h"
#include "core/runtime/format.h"

namespace candor::compiler {
namespace {

/// Reads one document; one function for each of its parts.
class DeploymentReader {
 public:
  DeploymentReader(const Json& document, const Rulebook& rulebook, Issues& issues)
      : rulebook_(rulebook), issues_(issues), root_(document, "", issues) {
    out_.document = document;
  }

  Deployment read() {
    read_operator();
    root_.members("assistants", [&](const std::string& id, const Json& value, const std::string& path) {
      read_assistant(id, value, path);
    });
    root_.members("channels", [&](const std::string& id, const Json& value, const std::string& path) {
      read_channel(id, value, path);
    });
    if (out_.channels.empty())
      root_.report("missing-key", "/channels", "a deployment needs a channel", R"({"chat": {"type": "chat-widget"}})");
    std::vector<std::string> purposes;
    root_.objects("purposes", [&](const Json& value, const std::string& path) { read_purpose(value, path, purposes); });
    root_.members("links", [&](const std::string& id, const Json& value, const std::string& path) {
      read_link(id, value, path);
    });
    for (const std::string& name : read_list(root_, "platforms", platforms().values))
      out_.platforms |=
          1u << (std::find(platforms().values.begin(), platforms().values.end(), name) - platforms().values.begin());
    out_.rules = read_list(root_, "rules");
    out_.places = read_places(root_, "places", rulebook_);
    read_languages();
    root_.choice("posture", {"strict", "exact"});
    root_.members("overrides", [&](const std::string& language, const Json& value, const std::string& path) {
      read_overrides(language, value, path);
    });
    root_.objects("claims", [&](const Json& value, const std::string& path) { read_claim(value, path); });
    const std::vector<std::string> vouched = read_list(root_, "vouch");
    for (std::size_t i = 0; i < vouched.size(); ++i) lifting_fact(vouched[i], pointer("/vouch", i));
    root_.objects("waivers", [&](const Json& value, const std::string& path) { read_waiver(value, path); });
    root_.finish();
    return std::move(out_);
  }

 private:
  const Fact& platforms() const { return rulebook_.facts[runtime::fact_platforms]; }

  void read_operator() {
    if (!root_.required("operator")) return;
    ObjectReader reader(*root_.raw("operator"), "/operator", issues_);
    reader.required_string("name");
    reader.string("contact");
    out_.established = read_places(reader, "established", rulebook_);
    check_facts(reader, "facts", rulebook_);
    reader.finish();
  }

  void read_assistant(const std::string& id, const Json& value, const std::string& path) {
    check_id(id, path, issues_);
    assistants_.push_back(id);
    ObjectReader reader(value, path, issues_);
    reader.string("name");
    check_facts(reader, "facts", rulebook_);
    reader.objects("providers", [&](const Json& provider, const std::string& at) {
      ObjectReader each(provider, at, issues_);
      each.required_string("name");
      each.url("policy");
      each.finish();
    });
    reader.finish();
  }

  void read_channel(const std::string& id, const Json& value, const std::string& path) {
    check_id(id, path, issues_);
    out_.channels.push_back(id);
    ObjectReader reader(value, path, issues_);
    if (reader.required("type")) reader.choice("type", rulebook_.vocabulary.channel_types);
    const std::vector<std::string> used = reader.strings("assistant");
    const Json* assistant = reader.raw("assistant");
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (std::count(assistants_.begin(), assistants_.end(), used[i])) continue;
      const std::string at = pointer(path, "assistant");
      reader.report("unknown-value", assistant->is(Json::Kind::array) ? pointer(at, i) : at,
                    "`" + used[i] + "` is no assistant of this deployment", nearest(used[i], assistants_));
    }
    check_facts(reader, "facts", rulebook_);
    reader.finish();
  }

  /// An id that no other in `taken` has.
  void read_id(ObjectReader& reader, std::vector<std::string>& taken) {
    const std::string id = reader.string("id");
    if (!reader.has("id")) return;
    const std::string path = pointer(reader.path(), "id");
    check_id(id, path, issues_);
    if (std::count(taken.begin(), taken.end(), id))
      reader.report("duplicate-id", path, "`" + id + "` stands twice, expected an id of its own");
    taken.push_back(id);
  }

  void read_purpose(const Json& value, const std::string& path, std::vector<std::string>& ids) {
    ObjectReader reader(value, path, issues_);
    reader.required_string("id");
    read_id(reader, ids);
    const std::vector<std::string>& kinds = rulebook_.vocabulary.purpose_kinds;
    if (reader.required("kind")) {
      const std::string kind = reader.choice("kind", kinds);
      if (!kind.empty())
        out_.purpose_kinds.push_back(static_cast<int>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin()));
    }
    for (const char* flag : {"ownService", "shared", "sells", "sensitive"}) reader.boolean(flag);
    std::vector<std::string> services;
    reader.objects("services",
                   [&](const Json& service, const std::string& at) { read_service(service, at, services); });
    reader.finish();
  }

  void read_service(const Json& value, const std::string& path, std::vector<std::string>& ids) {
    ObjectReader reader(value, path, issues_);
    read_id(reader, ids);
    reader.required_string("name");
    reader.url("policy");
    reader.string("recipient");
    if (const std::string country = reader.string("country"); !country.empty())
      resolve_place(country, rulebook_, pointer(path, "country"), issues_);
    read_list(reader, "hosts");
    reader.objects("cookies", [&](const Json& cookie, const std::string& at) {
      ObjectReader each(cookie, at, issues_);
      each.required_string("name");
      each.string("domain");
      each.string("path");
      each.finish();
    });
    read_list(reader, "storage");
    reader.finish();
  }

  void read_link(const std::string& id, const Json& value, const std::string& path) {
    const std::vector<std::string>& links = rulebook_.vocabulary.links;
    if (!std::count(links.begin(), links.end(), id))
      root_.report("unknown-key", path, "`" + id + "` is no link of the vocabulary", nearest(id, links));
    out_.links.push_back(id);
    ObjectReader reader(value, path, issues_);
    if (reader.required("url")) reader.url("url");
    reader.date("updated");
    reader.finish();
  }

  void check_language(const std::string& written, const std::string& path) {
    const auto tag = canonical_language(written);
    if (tag && *tag == written) return;
    root_.report("bad-language", path,
                 "found `" + written + "`, expected a BCP 47 language tag such as `de` or `de-AT`", tag.value_or(""));
  }

  void read_languages() {
    out_.languages = read_list(root_, "languages");
    for (std::size_t i = 0; i < out_.languages.size(); ++i) check_language(out_.languages[i], pointer("/languages", i));
  }

  void read_overrides(const std::string& language, const Json& value, const std::string& path) {
    check_language(language, path);
    if (!value.is(Json::Kind::object))
      return root_.report("wrong-type", path, "expected an object of message keys and texts");
    const std::vector<std::string> keys = message_keys(rulebook_);
    for (const auto& [key, text] : value.members) {
      const std::string at = pointer(path, key);
      if (!std::count(keys.begin(), keys.end(), key))
        root_.report("unknown-key", at, "`" + key + "` is no message key", nearest(key, keys));
      else if (!text.is(Json::Kind::string)) root_.report("wrong-type", at, "a message must be a string");
      else out_.overrides.push_back({language, key, text.string});
    }
  }

  /// The index of a fact that only lifts duties, or -1: no other can be claimed or vouched for.
  int lifting_fact(const std::string& name, const std::string& path) {
    const int fact = resolve_fact(name, rulebook_, path, issues_);
    if (fact < 0 || rulebook_.facts[static_cast<std::size_t>(fact)].lifts) return fact;
    std::vector<std::string> lifting;
    for (const Fact& each : rulebook_.facts)
      if (each.lifts) lifting.push_back(each.name);
    root_.report("not-lifting", path,
                 "`" + name + "` lifts no duty, expected a fact that does; state this one under `facts`",
                 nearest(name, lifting));
    return -1;
  }

  void read_reason(ObjectReader& reader) {
    reader.required_string("reason");
    reader.required_string("owner");
    reader.required("date");
  }

  void read_claim(const Json& value, const std::string& path) {
    ObjectReader reader(value, path, issues_);
    const std::string name = reader.required_string("fact");
    const int fact = name.empty() ? -1 : lifting_fact(name, pointer(path, "fact"));
    if (reader.required("value") && fact >= 0)
      read_fact_value(rulebook_.facts[static_cast<std::size_t>(fact)], *reader.raw("value"), pointer(path, "value"),
                      issues_);
    reader.choice("channel", out_.channels);
    read_reason(reader);
    check_days(reader);
    reader.finish();
  }

  void check_days(ObjectReader& reader) {
    const auto from = reader.date("date"), until = reader.date("until");
    if (from && until && *until < *from)
      reader.report("until-before-from", pointer(reader.path(), "until"), "it ends before it begins");
  }

  void read_waived_rule(const std::string& id, const std::string& path) {
    std::vector<std::string> rules, waivable;
    for (const Rule& rule : rulebook_.rules) {
      rules.push_back(rule.id);
      if (can_be_waived(rule)) waivable.push_back(rule.id);
    }
    if (!std::count(rules.begin(), rules.end(), id))
      root_.report("unknown-rule", path, "`" + id + "` is no rule of the rulebook", nearest(id, rules));
    else if (!std::count(waivable.begin(), waivable.end(), id))
      root_.report("not-waivable", path,
                   "`" + id + "` is law, expected a rule of a platform or of the house, or an advisory one",
                   nearest(id, waivable));
  }

  void read_waiver(const Json& value, const std::string& path) {
    ObjectReader reader(value, path, issues_);
    const std::string id = reader.required_string("rule");
    if (!id.empty()) read_waived_rule(id, pointer(path, "rule"));
    read_reason(reader);
    reader.required("until");
    check_days(reader);
    reader.finish();
  }

  const Rulebook& rulebook_;
  Issues& issues_;
  ObjectReader root_;
  Deployment out_;
  std::vector<std::string> assistants_;
};

}  // namespace

std::optional<Deployment> read_deployment(const Json& document, const Rulebook& rulebook, Issues& issues) {
  const std::size_t before = issues.size();
  Deployment deployment = DeploymentReader(document, rulebook, issues).read();
  if (issues.size() != before) return std::nullopt;
  return deployment;
}

bool can_be_waived(const Rule& rule) {
  return rule.layer >= Layer::platform || std::all_of(rule.duties.begin(), rule.duties.end(), [&](const Duty& duty) {
           const Severity severity = duty.severity.value_or(rule.severity);
           return severity == Severity::advisory || severity == Severity::litigation_risk;
         });
}

std::vector<std::string> flatten(const Deployment& deployment) {
  std::vector<std::string> lines;
  for (const auto& [key, value] : deployment.document.members)
    if (key != "rules" && key != "overrides") flatten(value, "deployment." + key, lines);
  return lines;
}

}  // namespace candor::compiler

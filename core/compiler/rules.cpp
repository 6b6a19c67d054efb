#include "core/compiler/rules.h"

#include <algorithm>
#include <tuple>

#include "core/compiler/conditions.h"
#include "core/compiler/facts.h"
#include "core/compiler/input.h"
#include "core/compiler/places.h"
#include "core/compiler/reader.h"
#include "core/compiler/topics.h"

namespace candor::compiler {
namespace {

// In the order of the enumerations in model.h.
const std::vector<std::string> severities = {"mandatory", "on-request", "safe-harbour", "litigation-risk",
                                             "advisory",  "block",      "pending"};
const std::vector<std::string> layers = {"law", "agreement", "platform", "house"};
const std::vector<std::string> binds = {"provider", "deployer", "controller", "operator"};
const std::vector<std::string> duty_kinds = {"disclose", "consent", "mark", "offer", "block", "record", "link"};
const std::vector<std::string> models = {"none", "notice", "opt-out", "opt-in", "prohibited"};

const std::vector<std::string> confidences = {"high", "medium", "low"};
constexpr std::string_view verbatim_prefix = "verbatim:";
constexpr std::int64_t most_business_days = 366;

/// The layers that the rules of a file may have; the first is the default.
std::vector<std::string> layers_of(RuleFile kind) {
  switch (kind) {
    case RuleFile::law:
    case RuleFile::baseline: return {"law"};
    case RuleFile::platform: return {"platform"};
    case RuleFile::house: break;
  }
  return {"house", "agreement"};
}

/// What an entry says about its source, or inherits from its rule and its file.
struct Citation {
  std::string law, url, confidence;
  std::optional<Day> checked;
};

class RulesReader {
 public:
  RulesReader(const std::string& file, RuleFile kind, Rulebook& rulebook, Issues& issues)
      : file_(file), kind_(kind), rulebook_(rulebook), words_(rulebook.vocabulary), issues_(issues) {}

  void read(const Json& document) {
    ObjectReader reader(document, root_path(file_), issues_);
    const Citation citation = read_citation(reader, {});
    reader.raw("verbatim");
    if (kind_ == RuleFile::house) reader.raw("facts");
    reader.required("rules");
    reader.objects("rules", [&](const Json& json, const std::string& path) { read_rule(json, path, citation); });
    reader.finish();
  }

 private:
  // --- rules ---------------------------------------------------------------------------------------------------------

  void read_rule(const Json& json, const std::string& path, const Citation& above) {
    ObjectReader reader(json, path, issues_);
    Rule rule;
    rule.file = file_;
    rule.path = path;
    rule.id = reader.required_string("id");
    check_id(rule.id, pointer(path, "id"));
    rule.title = reader.required_string("title");
    rule.note = reader.string("note");
    rule.layer =
        static_cast<Layer>(index_of(layers, reader.choice("layer", layers_of(kind_), layers_of(kind_).front())));
    rule.severity = read_enum<Severity>(reader, "severity", severities);
    rule.binds = read_enum<Binds>(reader, "binds", binds);
    rule.reach_establishment = !reader.strings("reach", {"establishment"}).empty();
    rule.never = reader.boolean("never");
    rule.stayed = reader.boolean("stayed");
    const Citation citation = read_citation(reader, above);
    if (reader.required("in")) read_entries(reader, citation, rule);
    rule.when = read_when(reader).value_or(Condition());
    rule.modifies_ids = reader.strings("modifies");
    if (reader.required("duties"))
      reader.objects("duties",
                     [&](const Json& duty, const std::string& at) { rule.duties.push_back(read_duty(duty, at)); });
    if (rule.duties.empty() && json.find("duties"))
      report("missing-key", pointer(path, "duties"), "a rule without duties");
    reader.finish();
    rulebook_.rules.push_back(std::move(rule));
  }

  void check_id(const std::string& id, const std::string& path) {
    if (id.empty()) return;
    if (!is_rule_id(id))
      report("bad-id", path, in_backticks(id) + " is no rule id, expected lower-case words and numbers joined by `-`");
    const bool house = id.rfind("house-", 0) == 0;
    if (house != (kind_ == RuleFile::house))
      report("bad-prefix", path, "the ids of house rules, and of no others, begin `house-`",
             house ? id.substr(6) : "house-" + id);
  }

  // --- places and sources --------------------------------------------------------------------------------------------

  void read_entries(ObjectReader& reader, const Citation& citation, Rule& rule) {
    std::vector<std::string> paths;
    reader.objects("in", [&](const Json& json, const std::string& path) {
      if (std::optional<PlaceEntry> entry = read_entry(json, path, citation, rule.id)) {
        for (const PlaceEntry& other : rule.in)
          if (overlap(*entry, other))
            report("overlapping-entries", path, "the rule stands twice in one place on the same day");
        rule.in.push_back(*entry);
      }
    });
    if (const Json* in = reader.raw("in"); in->is(Json::Kind::array) && in->items.empty())
      report("missing-key", pointer(reader.path(), "in"), "a rule without a place");
    std::stable_sort(rule.in.begin(), rule.in.end(), [](const PlaceEntry& a, const PlaceEntry& b) {
      return std::pair(a.place, a.from) < std::pair(b.place, b.from);
    });
  }

  static bool overlap(const PlaceEntry& a, const PlaceEntry& b) {
    return a.place == b.place && (!a.until || b.from <= *a.until) && (!b.until || a.from <= *b.until);
  }

  Citation read_citation(ObjectReader& reader, const Citation& above) {
    Citation citation;
    citation.law = reader.string("law", above.law);
    citation.url = reader.has("url") ? reader.url("url").value_or("") : above.url;
    citation.confidence = reader.choice("confidence", confidences, above.confidence);
    citation.checked = reader.has("checked") ? reader.date("checked") : above.checked;
    const bool of_others = kind_ == RuleFile::law || kind_ == RuleFile::platform;
    const bool whole = citation.url.rfind("https://", 0) == 0 || citation.url.rfind("http://", 0) == 0;
    if (reader.has("url") && !citation.url.empty() && !whole && of_others)
      report("bad-url", pointer(reader.path(), "url"), in_backticks(citation.url) + " is no whole address of a source");
    return citation;
  }

  std::optional<PlaceEntry> read_entry(const Json& json, const std::string& path, const Citation& above,
                                       const std::string& rule) {
    const std::size_t before = issues_.size();
    ObjectReader reader(json, path, issues_);
    PlaceEntry entry;
    entry.place = read_place(reader);
    if (reader.required("from")) entry.from = reader.date("from").value_or(0);
    entry.until = reader.date("until");
    entry.grace = reader.date("grace");
    entry.announced = reader.boolean("announced");
    Source source;
    source.article = reader.required_string("article");
    source.id = reader.string("source");
    if (source.id.empty()) source.id = source_id(rule, place_code(entry.place));
    const Citation citation = read_citation(reader, above);
    reader.finish();
    check_dates(entry, issues_.size() > before, path);
    complete(source, citation, path);
    if (issues_.size() > before) return std::nullopt;
    entry.source = add_source(std::move(source), path);
    return entry;
  }

  const std::string& place_code(int place) const {
    static const std::string none;
    return place < 0 ? none : rulebook_.places[static_cast<std::size_t>(place)].code;
  }

  /// A place of a rule is written exactly: what a situation may abbreviate, law spells out.
  int read_place(ObjectReader& reader) {
    const std::string code = reader.required_string("place");
    if (code.empty()) return -1;
    const int place = find_place(rulebook_, code);
    if (place >= 0) return place;
    std::vector<std::string> codes;
    for (const Place& each : rulebook_.places) codes.push_back(each.code);
    std::string fix = nearest(code, codes);
    for (const auto* replaced : {&rulebook_.place_aliases, &rulebook_.place_refused})
      if (const auto found = replaced->find(code); found != replaced->end()) fix = found->second;
    report("unknown-place", pointer(reader.path(), "place"), in_backticks(code) + " is no place of places.json", fix);
    return -1;
  }

  void check_dates(const PlaceEntry& entry, bool already_wrong, const std::string& path) {
    if (already_wrong) return;
    if (entry.until && *entry.until < entry.from)
      report("until-before-from", pointer(path, "until"), "the last day in force is before the first");
    if (entry.grace && (*entry.grace <= entry.from || (entry.until && *entry.grace > *entry.until)))
      report("grace-outside", pointer(path, "grace"),
             "the first day of enforcement is not after `from` and within the time in force");
  }

  void complete(Source& source, const Citation& citation, const std::string& path) {
    const auto required = [&](const char* key, bool present) {
      if (!present)
        report("missing-key", pointer(path, key), "no " + in_backticks(key) + " here, at the rule or at the file");
    };
    required("law", !citation.law.empty());
    required("url", !citation.url.empty());
    required("confidence", !citation.confidence.empty());
    required("checked", citation.checked.has_value());
    source.law = citation.law;
    source.url = citation.url;
    source.confidence = citation.confidence;
    source.checked = citation.checked.value_or(0);
  }

  /// The index of the source, which several entries may share if they say the same of it.
  int add_source(Source source, const std::string& path) {
    for (std::size_t i = 0; i < rulebook_.sources.size(); ++i) {
      const Source& other = rulebook_.sources[i];
      if (other.id != source.id) continue;
      const bool same = std::tie(other.law, other.article, other.url, other.confidence, other.checked) ==
                        std::tie(source.law, source.article, source.url, source.confidence, source.checked);
      if (!same)
        report("source-conflict", pointer(path, "source"),
               "the source " + in_backticks(source.id) + " is described differently elsewhere",
               "give one of them an id of its own");
      return static_cast<int>(i);
    }
    rulebook_.sources.push_back(std::move(source));
    return static_cast<int>(rulebook_.sources.size()) - 1;
  }

  // --- duties --------------------------------------------------------------------------------------------------------

  Duty read_duty(const Json& json, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    Duty duty;
    const int kind = reader.required("duty") ? reader.index("duty", duty_kinds) : -1;
    if (kind < 0) return duty;  // every other key depends on it
    duty.kind = static_cast<DutyKind>(kind);
    duty.when = read_when(reader);
    if (reader.has("severity")) duty.severity = read_enum<Severity>(reader, "severity", severities);
    duty.lead = read_term(reader, "lead");
    duty.within = read_term(reader, "within");
    switch (duty.kind) {
      case DutyKind::disclose: read_disclosure(reader, duty); break;
      case DutyKind::consent: read_consent(reader, duty); break;
      case DutyKind::mark: read_mark(reader, duty); break;
      case DutyKind::offer: duty.id = required_index(reader, "offer", words_.offers); break;
      case DutyKind::block: read_block(reader, duty); break;
      case DutyKind::record: read_record(reader, duty); break;
      case DutyKind::link:
        duty.id = required_index(reader, "link", words_.links);
        if (reader.has("title")) duty.title = resolve_verbatim(reader.string("title"), pointer(path, "title"));
    }
    reader.finish();
    return duty;
  }

  void read_disclosure(ObjectReader& reader, Duty& duty) {
    std::vector<std::string> topics;
    for (const Topic& topic : rulebook_.topics) topics.push_back(topic.id);
    duty.topic = required_index(reader, "topic", topics);
    read_says(reader, duty);
    duty.timing = reader.index("timing", words_.timings);
    duty.repeat = reader.indices("repeat", words_.repeats);
    duty.prominence = std::max(0, reader.index("prominence", words_.prominences));
    duty.dismissible = reader.boolean("dismissible", true);
    duty.slots = reader.indices("slots", words_.slots);
    std::vector<std::string> actions = words_.offers;
    actions.insert(actions.end(), words_.links.begin(), words_.links.end());
    actions.insert(actions.end(), words_.actions.begin(), words_.actions.end());
    duty.actions = reader.indices("actions", actions);
    read_languages(reader, duty);
    reader.members("channels", [&](const std::string& name, const Json& json, const std::string& path) {
      read_form(name, json, path, duty);
    });
  }

  void read_says(ObjectReader& reader, Duty& duty) {
    const std::vector<std::string> says = reader.strings("says");
    for (std::size_t i = 0; i < says.size(); ++i) {
      const std::string path = pointer(pointer(reader.path(), "says"), i);
      if (says[i].rfind(verbatim_prefix, 0) == 0) {
        if (const int text = resolve_verbatim(says[i].substr(verbatim_prefix.size()), path); text >= 0)
          duty.verbatim.push_back(text);
      } else if (const int statement = index_of(words_.statements, says[i]); statement >= 0) {
        duty.says.push_back(statement);
      } else {
        report("unknown-value", path, in_backticks(says[i]) + " is no statement", nearest(says[i], words_.statements));
      }
    }
  }

  void read_languages(ObjectReader& reader, Duty& duty) {
    const std::vector<std::string> languages = reader.strings("languages");
    for (std::size_t i = 0; i < languages.size(); ++i) {
      const std::optional<std::string> tag = canonical_language(languages[i]);
      if (tag == languages[i]) duty.languages.push_back(languages[i]);
      else
        report("bad-language", pointer(pointer(reader.path(), "languages"), i),
               in_backticks(languages[i]) + " is no BCP 47 tag in its usual case", tag.value_or(""));
    }
  }

  void read_form(const std::string& channel, const Json& json, const std::string& path, Duty& duty) {
    ObjectReader reader(json, path, issues_);
    ChannelForm form;
    form.channel = index_of(words_.channel_types, channel);
    if (form.channel < 0)
      report("unknown-value", path, in_backticks(channel) + " is no channel type",
             nearest(channel, words_.channel_types));
    form.slots = reader.indices("slots", words_.slots);
    form.timing = reader.index("timing", words_.timings);
    form.repeat = reader.indices("repeat", words_.repeats);
    form.prominence = reader.index("prominence", words_.prominences);
    reader.finish();
    duty.forms_by_channel.push_back(std::move(form));
  }

  void read_consent(ObjectReader& reader, Duty& duty) {
    reader.required("rows");
    reader.objects("rows",
                   [&](const Json& json, const std::string& path) { duty.rows.push_back(read_row(json, path)); });
    duty.refusal_floor = read_calendar_term(reader, "refusalFloor");
    duty.grant_cap = read_calendar_term(reader, "grantCap");
    duty.equal_choice = reader.boolean("equalChoice");
    duty.gpc_status = reader.boolean("gpcStatus");
  }

  ConsentRow read_row(const Json& json, const std::string& path) {
    ObjectReader reader(json, path, issues_);
    ConsentRow row;
    if (const Json* kind = reader.raw("kind"); kind && !(kind->is(Json::Kind::string) && kind->string == "*")) {
      row.kinds = reader.indices("kind", words_.purpose_kinds);
      if (kind->is(Json::Kind::array) && kind->items.empty())
        report("missing-key", pointer(path, "kind"), "no purpose kind", "*");
    }
    const auto flag = [&reader](const char* key) {
      return reader.has(key) ? std::optional(reader.boolean(key)) : std::nullopt;
    };
    row.own_service = flag("ownService");
    row.shared = flag("shared");
    row.sensitive = flag("sensitive");
    row.sells = flag("sells");
    row.model = read_enum<Model>(reader, "model", models);
    row.honours_gpc = !reader.choice("gpc", {"honour"}).empty();
    row.by_parent = !reader.choice("by", {"parent"}).empty();
    reader.finish();
    return row;
  }

  void read_mark(ObjectReader& reader, Duty& duty) {
    duty.id = required_index(reader, "mark", words_.marks);
    const int content = find_fact(rulebook_, "contentType");
    if (reader.has("contentType") && content < 0)
      report("unknown-fact", pointer(reader.path(), "contentType"), "facts.json has no `contentType`");
    else if (content >= 0)
      duty.content_types = reader.indices("contentType", rulebook_.facts[static_cast<std::size_t>(content)].values);
    duty.forms = reader.indices("forms", words_.forms);
  }

  void read_block(ObjectReader& reader, Duty& duty) {
    duty.id = required_index(reader, "block", words_.blocks);
    duty.block_action = reader.index("action", words_.block_actions);
    if (reader.has("actionsOf"))
      duty.block_fact = read_actions_of(reader.string("actionsOf"), pointer(reader.path(), "actionsOf"));
    if (reader.has("action") == reader.has("actionsOf"))
      report("missing-key", pointer(reader.path(), "action"), "expected either `action` or `actionsOf`");
    duty.until = reader.string("until");
    if (reader.has("until")) check_until(duty.until, pointer(reader.path(), "until"));
  }

  int read_actions_of(const std::string& name, const std::string& path) {
    const int index = resolve_fact_name(name, path, rulebook_, issues_);
    if (index < 0) return -1;
    const Fact& fact = rulebook_.facts[static_cast<std::size_t>(index)];
    if (fact.kind != FactKind::set) {
      report("wrong-type", path, in_backticks(name) + " is no set of actions");
      return -1;
    }
    for (const std::string& value : fact.values)
      if (index_of(words_.block_actions, value) < 0)
        report("unknown-value", path,
               "the value " + in_backticks(value) + " of " + in_backticks(name) + " is no block action");
    return index;
  }

  /// What ends a block: one value of one fact.
  void check_until(const std::string& until, const std::string& path) {
    const std::size_t equals = until.find('=');
    if (equals == std::string::npos)
      return report("bad-condition", path,
                    in_backticks(until) + " does not say what ends the block, expected `fact=value`");
    const int index = resolve_fact_name(until.substr(0, equals), path, rulebook_, issues_);
    if (index < 0) return;
    const Fact& fact = rulebook_.facts[static_cast<std::size_t>(index)];
    const std::string value = until.substr(equals + 1);
    const std::vector<std::string> values =
        fact.kind == FactKind::flag ? std::vector<std::string>{"true", "false"} : fact.values;
    if (index_of(values, value) < 0)
      report("unknown-value", path, in_backticks(value) + " is not a value of `" + fact.name + "`",
             nearest(value, values));
  }

  void read_record(ObjectReader& reader, Duty& duty) {
    duty.id = required_index(reader, "record", words_.records);
    if (reader.required("events")) duty.events = reader.indices("events", words_.record_events);
    duty.keep = reader.duration("keep").value_or("");
  }

  // --- values --------------------------------------------------------------------------------------------------------

  template <class Enum>
  Enum read_enum(ObjectReader& reader, std::string_view key, const std::vector<std::string>& names) {
    return static_cast<Enum>(std::max(0, required_index(reader, key, names)));
  }

  static int required_index(ObjectReader& reader, std::string_view key, const std::vector<std::string>& names) {
    return reader.required(key) ? reader.index(key, names) : -1;
  }

  std::optional<Condition> read_when(ObjectReader& reader) {
    const Json* when = reader.raw("when");
    if (!when) return std::nullopt;
    return read_condition(*when, pointer(reader.path(), "when"), rulebook_, issues_);
  }

  /// An ISO 8601 duration, or `{ "businessDays": 10 }` as `businessDays:10`.
  std::optional<std::string> read_term(ObjectReader& reader, std::string_view key) {
    const Json* term = reader.raw(key);
    if (!term) return std::nullopt;
    if (!term->is(Json::Kind::object)) return reader.duration(key);
    ObjectReader days(*term, pointer(reader.path(), key), issues_);
    days.required("businessDays");
    const std::int64_t count = days.integer("businessDays").value_or(1);
    if (count < 1 || count > most_business_days)
      report("bad-duration", pointer(days.path(), "businessDays"),
             "expected 1 to " + std::to_string(most_business_days) + " days");
    days.finish();
    return "businessDays:" + std::to_string(count);
  }

  /// Consent is counted in days: a duration without hours.
  std::string read_calendar_term(ObjectReader& reader, std::string_view key) {
    std::string term = reader.duration(key).value_or("");
    if (term.find('T') != std::string::npos)
      report("bad-duration", pointer(reader.path(), key),
             in_backticks(term) + " counts hours, expected months or days");
    return term;
  }

  int resolve_verbatim(const std::string& id, const std::string& path) {
    std::vector<std::string> ids;
    for (const Verbatim& text : rulebook_.verbatim) ids.push_back(text.id);
    const int index = index_of(ids, id);
    if (index < 0)
      report("unknown-verbatim", path, in_backticks(id) + " is no `verbatim` text of any file", nearest(id, ids));
    return index;
  }

  void report(std::string code, std::string path, std::string message, std::string fix = {}) {
    issues_.push_back({std::move(code), std::move(path), std::move(message), std::move(fix)});
  }

  const std::string& file_;
  RuleFile kind_;
  Rulebook& rulebook_;
  const Vocabulary& words_;
  Issues& issues_;
};

}  // namespace

std::string source_id(const std::string& rule, const std::string& place) { return rule + '/' + place; }

bool is_rule_id(std::string_view id) {
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  bool after_part = false;
  for (const char c : id) {
    const bool joint = c == '-' || c == '.';
    if (joint ? !after_part : !is_part(c)) return false;
    after_part = !joint;
  }
  return after_part;
}

void read_verbatim(const Json& document, const std::string& path, Rulebook& rulebook, Issues& issues) {
  if (!document.is(Json::Kind::object) || !document.find("verbatim")) return;
  Issues ignored;  // the file is read again, for its rules
  ObjectReader file(document, path, ignored);
  if (const Json* list = file.raw("verbatim"); !list->is(Json::Kind::array))
    issues.push_back({"wrong-type", pointer(path, "verbatim"), "expected a list of texts", {}});
  file.objects("verbatim", [&](const Json& json, const std::string& at) {
    ObjectReader reader(json, at, issues);
    Verbatim text;
    text.id = reader.required_string("id");
    text.lang = reader.required_string("lang");
    text.text = reader.required_string("text");
    reader.finish();
    if (!text.id.empty() && !is_id(text.id))
      reader.report("bad-id", pointer(at, "id"),
                    in_backticks(text.id) + " is no id, expected lower-case words joined by `-`");
    if (!text.lang.empty() && canonical_language(text.lang) != text.lang)
      reader.report("bad-language", pointer(at, "lang"),
                    in_backticks(text.lang) + " is no BCP 47 tag in its usual case",
                    canonical_language(text.lang).value_or(""));
    for (const Verbatim& other : rulebook.verbatim)
      if (other.id == text.id)
        reader.report("duplicate-id", pointer(at, "id"), "there is already a text " + in_backticks(text.id));
    rulebook.verbatim.push_back(std::move(text));
  });
}

void read_rules(const Json& document, const std::string& file, RuleFile kind, Rulebook& rulebook, Issues& issues) {
  RulesReader(file, kind, rulebook, issues).read(document);
}

}  // namespace candor::compiler

#include "core/runtime/answer.h"

#include "core/runtime/hash.h"

namespace candor::runtime {
namespace {

constexpr Words statuses = "in-force in-force-grace pending";
constexpr Words outcomes = "applied assumed undetermined unmet out-of-force never unverified";

/// Messages of one language with the operator's own words in their place.
class Phrases {
 public:
  Phrases(const Locale& locale, const Deployment& deployment, const Arguments& arguments, JsonWriter& out)
      : locale_(locale), deployment_(deployment), arguments_(arguments), out_(out) {}

  const Locale& locale() const { return locale_; }
  bool has(std::uint32_t message) const { return own(message) || !locale_.message(message).empty(); }

  /// Appends a message to the open string.
  void append(std::uint32_t message) {
    if (const Override* words = own(message)) out_.append(words->text);
    else Formatter(locale_, arguments_, out_).message(message);
  }

  void field(const char* name, std::uint32_t message) {
    out_.key(name).begin_string();
    append(message);
    out_.end_string();
  }

 private:
  const Override* own(std::uint32_t message) const {
    for (const Override& words : deployment_.overrides)
      if (words.message == message && words.language == locale_.tag()) return &words;
    return nullptr;
  }

  const Locale& locale_;
  const Deployment& deployment_;
  const Arguments& arguments_;
  JsonWriter& out_;
};

void write_names(const Book& book, Strings list, std::uint32_t low, std::uint32_t high, JsonWriter& out) {
  out.open('[');
  for (std::uint32_t i = 0; i < book.count(list); ++i)
    if ((i < 32 ? low >> i : high >> (i - 32)) & 1) out.string(book.string(list, i));
  out.close(']');
}

std::uint32_t mask_of(Cursor list) {
  std::uint32_t mask = 0;
  for (Ints items(list); items.next();) mask |= 1u << items.value % 32;
  return mask;
}

class Writer {
 public:
  explicit Writer(const Answer& answer)
      : a_(answer), book_(answer.book), deployment_(answer.deployment), decision_(answer.decision), out_(answer.out) {
    locale_ = &a_.languages.locales[a_.languages.choose(a_.situation, deployment_, language_missing_)];
  }

  void envelope() {
    out_.open('{').field("type", "success").key("warnings");
    warnings();
    out_.key("value");
    if (a_.situation.op != Op::consent) {
      decision();
    } else {
      out_.open('{').key("decision");
      decision();
      out_.key("record");
      record();
      out_.close('}');
    }
    out_.close('}');
  }

 private:
  // --- warnings --------------------------------------------------------------------------------------------------------

  void warning(const char* code, const char* path, int index, const char* message) {
    out_.open('{').field("code", code).key("path").begin_string();
    out_.append(path);
    if (index >= 0) out_.append_number(static_cast<std::uint32_t>(index));
    out_.end_string();
    out_.field("message", message).close('}');
  }

  void warnings() {
    out_.open('[');
    if (decision_.us_without_state) warning("us-without-state", "/jurisdictions/", 0, "the United States without a state: only federal law is looked at");
    if (decision_.outside_slice)
      warning("place-not-in-bundle", "/jurisdictions/", decision_.outside_index, "this bundle was built without that place; it is treated as unknown");
    if (decision_.stale) warning("rules-stale", "/at", -1, "the rules are older than 180 days on that day");
    if (language_missing_) warning("language-missing", "/languages/", 0, "none of these languages is loaded");
    if (decision_.channel_ambiguous) warning("channel-ambiguous", "/channel", -1, "several channels are of this type; what holds for any of them is assumed");
    if (decision_.consent.unreadable) warning("consent-unreadable", "/consent", -1, "what cannot be read counts as unasked");
    if (deployment_.handed_over && deployment_.needs_build)
      warning("needs-build", "/deployment", -1, "house rules and patterns in overrides take effect only after `candor build`");
    for (std::uint32_t id = 0; id < book_.count(Strings::links); ++id) {
      Members members;
      collect(book_, decision_, DutyKind::link, static_cast<int>(id), members);
      if (!members.size || !deployment_.links[id].url.empty()) continue;
      out_.open('{').field("code", "link-missing").key("path").begin_string();
      out_.append("/deployment/links/");
      out_.append(book_.string(Strings::links, id));
      out_.end_string();
      out_.field("message", "a rule asks for this link; the deployment has no address for it").close('}');
    }
    out_.close(']');
  }

  // --- the decision ----------------------------------------------------------------------------------------------------

  void decision() {
    out_.open('{').field("rules", book_.version());
    out_.key("at").day(a_.situation.at);
    jurisdictions();
    out_.key("validUntil").date_or_null(decision_.valid_until);
    out_.key("nextCheck").null();
    obligations();
    undetermined();
    notices();
    consent();
    marks();
    offers();
    blocks();
    records();
    links();
    out_.open("claims", '[').close(']');
    if (a_.situation.op == Op::explain) trace();
    out_.close('}');
  }

  void jurisdictions() {
    out_.open("jurisdictions", '[');
    for (const ActivePlace& place : decision_.places)
      if (!place.established_only) out_.string(book_.string(Strings::places, place.place));
    out_.close(']');
  }

  Text rule_id(const Entry& entry) const { return book_.string(Strings::rules, entry.rule); }
  Text place_code(const Entry& entry) const { return book_.string(Strings::places, entry.place); }

  void facts(const char* name, const FactList& list, const Facts& facts) {
    out_.open(name, '[');
    for (std::uint16_t fact : list) facts.write(fact, out_);
    out_.close(']');
  }

  void fact_names(const char* name, const FactList& list) {
    out_.open(name, '[');
    for (std::uint16_t fact : list) out_.string(book_.string(Strings::facts, fact));
    out_.close(']');
  }

  void obligations() {
    out_.open("obligations", '[');
    for (std::uint32_t i = 0; i < decision_.order.size; ++i) {
      const Obligation& obligation = decision_.at(i);
      const RuleRow& rule = book_.rule(obligation.entry->rule);
      const Facts& known = decision_.contexts[obligation.context].facts;
      FactList because, needs;
      collect_because(known, rule.condition, because);
      collect_because(known, obligation.duty.when, because);
      collect_needs(known, rule.condition, needs);
      collect_needs(known, obligation.duty.when, needs);
      out_.open('{').field("rule", rule_id(*obligation.entry)).field("place", place_code(*obligation.entry));
      out_.field("layer", name_of(rule.layer)).field("severity", name_of(obligation.duty.severity));
      out_.field("certainty", obligation.assumed ? "assumed" : "established");
      out_.field("status", word_at(statuses, static_cast<int>(obligation.status)));
      if (rule.stayed) out_.field("enforcement", "stayed");
      out_.field("duty", name_of(obligation.duty.kind));
      if (obligation.duty.kind == DutyKind::disclose) out_.field("topic", book_.string(Strings::topics, obligation.duty.topic));
      out_.field("binds", name_of_binds(rule.binds));
      facts("because", because, known);
      fact_names("needs", needs);
      out_.key("source");
      a_.sources.write(book_.string(Strings::sources, obligation.entry->source), out_);
      out_.close('}');
    }
    out_.close(']');
  }

  void undetermined() {
    out_.open("undetermined", '[');
    // By rule, then place, as everything else.
    std::uint32_t count = decision_.undetermined.size;
    for (std::uint32_t rule = 0; count && rule < book_.count(Strings::rules); ++rule)
      for (const Undetermined& open : decision_.undetermined) {
        if (open.entry->rule != rule) continue;
        out_.open('{').field("rule", rule_id(*open.entry)).field("place", place_code(*open.entry));
        fact_names("needs", open.needs);
        out_.close('}');
        --count;
      }
    out_.close(']');
  }

  void trace() {
    out_.open("trace", '[');
    for (const Trace& row : decision_.trace) {
      FactList because;
      const Facts& known = decision_.contexts[row.context].facts;
      collect_because(known, book_.rule(row.entry->rule).condition, because);
      out_.open('{').field("rule", rule_id(*row.entry)).field("place", place_code(*row.entry));
      out_.field("outcome", word_at(outcomes, static_cast<int>(row.outcome)));
      facts("because", because, known);
      out_.close('}');
    }
    out_.close(']');
  }

  void satisfies(const Members& members) {
    out_.open("satisfies", '[');
    int last = -1;
    for (std::uint16_t index : members) {
      int rule = decision_.obligations[index].entry->rule;
      if (rule != last) out_.string(book_.string(Strings::rules, static_cast<std::uint32_t>(rule)));
      last = rule;
    }
    out_.close(']');
  }

  // --- words -----------------------------------------------------------------------------------------------------------

  void fill_arguments(Arguments& arguments, std::uint8_t context_index, const Locale& locale) {
    const Context& context = decision_.contexts[context_index];
    const Assistant* assistant = context.assistant < 0 ? nullptr : &deployment_.assistants[static_cast<std::uint32_t>(context.assistant)];
    bool named = assistant && !assistant->name.empty();
    Text texts[] = {deployment_.operator_name, named ? assistant->name : Text(), deployment_.contact,
                    book_.string(Strings::channel_types, context.channel_type), {}, {}, named ? Text("yes") : Text("no")};
    for (int i = 0; i < 7; ++i) arguments.texts[i] = texts[i];
    if (assistant)
      for (Text provider : assistant->providers) arguments.lists[0].push(provider);
    for (const Purpose& purpose : deployment_.purposes) {
      if (purpose.kind == 0) continue;
      Text label = locale.message(purpose_message(book_, static_cast<std::uint32_t>(purpose.kind)));
      if (!arguments.lists[1].holds(label)) arguments.lists[1].push(label);
    }
    for (const Service& service : deployment_.services) {
      Text recipient = service.recipient.empty() ? service.name : service.recipient;
      if (!recipient.empty() && !arguments.lists[2].holds(recipient)) arguments.lists[2].push(recipient);
    }
    for (const HostArgument& given : a_.situation.arguments) {
      if (given.argument < 7) arguments.texts[given.argument] = given.text;
      else if (given.argument == argument_date) arguments.date = given.number;
      else arguments.numbers[given.argument - 10] = static_cast<std::uint32_t>(given.number);
    }
  }

  /// The intervals of a notice, for words such as `every {hours} hours`.
  void fill_numbers(Arguments& arguments, const Notice& notice) {
    std::uint32_t shortest = 0;
    for (std::uint32_t i = 0; i < book_.count(Strings::repeats); ++i) {
      if (!(notice.repeat >> i & 1)) continue;
      std::uint32_t minutes = approximate_minutes(book_.string(Strings::repeats, i));
      if (minutes && (!shortest || minutes < shortest)) shortest = minutes;
    }
    // What the host says of this very moment is nearer than what the rule says in general.
    constexpr std::uint32_t day = 24 * 60;
    std::uint32_t within = notice.within.starts_with("P") ? approximate_minutes(notice.within) : 0;
    std::uint32_t numbers[3] = {shortest / 60, within < day ? within : 0, within / day};
    for (int i = 0; i < 3; ++i)
      if (!arguments.numbers[i]) arguments.numbers[i] = numbers[i];
  }

  // --- notices ---------------------------------------------------------------------------------------------------------

  void notices() {
    out_.open("notices", '[');
    Notice notice;
    for (std::uint32_t topic = 0; topic < book_.count(Strings::topics); ++topic)
      for (bool on_request : {false, true})
        if (join_notice(book_, decision_, topic, on_request, notice)) write_notice(notice);
    out_.close(']');
  }

  bool covers(std::uint32_t topic, std::uint32_t statement) const {
    Cursor covered = book_.topic_covers(topic);
    for (Ints list(covered); list.next();)
      if (list.value == statement) return true;
    return false;
  }

  /// A rule is satisfied only where everything that it wants said is said.
  void notice_satisfies(const Notice& notice, const Phrases& words) {
    Members said;
    for (std::uint16_t index : notice.members) {
      bool all = words.has(topic_message(notice.topic, topic_title)) || words.has(topic_message(notice.topic, topic_body));
      Cursor says = decision_.obligations[index].duty.says;
      for (Ints list(says); list.next();) all = all && (covers(notice.topic, list.value) || words.has(says_message(book_, list.value)));
      Cursor languages = decision_.obligations[index].duty.languages;
      for (Ints tags(languages); tags.next();) all = all && a_.languages.look_up(book_.pooled(tags.value)) >= 0;
      if (all) said.push(index);
    }
    satisfies(said);
  }

  void statements(const Notice& notice, Phrases& words, bool after) {
    for (std::uint32_t s = 0; s < book_.count(Strings::statements); ++s) {
      if (!notice.says(s) || covers(notice.topic, s) || !words.has(says_message(book_, s))) continue;
      if (after) out_.append(words.locale().sentence_gap());
      words.append(says_message(book_, s));
      after = true;
    }
  }

  void notice_text(const Notice& notice, Phrases& words) {
    auto message = [&](TopicText text) { return topic_message(notice.topic, text); };
    out_.open("text", '{');
    words.field("title", message(topic_title));
    out_.key("body").begin_string();
    words.append(message(topic_body));
    statements(notice, words, words.has(message(topic_body)));
    out_.end_string();
    words.field("short", words.has(message(topic_short)) ? message(topic_short) : message(topic_title));
    out_.key("spoken").begin_string();
    if (words.has(message(topic_spoken))) {
      words.append(message(topic_spoken));
    } else {
      words.append(message(topic_title));
      if (words.has(message(topic_body))) {
        out_.append(words.locale().sentence_gap());
        words.append(message(topic_body));
      }
    }
    statements(notice, words, true);
    out_.end_string();
    out_.close('}');
  }

  void language(const Locale& locale) { out_.field("lang", locale.tag()).field("dir", locale.right_to_left() ? "rtl" : "ltr"); }

  void write_notice(const Notice& notice) {
    std::uint8_t context = decision_.obligations[notice.members[0]].context;
    Arguments arguments;
    fill_arguments(arguments, context, *locale_);
    fill_numbers(arguments, notice);
    Phrases words(*locale_, deployment_, arguments, out_);
    Text topic = book_.string(Strings::topics, notice.topic);
    out_.open('{').key("id").begin_string();
    out_.append(topic);
    if (notice.on_request) out_.append("-on-request");
    out_.end_string();
    out_.field("topic", topic);
    notice_satisfies(notice, words);
    out_.open("says", '[');
    for (std::uint32_t s = 0; s < book_.count(Strings::statements); ++s)
      if (notice.says(s)) out_.string(book_.string(Strings::statements, s));
    for (std::uint8_t text : notice.verbatim) {
      out_.begin_string();
      out_.append("verbatim:");
      out_.append(book_.verbatim(text).id);
      out_.end_string();
    }
    out_.close(']');
    out_.key("slots");
    write_names(book_, Strings::slots, notice.slots, 0, out_);
    out_.field("timing", book_.string(Strings::timings, static_cast<std::uint32_t>(notice.timing)));
    out_.key("repeat");
    write_names(book_, Strings::repeats, notice.repeat, 0, out_);
    out_.field("prominence", book_.string(Strings::prominences, static_cast<std::uint32_t>(notice.prominence)));
    out_.field("dismissible", notice.dismissible);
    if (notice.on_request) out_.field("armed", notice.armed);
    if (!notice.lead.empty()) out_.field("lead", notice.lead);
    if (!notice.within.empty()) out_.field("within", notice.within);
    notice_text(notice, words);
    language(*locale_);
    also(notice, context);
    verbatim(notice);
    actions(notice, words);
    out_.close('}');
  }

  void also(const Notice& notice, std::uint8_t context) {
    out_.open("also", '[');
    for (Text tag : notice.languages) {
      int index = a_.languages.look_up(tag);
      if (index < 0 || &a_.languages.locales[index] == locale_) continue;
      const Locale& locale = a_.languages.locales[index];
      Arguments arguments;
      fill_arguments(arguments, context, locale);
      fill_numbers(arguments, notice);
      Phrases words(locale, deployment_, arguments, out_);
      out_.open('{');
      language(locale);
      notice_text(notice, words);
      out_.close('}');
    }
    out_.close(']');
  }

  void verbatim(const Notice& notice) {
    out_.open("verbatim", '[');
    for (std::uint8_t text : notice.verbatim) {
      const Verbatim& words = book_.verbatim(text);
      Members members;
      for (std::uint16_t index : notice.members) {
        Cursor list = decision_.obligations[index].duty.verbatim;
        for (Ints ids(list); ids.next();)
          if (ids.value == text) members.push(index);
      }
      out_.open('{').field("id", words.id).field("lang", words.lang).field("text", words.text);
      satisfies(members);
      out_.close('}');
    }
    out_.close(']');
  }

  Text action_id(std::uint32_t action) const {
    for (Strings list : {Strings::offers, Strings::links, Strings::actions}) {
      if (action < book_.count(list)) return book_.string(list, action);
      action -= book_.count(list);
    }
    return {};
  }

  void actions(const Notice& notice, Phrases& words) {
    out_.open("actions", '[');
    for (std::uint32_t action = 0; action < 64; ++action) {
      if (!((action < 32 ? notice.actions_low >> action : notice.actions_high >> (action - 32)) & 1)) continue;
      out_.open('{').field("id", action_id(action));
      words.field("label", action_message(book_, action));
      out_.close('}');
    }
    out_.close(']');
  }

  // --- consent ---------------------------------------------------------------------------------------------------------

  void consent() {
    const Consent& consent = decision_.consent;
    Members members;
    collect(book_, decision_, DutyKind::consent, -1, members);
    out_.open("consent", '{');
    satisfies(members);
    out_.field("by", consent.by_parent ? "parent" : "person").field("model", name_of(consent.model)).field("prompt", consent.prompt);
    out_.field("equalChoice", consent.equal_choice).key("repromptNotBefore").date_or_null(consent.reprompt_not_before);
    out_.field("gpc", name_of(consent.gpc)).field("gpcStatus", consent.gpc_status && consent.gpc == Gpc::honoured).field("terms", terms());
    out_.open("purposes", '{');
    Arguments arguments;
    Phrases words(*locale_, deployment_, arguments, out_);
    for (std::uint32_t i = 0; i < deployment_.purposes.size; ++i) {
      const Purpose& purpose = deployment_.purposes[i];
      const PurposeState& state = consent.purposes[i];
      out_.key(purpose.id).open('{').field("kind", book_.string(Strings::purpose_kinds, static_cast<std::uint32_t>(purpose.kind)));
      out_.field("state", state.granted ? "granted" : "denied").field("standing", name_of(state.standing)).field("model", name_of(state.model));
      out_.key("until").date_or_null(state.until);
      words.field("label", purpose_message(book_, static_cast<std::uint32_t>(purpose.kind)));
      out_.close('}');
    }
    out_.close('}').close('}');
  }

  Text terms() {
    write_hash(deployment_.terms, terms_);
    return {terms_, sizeof terms_};
  }

  /// The consent record that the event leaves behind, for the widget to store.
  void record() {
    const ConsentRecord& record = a_.situation.consent;
    out_.open('{').key("v").literal("1").field("at", record.at).open("purposes", '{');
    for (const PurposeRecord& purpose : record.purposes) {
      out_.key(purpose.id).open('{').field("state", purpose.state);
      if (!purpose.model.empty()) out_.field("model", purpose.model);
      out_.field("at", purpose.at);
      if (!purpose.via.empty()) out_.field("via", purpose.via);
      out_.close('}');
    }
    out_.close('}').field("terms", terms());
    out_.open("places", '[');
    for (const StatedPlace& place : a_.situation.places) out_.string(book_.string(Strings::places, place.place));
    out_.close(']').field("rules", book_.version()).field("via", record.via).close('}');
  }

  // --- marks, offers, blocks, records, links ---------------------------------------------------------------------------

  /// Calls `write` for each id of `list` that a duty of `kind` names, with the obligations that name it.
  template <class Write>
  void each(DutyKind kind, Strings list, Write write) {
    for (std::uint32_t id = 0; id < book_.count(list); ++id) {
      Members members;
      collect(book_, decision_, kind, static_cast<int>(id), members);
      if (members.size) write(id, members);
    }
  }

  const Duty& duty(std::uint16_t index) const { return decision_.obligations[index].duty; }

  void marks() {
    out_.open("marks", '[');
    Arguments arguments;
    fill_arguments(arguments, 0, *locale_);
    Phrases words(*locale_, deployment_, arguments, out_);
    each(DutyKind::mark, Strings::marks, [&](std::uint32_t id, const Members& members) {
      auto content = static_cast<std::uint32_t>(book_.landmarks().content_fact);
      std::uint32_t types = 0, forms = 0;
      for (std::uint16_t index : members) {
        const Value& made = decision_.contexts[decision_.obligations[index].context].facts.value(content);
        types |= mask_of(duty(index).content_types) & (made.state == Value::State::known ? made.mask : ~0u);
        forms |= mask_of(duty(index).forms);
      }
      if (!types) return;
      out_.open('{').field("id", book_.string(Strings::marks, id));
      satisfies(members);
      out_.open("contentType", '[');
      for (std::uint32_t i = 0; i < book_.fact(content).value_count; ++i)
        if (types >> i & 1) out_.string(book_.fact_value(content, i));
      out_.close(']').key("forms");
      write_names(book_, Strings::forms, forms, 0, out_);
      out_.open("text", '{');
      words.field("title", mark_message(book_, id));
      out_.close('}').close('}');
    });
    out_.close(']');
  }

  void offers() {
    out_.open("offers", '[');
    Arguments arguments;
    fill_arguments(arguments, 0, *locale_);
    Phrases words(*locale_, deployment_, arguments, out_);
    each(DutyKind::offer, Strings::offers, [&](std::uint32_t id, const Members& members) {
      Text lead, within;
      for (std::uint16_t index : members) {
        if (approximate_minutes(duty(index).lead) > approximate_minutes(lead)) lead = duty(index).lead;
        Text span = duty(index).within;
        if (!span.empty() && (within.empty() || approximate_minutes(span) < approximate_minutes(within))) within = span;
      }
      out_.open('{').field("id", book_.string(Strings::offers, id));
      satisfies(members);
      words.field("label", action_message(book_, id));
      out_.field("armed", true);
      if (!lead.empty()) out_.field("lead", lead);
      if (!within.empty()) out_.field("within", within);
      out_.close('}');
    });
    out_.close(']');
  }

  void block(std::uint32_t id, const Text& action, const Members& members) {
    Arguments arguments;
    fill_arguments(arguments, decision_.obligations[members[0]].context, *locale_);
    arguments.texts[4] = action;
    Phrases words(*locale_, deployment_, arguments, out_);
    out_.open('{').field("id", book_.string(Strings::blocks, id));
    satisfies(members);
    out_.field("action", action).text_or_null("until", duty(members[0]).until);
    out_.open("text", '{');
    words.field("title", block_message(book_, id, false));
    words.field("body", block_message(book_, id, true));
    out_.close('}').close('}');
  }

  /// What a block stops: its action, or each value stated of the set that it names.
  bool stops(const Obligation& obligation, const Text& action) const {
    const Duty& duty = obligation.duty;
    if (duty.block_action >= 0) return book_.string(Strings::block_actions, static_cast<std::uint32_t>(duty.block_action)) == action;
    auto fact = static_cast<std::uint32_t>(duty.block_fact);
    const Value& value = decision_.contexts[obligation.context].facts.value(fact);
    for (std::uint32_t i = 0; i < book_.fact(fact).value_count; ++i)
      if (value.mask >> i & 1 && book_.fact_value(fact, i) == action) return true;
    return false;
  }

  void blocks() {
    out_.open("blocks", '[');
    each(DutyKind::block, Strings::blocks, [&](std::uint32_t id, const Members& all) {
      for (std::uint32_t a = 0; a < book_.count(Strings::block_actions); ++a) {
        Text action = book_.string(Strings::block_actions, a);
        Members members;
        for (std::uint16_t index : all)
          if (stops(decision_.obligations[index], action)) members.push(index);
        if (members.size) block(id, action, members);
      }
    });
    out_.close(']');
  }

  void records() {
    out_.open("records", '[');
    each(DutyKind::record, Strings::records, [&](std::uint32_t id, const Members& members) {
      std::uint32_t events = 0;
      Text keep;
      for (std::uint16_t index : members) {
        events |= mask_of(duty(index).events);
        if (approximate_minutes(duty(index).keep) > approximate_minutes(keep)) keep = duty(index).keep;
      }
      out_.open('{').field("id", book_.string(Strings::records, id));
      satisfies(members);
      out_.key("events");
      write_names(book_, Strings::record_events, events, 0, out_);
      out_.text_or_null("keep", keep).close('}');
    });
    out_.close(']');
  }

  void links() {
    out_.open("links", '[');
    Arguments arguments;
    fill_arguments(arguments, 0, *locale_);
    Phrases words(*locale_, deployment_, arguments, out_);
    each(DutyKind::link, Strings::links, [&](std::uint32_t id, const Members& members) {
      int title = -1;
      for (std::uint16_t index : members)
        if (title < 0) title = duty(index).title;
      const Link& link = deployment_.links[id];
      out_.open('{').field("id", book_.string(Strings::links, id));
      if (title >= 0) out_.field("label", book_.verbatim(static_cast<std::uint32_t>(title)).text);
      else words.field("label", action_message(book_, book_.count(Strings::offers) + id));
      out_.text_or_null("url", link.url).text_or_null("updated", link.updated);
      satisfies(members);
      out_.field("verbatim", title >= 0).close('}');
    });
    out_.close(']');
  }

  const Answer& a_;
  const Book& book_;
  const Deployment& deployment_;
  const Decision& decision_;
  JsonWriter& out_;
  const Locale* locale_;
  bool language_missing_ = false;
  char terms_[16];
};

/// The JSON Pointer of a request line's key.
void append_pointer(const Problem& problem, JsonWriter& out) {
  Text key = problem.key;
  if (key.empty()) return;
  if (problem.index >= 0) {
    out.append(is(key, "place") ? "/jurisdictions/" : "/languages/");
    return out.append_number(static_cast<std::uint32_t>(problem.index));
  }
  if (eat(key, "fact.")) out.append("/facts");
  while (!key.empty()) {
    out.append("/");
    out.append(take_until(key, '.'));
  }
}

}  // namespace

int Languages::look_up(Text tag) const {
  while (!tag.empty()) {
    for (std::uint32_t i = 0; i < count; ++i)
      if (locales[i].serves(tag)) return static_cast<int>(i);
    std::size_t hyphen = tag.rfind('-');
    tag = hyphen == Text::npos ? Text() : tag.substr(0, hyphen);
  }
  return -1;
}

std::uint32_t Languages::choose(const Situation& situation, const Deployment& deployment, bool& missing) const {
  missing = false;
  for (Text tag : situation.languages)
    if (int found = look_up(tag); found >= 0) return static_cast<std::uint32_t>(found);
  missing = situation.languages.size > 0;
  for (Text tag : deployment.languages)
    if (int found = look_up(tag); found >= 0) return static_cast<std::uint32_t>(found);
  return 0;
}

void Answer::write() { Writer(*this).envelope(); }

void write_failure(const Problems& problems, JsonWriter& out) {
  out.reset();
  out.open('{').field("type", "failure").open("errors", '[');
  for (const Problem& problem : problems) {
    out.open('{').field("code", problem.code).key("path").begin_string();
    append_pointer(problem, out);
    out.end_string();
    out.key("message").begin_string();
    // A found text may be as long as the request; its beginning says enough.
    std::size_t size = problem.found.size() < 200 ? problem.found.size() : 200;
    while (size && size < problem.found.size() && (static_cast<unsigned char>(problem.found[size]) & 0xc0) == 0x80) --size;
    Text found(problem.found.data(), size);
    if (!found.empty()) {
      out.append("found `");
      out.append(found);
      out.append("`, ");
    }
    out.append("expected ");
    out.append(problem.expected);
    out.end_string();
    out.field("fix", "").close('}');
  }
  out.close(']').open("warnings", '[').close(']').close('}');
}

}  // namespace candor::runtime

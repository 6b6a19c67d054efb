#include "core/runtime/answer.h"

#include <initializer_list>

namespace candor::runtime {
namespace {

class Writer {
 public:
  explicit Writer(const Answer& answer)
      : a_(answer), book_(answer.book), deployment_(answer.deployment), decision_(answer.decision), out_(answer.out) {
    chosen_ = locale_ = a_.languages.choose(a_.situation, deployment_, language_missing_);
  }

  void envelope() {
    out_.open('{');
    out_.field("type", "success");
    warnings();
    bool consent = a_.situation.op == Operation::consent;
    out_.open("value", '{');
    if (consent) out_.open("decision", '{');
    decision();
    if (consent) {
      out_.close('}');
      record();
    }
    out_.close('}');
    out_.close('}');
  }

 private:
  // --- warnings
  // --------------------------------------------------------------------------------------------------------

  void warning(bool due, Text code, Text path, Text end, Text message) {
    if (!due) return;
    out_.open('{');
    out_.field("code", code);
    out_.begin("path");
    out_.append(path);
    out_.append(end);
    out_.end();
    out_.field("message", message);
    out_.close('}');
  }

  void warnings() {
    out_.open("warnings", '[');
    char position[] = {static_cast<char>('0' + decision_.outside_index % 10), '\0'};
    warning(decision_.us_without_state, "us-without-state", "/jurisdictions/0", "",
            "the United States without a state: only federal law is looked at");
    warning(decision_.outside_slice, "place-not-in-bundle", "/jurisdictions/", position,
            "this bundle was built without that place; it is treated as unknown");
    warning(decision_.stale, "rules-stale", "/at", "", "the rules are older than 180 days on that day");
    warning(language_missing_, "language-missing", "/languages/0", "", "none of these languages is loaded");
    warning(decision_.channel_ambiguous, "channel-ambiguous", "/channel", "",
            "several channels are of this type; what holds for any of them is assumed");
    warning(decision_.consent.unreadable, "consent-unreadable", "/consent", "",
            "what cannot be read counts as unasked");
    warning(deployment_.handed_over && deployment_.needs_build, "needs-build", "/deployment", "",
            "house rules and patterns in overrides take effect only after `candor build`");
    for (std::uint32_t id = 0; id < book_.count(Strings::links); ++id) {
      collect(book_, decision_, DutyKind::link, static_cast<int>(id), members_);
      warning(members_.size && is_empty(deployment_.links[id].url), "link-missing", "/deployment/links/",
              book_.string(Strings::links, id), "a rule asks for this link; the deployment has no address for it");
    }
    out_.close(']');
  }

  // --- the decision
  // ----------------------------------------------------------------------------------------------------

  void decision() {
    write_version(book_, out_);
    out_.field_day("at", a_.situation.at);
    out_.open("jurisdictions", '[');
    for (const ActivePlace& place : decision_.places)
      if (!place.established_only) out_.string(book_.string(Strings::places, place.place));
    out_.close(']');
    out_.field_day("validUntil", decision_.valid_until);
    out_.field_or_null("nextCheck", "");
    obligations();
    undetermined();
    notices();
    consent();
    marks();
    offers();
    blocks();
    records();
    links();
    out_.open("claims", '[');
    out_.close(']');
    if (a_.situation.op == Operation::explain) trace();
  }

  /// A name out of a list of the rulebook, below a key.
  void name(Text key, Strings list, std::uint32_t index) { out_.field(key, book_.string(list, index)); }

  void names(Text key, Strings list, std::uint32_t low, std::uint32_t high = 0) {
    out_.open(key, '[');
    for (std::uint32_t i = 0; i < 64; ++i)
      if ((i < 32 ? low : high) >> i % 32 & 1) out_.string(book_.string(list, i));
    out_.close(']');
  }

  /// A rule in a place, as the head of a row.
  void head(const Entry& entry) {
    out_.open('{');
    name("rule", Strings::rules, entry.rule);
    name("place", Strings::places, entry.record->place);
  }

  void because(const Facts& known, const FactList& list) {
    out_.open("because", '[');
    for (std::uint8_t fact : list) known.write(fact, out_);
    out_.close(']');
  }

  void needs(const FactList& list) {
    out_.open("needs", '[');
    for (std::uint8_t fact : list) out_.string(book_.string(Strings::facts, fact));
    out_.close(']');
  }

  void obligations() {
    out_.open("obligations", '[');
    for (std::uint16_t index : decision_.order) {
      const Obligation& obligation = decision_.obligations[index];
      const Rule& rule = book_.rule(obligation.entry->rule);
      const DutyRecord& duty = *obligation.duty.record;
      const Facts& known = decision_.contexts[obligation.context].facts;
      FactList settled, open;
      for (const std::uint8_t* condition : {rule.condition, obligation.duty.condition}) {
        collect_because(known, condition, settled);
        collect_needs(known, condition, open);
      }
      head(*obligation.entry);
      name("layer", Strings::layers, static_cast<std::uint32_t>(rule.record->layer));
      name("severity", Strings::severities, static_cast<std::uint32_t>(duty.severity));
      out_.field("certainty", obligation.assumed ? "assumed" : "established");
      out_.field("status", word_at(statuses, static_cast<int>(obligation.status)));
      if (rule.record->flags & 2) out_.field("enforcement", "stayed");
      name("duty", Strings::duties, static_cast<std::uint32_t>(duty.kind));
      if (duty.kind == DutyKind::disclose) name("topic", Strings::topics, duty.id);
      name("binds", Strings::binds, rule.record->binds);
      because(known, settled);
      needs(open);
      a_.sources.write(book_.string(Strings::sources, obligation.entry->record->source), out_);
      out_.close('}');
    }
    out_.close(']');
  }

  void undetermined() {
    out_.open("undetermined", '[');
    // By rule, then place, as everything else.
    for (std::uint32_t rule = 0; rule < book_.count(Strings::rules); ++rule)
      for (const Undetermined& open : decision_.undetermined) {
        if (open.entry->rule != rule) continue;
        head(*open.entry);
        needs(open.needs);
        out_.close('}');
      }
    out_.close(']');
  }

  void trace() {
    out_.open("trace", '[');
    for (const Trace& row : decision_.trace) {
      FactList settled;
      const Facts& known = decision_.contexts[row.context].facts;
      collect_because(known, book_.rule(row.entry->rule).condition, settled);
      head(*row.entry);
      out_.field("outcome", word_at(outcomes, static_cast<int>(row.outcome)));
      because(known, settled);
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

  // --- words
  // -----------------------------------------------------------------------------------------------------------

  /// What messages may ask for, in the language `locale_`, of the assistant of a context.
  void fill_arguments(std::uint8_t context_index) {
    const Context& context = decision_.contexts[context_index];
    const Assistant* assistant =
        context.assistant < 0 ? nullptr : &deployment_.assistants[static_cast<std::uint32_t>(context.assistant)];
    Text assistant_name = assistant ? assistant->name : "";
    for (Text& text : arguments_.texts) text = "";
    for (std::int32_t& number : arguments_.numbers) number = 0;
    for (auto& list : arguments_.lists) list.clear();
    arguments_.texts[argument_operator] = deployment_.operator_name;
    arguments_.texts[argument_assistant] = assistant_name;
    arguments_.texts[argument_contact] = deployment_.contact;
    arguments_.texts[argument_channel] = book_.string(Strings::channel_types, context.channel_type);
    arguments_.texts[argument_named] = is_empty(assistant_name) ? "no" : "yes";
    if (assistant)
      for (Text provider : assistant->providers) arguments_.lists[0].push(provider);
    for (const Service& service : deployment_.services)
      list_once(2, is_empty(service.recipient) ? service.name : service.recipient);
    for (const HostArgument& given : a_.situation.arguments) {
      if (given.argument < argument_providers) arguments_.texts[given.argument] = given.text;
      else arguments_.numbers[given.argument - argument_hours] = given.number;
    }
  }

  void list_once(int list, Text text) {
    for (Text other : arguments_.lists[list])
      if (equal(other, text)) return;
    if (!is_empty(text)) arguments_.lists[list].push(text);
  }

  const Override* own_words(std::uint32_t message) const {
    for (const Override& words : deployment_.overrides)
      if (words.message == message && equal(words.language, locale_->tag())) return &words;
    return nullptr;
  }

  bool has(std::uint32_t message) const { return own_words(message) || locale_->has(message); }

  void append(std::uint32_t message) {
    const Override* own = own_words(message);
    if (own) out_.append(own->text);
    else locale_->write(message, arguments_, out_);
  }

  void message(Text key, std::uint32_t message) {
    out_.begin(key);
    append(message);
    out_.end();
  }

  std::uint32_t message_at(Messages group, std::uint32_t index) const { return message_of(book_, group, index); }

  // --- notices
  // ---------------------------------------------------------------------------------------------------------

  void notices() {
    out_.open("notices", '[');
    for (std::uint32_t i = 0; i < 2 * book_.count(Strings::topics); ++i)
      if (join_notice(book_, decision_, i / 2, i % 2, notice_)) write_notice(notice_);
    out_.close(']');
  }

  /// Whether `statement` is said by a sentence of its own, because the opening does not say it.
  bool said_apart(std::uint32_t topic, std::uint32_t statement) const {
    return !(book_.covers(topic) >> statement & 1);
  }

  /// Whether there is a sentence for `statement`. One that would list purposes, recipients or providers says nothing
  /// where there are none to list.
  bool has_sentence(std::uint32_t statement) const {
    int list = index_of(book_.string(Strings::statements, statement), argument_names) - argument_providers;
    bool empty = list >= 0 && list < 3 && !arguments_.lists[list].size;
    return !empty && has(message_at(Messages::says, statement));
  }

  /// Whether everything that a duty wants said is said, in every language that it demands.
  bool is_satisfied(const Notice& notice, const Duty& duty) const {
    for (std::uint32_t i = 0; i < 32; ++i) {
      bool wanted = duty.masks[mask_says] >> i & 1 && said_apart(notice.topic, i);
      if (wanted && !has_sentence(i)) return false;
      if (duty.masks[mask_languages] >> i & 1 && !a_.languages.look_up(book_.string(Strings::languages, i)))
        return false;
    }
    return true;
  }

  /// Leaves the rules all of whose duties in this notice are satisfied.
  void keep_satisfied(const Notice& notice) {
    members_.clear();
    for (std::uint16_t index : notice.members) {
      bool all = true;
      for (std::uint16_t other : notice.members) {
        const Obligation& obligation = decision_.obligations[other];
        if (obligation.entry->rule == decision_.obligations[index].entry->rule)
          all = all && is_satisfied(notice, obligation.duty);
      }
      if (all) members_.push(index);
    }
  }

  void sentences(const Notice& notice, bool after) {
    for (std::uint32_t s = 0; s < book_.count(Strings::statements); ++s) {
      std::uint32_t sentence = message_at(Messages::says, s);
      if (!notice.says(s) || !said_apart(notice.topic, s) || !has_sentence(s)) continue;
      if (after) out_.append(locale_->sentence_gap());
      append(sentence);
      after = true;
    }
  }

  void notice_text(const Notice& notice) {
    std::uint32_t title = message_at(Messages::topics, notice.topic * topic_texts);
    std::uint32_t body = title + topic_body, brief = title + topic_short, spoken = title + topic_spoken;
    out_.open("text", '{');
    message("title", title);
    out_.begin("body");
    append(body);
    sentences(notice, has(body));
    out_.end();
    message("short", has(brief) ? brief : title);
    out_.begin("spoken");
    append(has(spoken) ? spoken : title);
    if (!has(spoken) && has(body)) {
      out_.append(locale_->sentence_gap());
      append(body);
    }
    sentences(notice, true);
    out_.end();
    out_.close('}');
  }

  void language() {
    out_.field("lang", locale_->tag());
    out_.field("dir", locale_->header().right_to_left ? "rtl" : "ltr");
  }

  /// Takes up a language, with the arguments that depend on it and on the notice.
  void speak(const Locale* locale, const Notice& notice) {
    locale_ = locale;
    fill_arguments(decision_.obligations[notice.members[0]].context);
    list_purposes();
    std::uint32_t shortest = 0;
    for (std::uint32_t i = 0; i < 32; ++i) {
      std::uint32_t minutes =
          notice.masks[mask_repeat] >> i & 1 ? approximate_minutes(book_.string(Strings::repeats, i)) : 0;
      if (minutes && (!shortest || minutes < shortest)) shortest = minutes;
    }
    // What the host says of this very moment is nearer than what the rule says in general.
    constexpr std::uint32_t day = 24 * 60;
    std::uint32_t within = *notice.within == 'P' ? approximate_minutes(notice.within) : 0;
    std::uint32_t numbers[] = {shortest / 60, within < day ? within : 0, within / day};
    for (int i = 0; i < 3; ++i)
      if (!arguments_.numbers[i]) arguments_.numbers[i] = static_cast<std::int32_t>(numbers[i]);
  }

  /// The kinds of the purposes, by their labels, which are plain text.
  void list_purposes() {
    for (const Purpose& purpose : deployment_.purposes) {
      std::uint32_t label = message_at(Messages::purposes, static_cast<std::uint32_t>(purpose.kind));
      const Override* own = own_words(label);
      if (purpose.kind != kind_necessary) list_once(1, own ? own->text : locale_->plain(label));
    }
  }

  void write_notice(const Notice& notice) {
    speak(chosen_, notice);
    Text topic = book_.string(Strings::topics, notice.topic);
    out_.open('{');
    out_.begin("id");
    out_.append(topic);
    if (notice.on_request) out_.append("-on-request");
    out_.end();
    out_.field("topic", topic);
    keep_satisfied(notice);
    satisfies(members_);
    out_.open("says", '[');
    for (std::uint32_t s = 0; s < book_.count(Strings::statements); ++s)
      if (notice.says(s)) out_.string(book_.string(Strings::statements, s));
    for (std::uint32_t v = 0; v < 32; ++v) {
      if (!(notice.masks[mask_verbatim] >> v & 1)) continue;
      out_.begin();
      out_.append("verbatim:");
      out_.append(book_.verbatim(v, Book::Part::id));
      out_.end();
    }
    out_.close(']');
    names("slots", Strings::slots, notice.masks[mask_slots]);
    name("timing", Strings::timings, notice.timing);
    names("repeat", Strings::repeats, notice.masks[mask_repeat]);
    name("prominence", Strings::prominences, notice.prominence);
    out_.field("dismissible", notice.dismissible);
    if (notice.on_request) out_.field("armed", notice.armed);
    spans(notice.lead, notice.within);
    notice_text(notice);
    language();
    also(notice);
    verbatim(notice);
    actions(notice);
    out_.close('}');
  }

  void spans(Text lead, Text within) {
    if (!is_empty(lead)) out_.field("lead", lead);
    if (!is_empty(within)) out_.field("within", within);
  }

  void also(const Notice& notice) {
    out_.open("also", '[');
    for (std::uint32_t l = 0; l < 32; ++l) {
      const Locale* locale =
          notice.masks[mask_languages] >> l & 1 ? a_.languages.look_up(book_.string(Strings::languages, l)) : nullptr;
      if (!locale || locale == chosen_) continue;
      speak(locale, notice);
      out_.open('{');
      language();
      notice_text(notice);
      out_.close('}');
    }
    out_.close(']');
    speak(chosen_, notice);
  }

  void verbatim(const Notice& notice) {
    out_.open("verbatim", '[');
    for (std::uint32_t v = 0; v < 32; ++v) {
      if (!(notice.masks[mask_verbatim] >> v & 1)) continue;
      members_.clear();
      for (std::uint16_t index : notice.members)
        if (decision_.obligations[index].duty.masks[mask_verbatim] >> v & 1) members_.push(index);
      out_.open('{');
      out_.field("id", book_.verbatim(v, Book::Part::id));
      out_.field("lang", book_.verbatim(v, Book::Part::language));
      out_.field("text", book_.verbatim(v, Book::Part::text));
      satisfies(members_);
      out_.close('}');
    }
    out_.close(']');
  }

  void actions(const Notice& notice) {
    out_.open("actions", '[');
    for (std::uint32_t action = 0; action < 64; ++action) {
      if (!(notice.masks[mask_actions + action / 32] >> action % 32 & 1)) continue;
      std::uint32_t rest = action;
      Strings list = Strings::offers;
      for (; list < Strings::actions && rest >= book_.count(list);
           list = static_cast<Strings>(static_cast<int>(list) + 1))
        rest -= book_.count(list);
      out_.open('{');
      name("id", list, rest);
      message("label", message_at(Messages::offers, action));
      out_.close('}');
    }
    out_.close(']');
  }

  // --- consent
  // ---------------------------------------------------------------------------------------------------------

  void consent() {
    const Consent& consent = decision_.consent;
    collect(book_, decision_, DutyKind::consent, -1, members_);
    out_.open("consent", '{');
    satisfies(members_);
    out_.field("by", consent.by_parent ? "parent" : "person");
    name("model", Strings::models, static_cast<std::uint32_t>(consent.model));
    out_.field("prompt", consent.prompt);
    out_.field("equalChoice", consent.equal_choice);
    out_.field_day("repromptNotBefore", consent.reprompt_not_before);
    out_.field("gpc", word_at(gpc_states, static_cast<int>(consent.gpc)));
    out_.field("gpcStatus", consent.gpc_status && consent.gpc_denies);
    terms();
    out_.open("purposes", '{');
    for (std::uint32_t i = 0; i < deployment_.purposes.size; ++i) {
      const Purpose& purpose = deployment_.purposes[i];
      const PurposeState& state = consent.purposes[i];
      auto kind = static_cast<std::uint32_t>(purpose.kind);
      out_.open(purpose.id, '{');
      name("kind", Strings::purpose_kinds, kind);
      out_.field("state", state.granted ? "granted" : "denied");
      out_.field("standing", word_at(standings, static_cast<int>(state.standing)));
      name("model", Strings::models, static_cast<std::uint32_t>(state.model));
      out_.field_day("until", state.until);
      message("label", message_at(Messages::purposes, kind));
      out_.close('}');
    }
    out_.close('}');
    out_.close('}');
  }

  void terms() {
    char hash[17];
    deployment_.terms.write(hash);
    out_.field("terms", hash);
  }

  /// The consent record that the event leaves behind, for the widget to store.
  void record() {
    const ConsentRecord& record = a_.situation.consent;
    out_.open("record", '{');
    out_.key("v");
    out_.literal("1");
    out_.field("at", record.at);
    out_.open("purposes", '{');
    for (const PurposeRecord& purpose : record.purposes) {
      out_.open(purpose.id, '{');
      out_.field("state", purpose.state);
      if (!is_empty(purpose.model)) out_.field("model", purpose.model);
      out_.field("at", purpose.at);
      if (!is_empty(purpose.via)) out_.field("via", purpose.via);
      out_.close('}');
    }
    out_.close('}');
    terms();
    out_.open("places", '[');
    for (const StatedPlace& place : a_.situation.places) out_.string(book_.string(Strings::places, place.place));
    out_.close(']');
    write_version(book_, out_);
    out_.field("via", record.via);
    out_.close('}');
  }

  // --- marks, offers, blocks, records, links
  // ---------------------------------------------------------------------------

  const Duty& duty(std::uint16_t index) const { return decision_.obligations[index].duty; }

  /// The next id of `list`, from `id` on, that a duty of `kind` names; its obligations are left in `members_`.
  bool next(DutyKind kind, Strings list, std::uint32_t& id) {
    for (; id < book_.count(list); ++id) {
      collect(book_, decision_, kind, static_cast<int>(id), members_);
      if (members_.size) return true;
    }
    return false;
  }

  void begin_row(Strings list, std::uint32_t id) {
    fill_arguments(decision_.obligations[members_[0]].context);
    out_.open('{');
    name("id", list, id);
    satisfies(members_);
  }

  void marks() {
    out_.open("marks", '[');
    auto content = static_cast<std::uint32_t>(book_.landmarks().content_fact);
    for (std::uint32_t id = 0; next(DutyKind::mark, Strings::marks, id); ++id) {
      std::uint32_t types = 0, forms = 0;
      for (std::uint16_t index : members_) {
        const Value& made = decision_.contexts[decision_.obligations[index].context].facts.value(content);
        types |= duty(index).masks[mask_content] & (made.state == Value::State::known ? made.bits : ~0u);
        forms |= duty(index).masks[mask_forms];
      }
      if (!types) continue;
      begin_row(Strings::marks, id);
      out_.open("contentType", '[');
      for (std::uint32_t i = 0; i < 32; ++i)
        if (types >> i & 1) out_.string(book_.fact_value(content, i));
      out_.close(']');
      names("forms", Strings::forms, forms);
      out_.open("text", '{');
      message("title", message_at(Messages::marks, id));
      out_.close('}');
      out_.close('}');
    }
    out_.close(']');
  }

  void offers() {
    out_.open("offers", '[');
    for (std::uint32_t id = 0; next(DutyKind::offer, Strings::offers, id); ++id) {
      Text lead = "", within = "";
      for (std::uint16_t index : members_) {
        lead = stronger(lead, book_.pooled(duty(index).record->lead), true);
        within = stronger(within, book_.pooled(duty(index).record->within), false);
      }
      begin_row(Strings::offers, id);
      message("label", message_at(Messages::offers, id));
      out_.field("armed", true);
      spans(lead, within);
      out_.close('}');
    }
    out_.close(']');
  }

  /// What a block stops: its action, or each value stated of the set that it names.
  bool stops(const Obligation& obligation, Text action) const {
    const DutyRecord& duty = *obligation.duty.record;
    if (duty.action != none8) return equal(book_.string(Strings::block_actions, duty.action), action);
    if (duty.fact == none8) return false;
    const Value& value = decision_.contexts[obligation.context].facts.value(duty.fact);
    for (std::uint32_t i = 0; i < 32; ++i)
      if (value.bits >> i & 1 && equal(book_.fact_value(duty.fact, i), action)) return true;
    return false;
  }

  void blocks() {
    out_.open("blocks", '[');
    for (std::uint32_t id = 0; next(DutyKind::block, Strings::blocks, id); ++id) {
      Members all = members_;
      for (std::uint32_t a = 0; a < book_.count(Strings::block_actions); ++a) {
        Text action = book_.string(Strings::block_actions, a);
        members_.clear();
        for (std::uint16_t index : all)
          if (stops(decision_.obligations[index], action)) members_.push(index);
        if (!members_.size) continue;
        begin_row(Strings::blocks, id);
        arguments_.texts[argument_action] = action;
        out_.field("action", action);
        out_.field_or_null("until", book_.pooled(duty(members_[0]).record->first));
        out_.open("text", '{');
        std::uint32_t title = message_at(Messages::blocks, 2 * id);
        message("title", title);
        message("body", title + 1);
        out_.close('}');
        out_.close('}');
      }
    }
    out_.close(']');
  }

  void records() {
    out_.open("records", '[');
    for (std::uint32_t id = 0; next(DutyKind::record, Strings::records, id); ++id) {
      std::uint32_t events = 0;
      Text keep = "";
      for (std::uint16_t index : members_) {
        events |= duty(index).masks[mask_events];
        keep = stronger(keep, book_.pooled(duty(index).record->first), true);
      }
      begin_row(Strings::records, id);
      names("events", Strings::record_events, events);
      out_.field_or_null("keep", keep);
      out_.close('}');
    }
    out_.close(']');
  }

  void links() {
    out_.open("links", '[');
    for (std::uint32_t id = 0; next(DutyKind::link, Strings::links, id) && id < max_links; ++id) {
      std::uint8_t title = none8;
      for (std::uint16_t index : members_)
        if (title == none8) title = duty(index).record->title;
      const Link& link = deployment_.links[id];
      fill_arguments(decision_.obligations[members_[0]].context);
      out_.open('{');
      name("id", Strings::links, id);
      if (title != none8) out_.field("label", book_.verbatim(title, Book::Part::text));
      else message("label", message_at(Messages::links, id));
      out_.field_or_null("url", link.url);
      out_.field_or_null("updated", link.updated);
      satisfies(members_);
      out_.field("verbatim", title != none8);
      out_.close('}');
    }
    out_.close(']');
  }

  const Answer& a_;
  const Book& book_;
  const Deployment& deployment_;
  const Decision& decision_;
  JsonWriter& out_;
  const Locale *chosen_, *locale_;
  bool language_missing_ = false;
  Arguments arguments_;
  Members members_;
  Notice notice_;
};

}  // namespace

const Locale* Languages::look_up(Text tag) const {
  char shorter[40];
  std::uint32_t size = 0;
  for (; tag[size] && size < sizeof shorter - 1; ++size) shorter[size] = tag[size];
  while (size) {
    shorter[size] = '\0';
    for (std::uint32_t i = 0; i < count; ++i)
      if (locales[i].serves(shorter)) return &locales[i];
    while (size && shorter[--size] != '-') {
    }
  }
  return nullptr;
}

const Locale* Languages::choose(const Situation& situation, const Deployment& deployment, bool& missing) const {
  const Locale* found = nullptr;
  for (std::uint32_t i = 0; i < situation.languages.size && !found; ++i) found = look_up(situation.languages[i]);
  missing = situation.languages.size && !found;
  for (std::uint32_t i = 0; i < deployment.languages.size && !found; ++i) found = look_up(deployment.languages[i]);
  return found ? found : locales;
}

void write_version(const Book& book, JsonWriter& out) {
  char day[11];
  write_day(book.header().date, day);
  day[4] = day[7] = '.';
  out.begin("rules");
  out.append(day);
  out.append("+");
  out.append(book.header().hash, sizeof book.header().hash);
  out.end();
}

void Answer::write() { Writer(*this).envelope(); }

void write_failure(const Problems& problems, JsonWriter& out) {
  out.reset();
  out.open('{');
  out.field("type", "failure");
  out.open("errors", '[');
  for (const Problem& problem : problems.list) {
    out.open('{');
    out.field("code", problem.code);
    out.begin("path");
    // The JSON Pointer of a line's key. Parts are cut by NUL where the line has been read, by dots where it has not.
    Key key = problem.key;
    bool fact = key.size > 4 && key.text[0] == 'f' && (key.text[4] == '\0' || key.text[4] == '.');
    if (key.index >= 0) {
      out.append(key.text[0] == 'p' ? "/jurisdictions/" : "/languages/");
      out.append_number(static_cast<std::uint32_t>(key.index));
    } else if (key.size) {
      out.append("/");
      for (std::uint32_t i = 0; i < key.size; ++i) {
        out.append(key.text[i] && key.text[i] != '.' ? key.text + i : "/", 1);
        if (fact && i == 3) out.append("s");
      }
    }
    out.end();
    out.begin("message");
    // A found text may be as long as the request; its beginning says enough.
    std::uint32_t size = 0;
    while (problem.found[size] && (size < 200 || (static_cast<unsigned char>(problem.found[size]) & 0xc0) == 0x80))
      ++size;
    if (size) {
      out.append("found `");
      out.append(problem.found, size);
      out.append("`, ");
    }
    out.append("expected ");
    out.append(problem.expected);
    out.end();
    out.field("fix", "");
    out.close('}');
  }
  out.close(']');
  out.open("warnings", '[');
  out.close(']');
  out.close('}');
}

}  // namespace candor::runtime

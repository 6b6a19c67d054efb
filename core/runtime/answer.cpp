#include "core/runtime/answer.h"

#include <initializer_list>

#include "core/runtime/mark.h"

namespace candor::runtime {
namespace {

/// Code, path and message of each warning, in the order in which they are given.
constexpr Words warning_words =
    "us-without-state\0/jurisdictions/0\0no state is named: only federal law is looked at\0"
    "place-not-in-bundle\0/jurisdictions/\0built without that place, which is treated as unknown\0"
    "rules-stale\0/at\0the rules are older than 180 days\0"
    "language-missing\0/languages/0\0none of these languages is loaded\0"
    "channel-ambiguous\0/channel\0several channels are of this type; what holds for any is assumed\0"
    "consent-unreadable\0/consent\0what cannot be read counts as unasked\0"
    "needs-build\0/deployment\0house rules and patterns take effect only after `candor build`\0"
    "claim-not-vouched\0/facts/\0a page said so, and the deployment does not vouch for it\0"
    "waiver-ignored\0/deployment/waivers/\0it is over, or names law\0"
    "link-missing\0/deployment/links/\0a rule asks for it; the deployment has no address\0";
enum Warning : int {
  warning_place_not_in_bundle = 1,
  warning_claim_not_vouched = 7,
  warning_waiver_ignored,
  warning_link_missing
};

/// What follows the first dot; all of it where there is none.
Text after_dot(Text path) {
  for (Text c = path; *c; ++c)
    if (*c == '.') return c + 1;
  return path;
}

/// Whether two paths begin with the same part.
bool same_part(Text a, Text b) {
  while (*a == *b && *a && *a != '.') ++a, ++b;
  return *a == *b;
}

/// Is the JSON writer that it writes with, so that the one is passed on as the other; `envelope` hands it back.
class Writer : JsonWriter {
 public:
  explicit Writer(const Answer& answer)
      : JsonWriter(answer.out),
        a_(answer),
        book_(answer.book),
        deployment_(answer.deployment),
        decision_(answer.decision) {
    chosen_ = locale_ = a_.languages.choose(a_.situation, deployment_, language_missing_);
  }

  void envelope() {
    open('{');
    field("type", "success");
    warnings();
    bool consent = a_.situation.op == Operation::consent;
    open("value", '{');
    if (consent) open("decision", '{');
    if (a_.situation.op == Operation::mark) marks();
    else decision();
    if (consent) {
      close('}');
      record();
    }
    close('}');
    close('}');
    a_.out = static_cast<const JsonWriter&>(*this);
  }

 private:
  // --- warnings ------------------------------------------------------------------------------------------------------

  void begin_warning(int warning) {
    open('{');
    field("code", word_at(warning_words, 3 * warning));
    begin("path");
    append(word_at(warning_words, 3 * warning + 1));
  }

  void end_warning(int warning) {
    end();
    field("message", word_at(warning_words, 3 * warning + 2));
    close('}');
  }

  void warnings() {
    open("warnings", '[');
    const bool due[] = {decision_.us_without_state,
                        decision_.outside_slice,
                        decision_.stale,
                        language_missing_,
                        decision_.channel_ambiguous,
                        decision_.consent.unreadable,
                        deployment_.handed_over && deployment_.needs_build};
    for (int warning = 0; warning < warning_claim_not_vouched; ++warning) {
      if (!due[warning]) continue;
      begin_warning(warning);
      if (warning == warning_place_not_in_bundle) append_number(decision_.outside_index);
      end_warning(warning);
    }
    for (std::uint8_t fact : decision_.dropped) {
      begin_warning(warning_claim_not_vouched);
      append(book_.string(Strings::facts, fact));
      end_warning(warning_claim_not_vouched);
    }
    for (const Exception& exception : deployment_.exceptions) {
      if (!exception.waiver || !(exception.ignored || decision_.at > exception.until)) continue;
      begin_warning(warning_waiver_ignored);
      append_number(static_cast<std::uint32_t>(exception.index));
      end_warning(warning_waiver_ignored);
    }
    for (std::uint32_t id = 0; next(DutyKind::link, id); ++id) {
      if (!is_empty(deployment_.links[id].url)) continue;
      begin_warning(warning_link_missing);
      append(book_.string(Strings::links, id));
      end_warning(warning_link_missing);
    }
    close(']');
  }

  // --- the decision --------------------------------------------------------------------------------------------------

  void decision() {
    write_version(book_, *this);
    field_day("at", a_.situation.at);
    open("jurisdictions", '[');
    for (const ActivePlace& place : decision_.places)
      if (!place.established_only) name(Strings::places, place.place);
    close(']');
    field_day("validUntil", decision_.valid_until);
    if (is_empty(a_.situation.now)) field_or_null("nextCheck", "");
    else next_check();
    obligations();
    undetermined();
    notices();
    consent();
    rows("marks", DutyKind::mark);
    rows("offers", DutyKind::offer);
    rows("blocks", DutyKind::block);
    rows("records", DutyKind::record);
    rows("links", DutyKind::link);
    more_links();
    providers();
    claims();
    waivers();
    if (a_.situation.op == Operation::explain) trace();
  }

  /// A name out of a list of the rulebook.
  void name(Strings list, std::uint32_t index) { string(book_.string(list, index)); }
  /// The same below a key.
  void name(Text key, Strings list, std::uint32_t index) { field(key, book_.string(list, index)); }

  /// The names that a mask holds; its first bit stands for the one at `first`.
  void names(Text key, Strings list, std::uint32_t mask, std::uint32_t first = 0) {
    open(key, '[');
    names(list, mask, first);
    close(']');
  }

  void names(Strings list, std::uint32_t mask, std::uint32_t first) {
    for (; mask; mask >>= 1, ++first)
      if (mask & 1) name(list, first);
  }

  /// A rule in a place, as the head of a row.
  void head(const Entry& entry) {
    open('{');
    name("rule", Strings::rules, entry.rule);
    name("place", Strings::places, entry.record->place);
  }

  void because(const Context& context, const FactList& list) {
    open("because", '[');
    for (std::uint8_t fact : list) context.facts.write(fact, *this);
    close(']');
  }

  void needs(const FactList& list) {
    open("needs", '[');
    for (std::uint8_t fact : list) name(Strings::facts, fact);
    close(']');
  }

  void obligations() {
    open("obligations", '[');
    for (const Obligation* obligation : decision_.order) {
      const RuleRecord& rule = *obligation->rule->record;
      const DutyRecord& duty = *obligation->duty.record;
      FactList settled, missing;
      for (const std::uint8_t* condition : {obligation->rule->condition, obligation->duty.condition}) {
        collect_because(obligation->context->facts, condition, settled);
        collect_needs(obligation->context->facts, condition, missing);
      }
      head(*obligation->entry);
      name("layer", Strings::layers, static_cast<std::uint32_t>(rule.layer));
      name("severity", Strings::severities, static_cast<std::uint32_t>(duty.severity));
      field("certainty", obligation->assumed ? "assumed" : "established");
      field("status", word_at(statuses, static_cast<int>(obligation->status)));
      if (rule.flags & 2) field("enforcement", "stayed");
      name("duty", Strings::duties, static_cast<std::uint32_t>(duty.kind));
      if (duty.kind == DutyKind::disclose) name("topic", Strings::topics, duty.id);
      name("binds", Strings::binds, rule.binds);
      because(*obligation->context, settled);
      needs(missing);
      source(*obligation->entry);
      close('}');
    }
    close(']');
  }

  /// A source has an id of its own, or one made of the rule's and the place's.
  void source(const Entry& entry) {
    Text own = book_.string(Strings::sources, entry.record->source);
    char id[120];
    std::uint32_t size = 0;
    for (Text part :
         {book_.string(Strings::rules, entry.rule), "/", book_.string(Strings::places, entry.record->place)})
      while (*part && size < sizeof id - 1) id[size++] = *part++;
    id[size] = '\0';
    a_.sources.write(is_empty(own) ? id : own, *this);
  }

  void undetermined() {
    open("undetermined", '[');
    // By rule, then place, as everything else: each time the least of those behind the last one.
    for (std::uint32_t from = 0;;) {
      const Undetermined* next = nullptr;
      for (const Undetermined& open : decision_.undetermined)
        if (open.rank >= from && (!next || open.rank < next->rank)) next = &open;
      if (!next) break;
      from = next->rank + 1;
      head(*next->entry);
      needs(next->needs);
      close('}');
    }
    close(']');
  }

  void trace() {
    open("trace", '[');
    for (const Trace& row : decision_.trace) {
      FactList settled;
      collect_because(row.context->facts, book_.rule(row.entry->rule).condition, settled);
      head(*row.entry);
      field("outcome", word_at(outcomes, static_cast<int>(row.outcome)));
      because(*row.context, settled);
      close('}');
    }
    close(']');
  }

  void satisfies(const Members& members) {
    open("satisfies", '[');
    const Rule* last = nullptr;
    for (const Obligation* member : members) {
      if (member->rule != last) name(Strings::rules, member->entry->rule);
      last = member->rule;
    }
    close(']');
  }

  // --- words ---------------------------------------------------------------------------------------------------------

  /// What messages may ask for, in the language `locale_`, where `context` holds.
  void fill_arguments(const Context& context) {
    Text* texts = arguments_.texts;
    for (Text& text : arguments_.texts) text = "";
    for (std::int32_t& number : arguments_.numbers) number = 0;
    for (auto& list : arguments_.lists) list.clear();
    texts[argument_operator] = deployment_.operator_name;
    texts[argument_contact] = deployment_.contact;
    texts[argument_channel] = book_.string(Strings::channel_types, context.channel_type);
    texts[argument_named] = "no";
    if (const Assistant* assistant = context.assistant) {
      texts[argument_assistant] = assistant->name;
      if (!is_empty(assistant->name)) texts[argument_named] = "yes";
      for (const Provider& provider : assistant->providers) list_once(0, provider.name);
    }
    // The kinds of the purposes, by their labels, which are plain text.
    for (const Purpose& purpose : deployment_.purposes) {
      std::uint32_t label = message_at(Messages::purposes, static_cast<std::uint32_t>(purpose.kind));
      const Override* own = own_words(label);
      if (purpose.kind != kind_necessary) list_once(1, own ? own->text : locale_->plain(label));
    }
    for (const Service& service : deployment_.services)
      list_once(2, is_empty(service.recipient) ? service.name : service.recipient);
    for (const HostArgument& given : a_.situation.arguments) {
      if (given.argument < argument_providers) texts[given.argument] = given.text;
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

  void say(std::uint32_t message) {
    const Override* own = own_words(message);
    if (own) append(own->text);
    else locale_->write(message, arguments_, *this);
  }

  void message(Text key, std::uint32_t message) {
    begin(key);
    say(message);
    end();
  }

  std::uint32_t message_at(Messages group, std::uint32_t index) const { return message_of(book_, group, index); }

  // --- notices -------------------------------------------------------------------------------------------------------

  void notices() {
    open("notices", '[');
    for (std::uint32_t topic = 0; next(DutyKind::disclose, topic); ++topic)
      for (bool on_request : {false, true})
        if (join_notice(book_, decision_, topic, on_request, joined_)) write_notice();
    close(']');
  }

  /// The statements among `masks` that are said by a sentence of their own, because the opening does not say them.
  template <class Masks>
  std::uint32_t said_apart(const Masks& masks) const {
    return masks[mask_says] & ~book_.covers(joined_.topic);
  }

  /// Whether there is a sentence for `statement`. One that would list purposes, recipients or providers says nothing
  /// where there are none to list.
  bool has_sentence(std::uint32_t statement) const {
    int list = index_of(book_.string(Strings::statements, statement), "providers\0purposes\0recipients\0");
    bool empty = list >= 0 && !arguments_.lists[list].size;
    return !empty && has(message_at(Messages::says, statement));
  }

  /// Whether everything that a duty wants said is said, in every language that it demands.
  bool is_satisfied(const Duty& duty) const {
    std::uint32_t apart = said_apart(duty.masks), languages = duty.masks[mask_languages];
    for (std::uint32_t i = 0; apart | languages; apart >>= 1, languages >>= 1, ++i) {
      if (apart & 1 && !has_sentence(i)) return false;
      if (languages & 1 && !a_.languages.look_up(book_.string(Strings::languages, i))) return false;
    }
    return true;
  }

  /// Leaves in `members_` the rules all of whose duties in the notice are satisfied.
  void keep_satisfied() {
    members_.clear();
    for (const Obligation* member : joined_.members) {
      bool all = true;
      for (const Obligation* other : joined_.members)
        if (other->rule == member->rule) all = all && is_satisfied(other->duty);
      if (all) members_.push(member);
    }
  }

  void sentences(bool after) {
    std::uint32_t apart = said_apart(joined_.masks);
    for (std::uint32_t s = 0; apart; apart >>= 1, ++s) {
      if (!(apart & 1) || !has_sentence(s)) continue;
      if (after) append(locale_->sentence_gap());
      say(message_at(Messages::says, s));
      after = true;
    }
  }

  void notice_text() {
    std::uint32_t title = message_at(Messages::topics, joined_.topic * topic_texts);
    std::uint32_t body = title + topic_body, brief = title + topic_short, spoken = title + topic_spoken;
    open("text", '{');
    message("title", title);
    begin("body");
    say(body);
    sentences(has(body));
    end();
    message("short", has(brief) ? brief : title);
    begin("spoken");
    say(has(spoken) ? spoken : title);
    if (!has(spoken) && has(body)) {
      append(locale_->sentence_gap());
      say(body);
    }
    sentences(true);
    end();
    close('}');
  }

  void language() {
    field("lang", locale_->tag());
    field("dir", locale_->header().right_to_left ? "rtl" : "ltr");
  }

  /// The shortest interval after which the notice in `joined_` comes again, in minutes; 0: none. `tomorrow`: how long
  /// it is until then, for what comes once per day.
  std::uint32_t interval(std::uint32_t tomorrow = 0) const {
    std::uint32_t shortest = 0;
    for (std::uint32_t i = 0; i < 32; ++i) {
      if (!(joined_.masks[mask_repeat] >> i & 1)) continue;
      Text repeat = book_.string(Strings::repeats, i);
      std::uint32_t minutes = equal(repeat, "once-per-day") ? tomorrow : approximate_minutes(repeat);
      if (minutes && (!shortest || minutes < shortest)) shortest = minutes;
    }
    return shortest;
  }

  /// The instant of the next reminder: `now` and the shortest interval, in the zone in which it is written.
  void next_check() {
    Text now = a_.situation.now;
    constexpr std::uint32_t whole_day = 24 * 60;
    std::uint32_t shortest = 0, today = minute_of_day(now);
    for (std::uint32_t topic = 0; next(DutyKind::disclose, topic); ++topic) {
      bool due = join_notice(book_, decision_, topic, false, joined_);
      std::uint32_t minutes = due ? interval(whole_day - today) : 0;
      if (minutes && (!shortest || minutes < shortest)) shortest = minutes;
    }
    std::uint32_t minutes = shortest + today;
    Day day = parse_day(now) + static_cast<Day>(minutes / whole_day);
    if (!shortest || day > last_day) return field_or_null("nextCheck", "");
    begin("nextCheck");
    append_day(day);
    append("T");
    two_digits(minutes / 60 % 24);
    append(":");
    two_digits(minutes % 60);
    append(now + 16);
    end();
  }

  void two_digits(std::uint32_t number) {
    if (number < 10) append_number(0);
    append_number(number);
  }

  /// Takes up a language, with the arguments that depend on it and on the notice.
  void speak(const Locale* locale) {
    locale_ = locale;
    fill_arguments(*joined_.members[0]->context);
    std::uint32_t shortest = interval();
    // What the host says of this very moment is nearer than what the rule says in general.
    constexpr std::uint32_t day = 24 * 60;
    std::uint32_t within = *joined_.within == 'P' ? approximate_minutes(joined_.within) : 0;
    std::uint32_t numbers[] = {shortest / 60, within < day ? within : 0, within / day};
    for (int i = 0; i < 3; ++i)
      if (!arguments_.numbers[i]) arguments_.numbers[i] = static_cast<std::int32_t>(numbers[i]);
  }

  void write_notice() {
    speak(chosen_);
    Text topic = book_.string(Strings::topics, joined_.topic);
    open('{');
    begin("id");
    append(topic);
    if (joined_.on_request) append("-on-request");
    end();
    field("topic", topic);
    keep_satisfied();
    satisfies(members_);
    open("says", '[');
    names(Strings::statements, joined_.masks[mask_says], 0);
    for (std::uint32_t v = 0; v < 32; ++v) {
      if (!(joined_.masks[mask_verbatim] >> v & 1)) continue;
      begin();
      append("verbatim:");
      append(book_.verbatim(v, Book::Part::id));
      end();
    }
    close(']');
    names("slots", Strings::slots, joined_.masks[mask_slots]);
    name("timing", Strings::timings, joined_.timing);
    names("repeat", Strings::repeats, joined_.masks[mask_repeat]);
    name("prominence", Strings::prominences, joined_.prominence);
    field("dismissible", joined_.dismissible);
    if (joined_.on_request) field("armed", joined_.armed);
    spans();
    notice_text();
    language();
    also();
    verbatim();
    actions();
    close('}');
  }

  void spans() {
    if (!is_empty(joined_.lead)) field("lead", joined_.lead);
    if (!is_empty(joined_.within)) field("within", joined_.within);
  }

  void also() {
    open("also", '[');
    for (std::uint32_t l = 0; l < 32; ++l) {
      const Locale* locale =
          joined_.masks[mask_languages] >> l & 1 ? a_.languages.look_up(book_.string(Strings::languages, l)) : nullptr;
      if (!locale || locale == chosen_) continue;
      speak(locale);
      open('{');
      language();
      notice_text();
      close('}');
    }
    close(']');
    if (locale_ != chosen_) speak(chosen_);
  }

  void verbatim() {
    open("verbatim", '[');
    for (std::uint32_t v = 0; v < 32; ++v) {
      if (!(joined_.masks[mask_verbatim] >> v & 1)) continue;
      members_.clear();
      for (const Obligation* member : joined_.members)
        if (member->duty.masks[mask_verbatim] >> v & 1) members_.push(member);
      open('{');
      field("id", book_.verbatim(v, Book::Part::id));
      field("lang", book_.verbatim(v, Book::Part::language));
      field("text", book_.verbatim(v, Book::Part::text));
      satisfies(members_);
      close('}');
    }
    close(']');
  }

  void actions() {
    add_actions_of_conversation();
    open("actions", '[');
    for (std::uint32_t action = 0; action < 64; ++action) {
      if (!(joined_.masks[mask_actions + action / 32] >> action % 32 & 1)) continue;
      std::uint32_t rest = action;
      Strings list = Strings::offers;
      for (; list < Strings::actions && rest >= book_.count(list);
           list = static_cast<Strings>(static_cast<int>(list) + 1))
        rest -= book_.count(list);
      this->action(list, rest, action);
    }
    close(']');
  }

  /// What the conversation itself offers beside what rules ask of the notice: the offers that a person takes up there,
  /// and the last of the actions, the way to all the rest.
  void add_actions_of_conversation() {
    if (!equal(book_.string(Strings::topics, joined_.topic), "ai-interaction")) return;
    for (std::uint32_t offer = 0; next(DutyKind::offer, offer); ++offer)
      if (index_of(book_.string(Strings::offers, offer), "human-agent\0crisis-help\0") >= 0)
        joined_.masks[mask_actions] |= 1u << offer;
    std::uint32_t last = first_action() + book_.count(Strings::actions) - 1;
    joined_.masks[mask_actions + last / 32] |= 1u << last % 32;
  }

  /// Where the actions stand among offers, links and actions.
  std::uint32_t first_action() const { return book_.count(Strings::offers) + book_.count(Strings::links); }

  /// One of `list`, and where it stands among all of them.
  void action(Strings list, std::uint32_t index, std::uint32_t among_all) {
    open('{');
    name("id", list, index);
    message("label", message_at(Messages::offers, among_all));
    close('}');
  }

  // --- consent -------------------------------------------------------------------------------------------------------

  void consent() {
    const Consent& consent = decision_.consent;
    collect(decision_, DutyKind::consent, -1, members_);
    open("consent", '{');
    satisfies(members_);
    field("by", consent.by_parent ? "parent" : "person");
    name("model", Strings::models, static_cast<std::uint32_t>(consent.model));
    field("prompt", consent.prompt);
    field("equalChoice", consent.equal_choice);
    field_day("repromptNotBefore", consent.reprompt_not_before);
    field("gpc", word_at(gpc_states, static_cast<int>(consent.gpc)));
    field("gpcStatus", consent.gpc_status && consent.gpc_denies);
    terms();
    locale_ = chosen_;
    language();
    answers();
    open("purposes", '{');
    for (std::uint32_t i = 0; i < deployment_.purposes.size; ++i) {
      const Purpose& purpose = deployment_.purposes[i];
      const PurposeState& state = consent.purposes[i];
      auto kind = static_cast<std::uint32_t>(purpose.kind);
      open(purpose.id, '{');
      name("kind", Strings::purpose_kinds, kind);
      field("state", state.granted ? "granted" : "denied");
      field("standing", word_at(standings, static_cast<int>(state.standing)));
      name("model", Strings::models, static_cast<std::uint32_t>(state.model));
      field_or_null("ask", word_at(ask_slots, static_cast<int>(state.ask)));
      field_day("until", state.until);
      message("label", message_at(Messages::purposes, kind));
      services(static_cast<int>(i));
      close('}');
    }
    close('}');
    close('}');
  }

  /// The ways to answer, whether the person is asked now or comes back later.
  void answers() {
    open("actions", '[');
    for (std::uint32_t i = 0; i < book_.count(Strings::actions); ++i) action(Strings::actions, i, first_action() + i);
    close(']');
  }

  /// The services of a purpose as the deployment declares them; nothing where it declares none.
  void services(int purpose) {
    bool any = false;
    for (std::uint32_t s = 0; s < deployment_.services.size; ++s) {
      if (deployment_.services[s].purpose != purpose) continue;
      if (!any) open("services", '[');
      any = true;
      open('{');
      for (int i = 0; *word_at(service_fields, i); ++i) service_field(s, i);
      close('}');
    }
    if (any) close(']');
  }

  /// All that is said of one field: a text, a list of texts, or a list of cookies.
  void service_field(std::uint32_t service, int of) {
    Text last = nullptr;
    for (const Detail& detail : deployment_.details) {
      if (detail.service != service || detail.field != of) continue;
      if (of < service_hosts) return field(word_at(service_fields, of), detail.value);
      if (!last) open(word_at(service_fields, of), '[');
      if (of < service_cookies) {
        string(detail.value);
      } else {
        Text name = after_dot(detail.path);
        if (!last || !same_part(last, detail.path)) {
          if (last) close('}');
          open('{');
        }
        field(name, detail.value);
      }
      last = detail.path;
    }
    if (!last) return;
    if (of == service_cookies) close('}');
    close(']');
  }

  void terms() {
    char hash[17];
    deployment_.terms.write(hash);
    field("terms", hash);
  }

  /// The consent record that the event leaves behind, for the widget to store.
  void record() {
    const ConsentRecord& record = a_.situation.consent;
    open("record", '{');
    literal("v", "1");
    field("at", record.at);
    open("purposes", '{');
    for (const PurposeRecord& purpose : record.purposes) {
      open(purpose.id, '{');
      field("state", purpose.state);
      if (!is_empty(purpose.model)) field("model", purpose.model);
      field("at", purpose.at);
      if (!is_empty(purpose.via)) field("via", purpose.via);
      close('}');
    }
    close('}');
    terms();
    open("places", '[');
    for (const StatedPlace& place : a_.situation.places) name(Strings::places, place.place);
    close(']');
    write_version(book_, *this);
    field("via", record.via);
    close('}');
  }

  // --- exceptions ----------------------------------------------------------------------------------------------------

  void claims() {
    open("claims", '[');
    for (const Claim& claim : decision_.claims) {
      open('{');
      name("fact", Strings::facts, claim.stated->fact);
      field("by", claim.stated->by == Statement::By::situation ? "situation" : "deployment");
      const Exception* exception = claim.exception;
      field_or_null("owner", exception ? exception->owner : "");
      field_or_null("reason", exception ? exception->reason : "");
      field_day("until", exception ? exception->until : no_day);
      open("lifted", '[');
      for (std::uint32_t rule = 0; rule < book_.count(Strings::rules); ++rule)
        if (claim.lifted[rule]) name(Strings::rules, rule);
      close(']');
      close('}');
    }
    close(']');
  }

  void waivers() {
    open("waivers", '[');
    for (std::uint32_t i = 0; i < deployment_.exceptions.size; ++i) {
      const Exception& exception = deployment_.exceptions[i];
      if (!decision_.waived[i]) continue;
      open('{');
      field("rule", exception.subject);
      field("owner", exception.owner);
      field("reason", exception.reason);
      field_day("until", exception.until);
      close('}');
    }
    close(']');
  }

  // --- marks, offers, blocks, records, links -------------------------------------------------------------------------

  /// Moves `id` to the next one, from itself on, that a binding duty of `kind` names; false where none does.
  bool next(DutyKind kind, std::uint32_t& id) const {
    id = next_id(decision_, kind, id);
    return id != none8;
  }

  /// A row for each id that a duty of `kind` names.
  void rows(Text key, DutyKind kind) {
    open(key, '[');
    for (std::uint32_t id = 0; next(kind, id); ++id) {
      collect(decision_, kind, static_cast<int>(id), joined_.members);
      join(book_, joined_);
      fill_arguments(*joined_.members[0]->context);
      switch (kind) {
        case DutyKind::mark: mark(id); break;
        case DutyKind::offer: offer(id); break;
        case DutyKind::block: blocks(id); break;
        case DutyKind::record: kept_record(id); break;
        default: link(id);
      }
    }
    close(']');
  }

  void begin_row(Strings list, std::uint32_t id, const Members& members) {
    open('{');
    name("id", list, id);
    satisfies(members);
  }

  /// The marks alone, each with what to write.
  void marks() {
    write_version(book_, *this);
    locale_ = chosen_;
    language();
    rows("marks", DutyKind::mark);
  }

  void mark(std::uint32_t id) {
    if (!joined_.masks[mask_content]) return;
    begin_row(Strings::marks, id, joined_.members);
    names("contentType", Strings::values, joined_.masks[mask_content], book_.first_value(book_.at(content_fact)));
    names("forms", Strings::forms, joined_.masks[mask_forms]);
    open("text", '{');
    message("title", message_at(Messages::marks, id));
    close('}');
    if (a_.situation.op == Operation::mark)
      write_marks({book_, deployment_, a_.situation, *joined_.members[0]->context}, joined_.masks[mask_forms], *this);
    close('}');
  }

  void offer(std::uint32_t id) {
    begin_row(Strings::offers, id, joined_.members);
    message("label", message_at(Messages::offers, id));
    field("armed", true);
    spans();
    close('}');
  }

  /// What a block stops: its action, or each value stated of the set that it names.
  bool stops(const Obligation& obligation, Text action) const {
    const DutyRecord& duty = *obligation.duty.record;
    if (duty.action != none8) return equal(book_.string(Strings::block_actions, duty.action), action);
    if (duty.fact == none8) return false;
    const Value& value = obligation.context->facts.value(duty.fact);
    for (std::uint32_t i = 0; i < 32; ++i)
      if (value.bits >> i & 1 && equal(book_.fact_value(duty.fact, i), action)) return true;
    return false;
  }

  void blocks(std::uint32_t id) {
    for (std::uint32_t a = 0; a < book_.count(Strings::block_actions); ++a) {
      Text action = book_.string(Strings::block_actions, a);
      members_.clear();
      for (const Obligation* member : joined_.members)
        if (stops(*member, action)) members_.push(member);
      if (!members_.size) continue;
      fill_arguments(*members_[0]->context);
      begin_row(Strings::blocks, id, members_);
      arguments_.texts[argument_action] = action;
      field("action", action);
      field_or_null("until", book_.pooled(members_[0]->duty.record->first));
      open("text", '{');
      std::uint32_t title = message_at(Messages::blocks, 2 * id);
      message("title", title);
      message("body", title + 1);
      close('}');
      close('}');
    }
  }

  void kept_record(std::uint32_t id) {
    begin_row(Strings::records, id, joined_.members);
    names("events", Strings::record_events, joined_.masks[mask_events]);
    field_or_null("keep", joined_.keep);
    close('}');
  }

  void link(std::uint32_t id) {
    begin_link(id, joined_.title);
    satisfies(joined_.members);
    field("verbatim", joined_.title != none8);
    close('}');
  }

  void begin_link(std::uint32_t id, std::uint8_t title) {
    const Link& link = deployment_.links[id];
    open('{');
    name("id", Strings::links, id);
    if (title != none8) field("label", book_.verbatim(title, Book::Part::text));
    else message("label", message_at(Messages::links, id));
    field_or_null("url", link.url);
    field_or_null("updated", link.updated);
    if (is_empty(link.updated)) return;
    begin("updatedText");
    locale_->write_date(parse_day(link.updated), *this);
    end();
  }

  /// What the deployment links to though no rule asks for it.
  void more_links() {
    open("moreLinks", '[');
    for (std::uint32_t id = 0; id < book_.count(Strings::links); ++id) {
      if (is_empty(deployment_.links[id].url) || next_id(decision_, DutyKind::link, id) == id) continue;
      begin_link(id, none8);
      close('}');
    }
    close(']');
  }

  void providers() {
    open("providers", '[');
    for (const Assistant& assistant : deployment_.assistants)
      for (const Provider& provider : assistant.providers) {
        open('{');
        field("name", provider.name);
        field_or_null("policy", provider.policy);
        close('}');
      }
    close(']');
  }

  const Answer& a_;
  const Book& book_;
  const Deployment& deployment_;
  const Decision& decision_;
  const Locale *chosen_, *locale_;
  bool language_missing_ = false;
  Arguments arguments_;
  Members members_;
  Joined joined_;
};

}  // namespace

/// Of a longer one only the beginning is looked up.
constexpr std::uint32_t longest_tag = 39;

const Locale* Languages::look_up(Text tag) const {
  std::uint32_t size = 0;
  while (tag[size] && size < longest_tag) ++size;
  while (size) {
    for (std::uint32_t i = 0; i < count; ++i)
      if (locales[i].serves(tag, size)) return &locales[i];
    while (size && tag[--size] != '-') {
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
  out.append(book.header().hash, book.header().hash + sizeof book.header().hash);
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
        Text at = key.text + i;
        out.append(*at && *at != '.' ? at : "/", at + 1);
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
      out.append(problem.found, problem.found + size);
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

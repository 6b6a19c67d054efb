#include "core/runtime/consent.h"

#include "core/runtime/decide.h"

namespace candor::runtime {
namespace {

constexpr Words ways = "choice\0withdrawal\0opt-out\0";
constexpr Words answers = "denied\0granted\0";

/// The first row of a consent duty that fits the purpose, or null.
const ConsentRow* matching_row(const Duty& duty, const Purpose& purpose) {
  // The tests that would fail: of each flag, the one for its opposite.
  int failing = 0;
  for (int flag = 0; flag < 4; ++flag) failing |= (purpose.flags >> flag & 1 ? 1 : 2) << 2 * flag;
  auto row = reinterpret_cast<const ConsentRow*>(duty.rows);
  for (std::uint32_t n = duty.record->rows; n > 0; --n, ++row)
    if (!(row->tests & failing) && (!row->kinds || row->kinds >> purpose.kind & 1)) return row;
  return nullptr;
}

struct ConsentDecider : Matter {
  void run() {
    Consent& consent = decision.consent;
    consent.refused = consent.reprompt_not_before = no_day;
    consent.floor = consent.cap = "";
    if (decision.contexts.size && decision.contexts[0].facts.is_true(book.at(gpc_fact)))
      consent.gpc = Gpc::not_applicable;
    for (const Obligation& obligation : decision.obligations)
      if (obligation.duty.record->kind == DutyKind::consent && obligation.binding()) apply(obligation.duty);
    char now[17];
    deployment.terms.write(now);
    Text then = situation.consent.terms;
    consent.terms_changed = !is_empty(then) && !equal(then, now);
    consent.unreadable = situation.consent.present && parse_day(situation.consent.at) == no_day;

    for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) decide(deployment.purposes[i], consent.purposes[i]);

    Day floor_ends = consent.refused == no_day ? no_day : add_duration(consent.refused, consent.floor);
    bool waiting = floor_ends > decision.at;
    if (waiting) consent.reprompt_not_before = floor_ends;
    decision.changes_on(floor_ends);
    bool ask_again = consent.terms_changed || (floor_ends != no_day && !waiting);
    for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) {
      PurposeState& state = consent.purposes[i];
      if (state.model != Model::opt_in || state.granted || (refused(state) && !ask_again)) continue;
      state.ask = where(deployment.purposes[i]);
      consent.prompt |= state.ask != Ask::nowhere;
    }
  }

  /// What becomes of the words of a chat is asked in the chat, and not on a page beside it that has no assistant.
  Ask where(const Purpose& purpose) const {
    if (purpose.kind != kind_ai_training && purpose.kind != kind_chat_recording) return Ask::on_page;
    int chat = book.find(Strings::channel_types, "chat-widget");
    for (const Context& context : decision.contexts) {
      if (static_cast<int>(context.channel_type) == chat) return Ask::in_chat;
      if (context.assistant) return Ask::on_page;
    }
    for (const Channel& channel : deployment.channels)
      if (channel.type == chat) return Ask::nowhere;
    return Ask::on_page;
  }

  /// The longest floor, the shortest cap and the strictest model of all rules bind.
  void apply(const Duty& duty) {
    Consent& consent = decision.consent;
    consent.equal_choice |= (duty.record->flags & 2) != 0;
    consent.gpc_status |= (duty.record->flags & 4) != 0;
    consent.floor = stronger(consent.floor, book.pooled(duty.record->first), true);
    consent.cap = stronger(consent.cap, book.pooled(duty.record->second), false);
    // Where no purpose is declared, what an undeclared one would meet; the gate is closed for those.
    static constexpr Purpose undeclared{"", kind_advertising, purpose_shared | purpose_sells};
    std::uint32_t i = 0;
    do {
      const Purpose& purpose = deployment.purposes.size ? deployment.purposes[i] : undeclared;
      PurposeState& state = consent.purposes[i];
      const ConsentRow* row = purpose.kind == kind_necessary ? nullptr : matching_row(duty, purpose);
      if (!row) continue;
      if (row->model > state.model) state.model = row->model;
      if (row->model > consent.model) consent.model = row->model;
      consent.by_parent |= (row->flags & 2) != 0;
      if (consent.gpc == Gpc::absent || !(row->flags & 1)) continue;
      consent.gpc = Gpc::honoured;
      state.gpc_denies = true;
    } while (++i < deployment.purposes.size);
  }

  static bool refused(const PurposeState& state) {
    return state.standing == Standing::denied || state.standing == Standing::withdrawn;
  }

  void decide(const Purpose& purpose, PurposeState& state) {
    state.until = no_day;
    state.granted = true;
    if (purpose.kind == kind_necessary) return;
    // Of a record that cannot be read nobody knows what is missing in it.
    state.unreadable = situation.consent.present && parse_day(situation.consent.at) == no_day;
    const PurposeRecord* stored = situation.consent.purposes.find(purpose.id);
    if (stored != situation.consent.purposes.end()) read_standing(*stored, state);
    state.granted = state.standing == Standing::granted;
    state.gpc_denies &= !state.granted;
    decision.consent.gpc_denies |= state.gpc_denies;
    if (state.model < Model::opt_in) state.granted |= !refused(state) && !state.gpc_denies && !state.unreadable;
    if (state.model == Model::prohibited) state.granted = false;
  }

  /// What the record says of one purpose; what cannot be read counts as unasked.
  void read_standing(const PurposeRecord& stored, PurposeState& state) {
    const ConsentRecord& record = situation.consent;
    Consent& consent = decision.consent;
    Text via = is_empty(stored.via) ? record.via : stored.via;
    Day day = parse_day(is_empty(stored.at) ? record.at : stored.at);
    int model = is_empty(stored.model) ? static_cast<int>(Model::opt_in) : book.find(Strings::models, stored.model);
    int answer = index_of(stored.state, answers);
    if (day == no_day || model < 0 || answer < 0 || (!is_empty(via) && index_of(via, ways) < 0)) {
      consent.unreadable = state.unreadable = true;
    } else if (!answer) {
      state.standing = equal(via, "withdrawal") ? Standing::withdrawn : Standing::denied;
      if (day > consent.refused) consent.refused = day;
    } else if (model >= static_cast<int>(state.model)) {
      state.standing = Standing::expired;
      Day until = add_duration(day, consent.cap);
      if (consent.terms_changed || (until != no_day && decision.at >= until)) return;
      state.standing = Standing::granted;
      state.until = until;
      decision.changes_on(until);
    }
  }
};

}  // namespace

Text stronger(Text kept, Text other, bool longer) {
  std::uint32_t a = approximate_minutes(kept), b = approximate_minutes(other);
  return b && (!a || (longer ? b > a : b < a)) ? other : kept;
}

void decide_consent(const Matter& matter) { ConsentDecider{matter}.run(); }

void apply_event(const Book& book, const Deployment& deployment, const Decision& decision, Situation& situation) {
  ConsentRecord& record = situation.consent;
  // What is not touched keeps its own day and way, though the record gets new ones.
  for (PurposeRecord& purpose : record.purposes) {
    if (is_empty(purpose.at)) purpose.at = record.at;
    if (is_empty(purpose.via)) purpose.via = record.via;
  }
  Event event = situation.event;
  record.present = true;
  record.at = situation.event_now;
  record.via = word_at(ways, event == Event::withdraw ? 1 : event == Event::opt_out ? 2 : 0);
  record.terms = "";
  for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) {
    const Purpose& purpose = deployment.purposes[i];
    const PurposeState& before = decision.consent.purposes[i];
    // Those named, else all; only what is granted can be withdrawn.
    bool all = !situation.event_purposes.size && event != Event::choose;
    bool touched = event <= Event::reject_all || (all && (before.granted || event != Event::withdraw));
    bool grant = event == Event::accept_all;
    const PurposeChoice* choice = situation.event_purposes.find(purpose.id);
    if (choice != situation.event_purposes.end()) {
      touched = true;
      if (event == Event::choose) grant = choice->granted;
    }
    bool lost = before.unreadable && before.standing == Standing::unasked;
    if (purpose.kind == kind_necessary || (!touched && !lost)) continue;
    PurposeRecord* stored = record.find_or_add(purpose.id);
    if (!stored) continue;
    // What could not be read, and is not answered now, stays closed until it is: it may have been a refusal.
    if (touched) stored->state = grant && before.model != Model::prohibited ? "granted" : "denied";
    else if (!equal(stored->state, "denied")) stored->state = "unknown";
    stored->model = touched ? book.string(Strings::models, static_cast<std::uint32_t>(before.model)) : "";
    stored->at = record.at;
    stored->via = record.via;
  }
}

}  // namespace candor::runtime

#include "core/runtime/consent.h"

#include "core/runtime/decide.h"
#include "core/runtime/hash.h"

namespace candor::runtime {
namespace {

constexpr Words standings = "unasked granted denied withdrawn expired";
constexpr Words gpc_states = "absent honoured not-applicable";
constexpr Words ways = "choice withdrawal opt-out";
constexpr int kind_necessary = 0;  ///< the first purpose kind
constexpr int kind_advertising = 4;

struct Row {
  Model model = Model::none;
  bool honours_gpc = false, by_parent = false, found = false;
};

/// 0 any, 1 false, 2 true.
bool fits(std::uint8_t wanted, bool is) { return wanted == 0 || (wanted == 2) == is; }

/// The first row of a consent duty that fits the purpose.
Row matching_row(const Duty& duty, const Purpose& purpose) {
  Cursor rows = duty.rows;
  for (std::uint32_t n = rows.varint(); n > 0; --n) {
    std::uint8_t tests = rows.u8(), bits = rows.u8();
    bool any = true, kind_fits = false;
    for (Ints kinds(rows); kinds.next();) {
      any = false;
      if (static_cast<int>(kinds.value) == purpose.kind) kind_fits = true;
    }
    if ((any || kind_fits) && fits(tests & 3, purpose.own_service) && fits(tests >> 2 & 3, purpose.shared) &&
        fits(tests >> 4 & 3, purpose.sensitive) && fits(tests >> 6 & 3, purpose.sells))
      return {static_cast<Model>(bits & 7), (bits & 8) != 0, (bits & 16) != 0, true};
  }
  return {};
}

struct Terms {
  Text floor, cap;
};

void earliest(Day& kept, Day day, Day at) {
  if (day != no_day && day > at && (kept == no_day || day < kept)) kept = day;
}

const PurposeRecord* recorded(const ConsentRecord& record, const Text& id) {
  for (const PurposeRecord& purpose : record.purposes)
    if (purpose.id == id) return &purpose;
  return nullptr;
}

/// What the record says of one purpose; what cannot be read counts as unasked.
void read_standing(const ConsentRecord& record, const PurposeRecord& purpose, bool terms_changed, const Terms& terms, Day at,
                   PurposeState& state, Consent& consent, Day& refused) {
  Text when = purpose.at.empty() ? record.at : purpose.at;
  Text via = purpose.via.empty() ? record.via : purpose.via;
  Day day = parse_day(when);
  Model given = Model::opt_in;
  bool readable = day != no_day && (purpose.model.empty() || parse_model(purpose.model, given)) &&
                  (via.empty() || index_of(via, ways) >= 0);
  int answer = index_of(purpose.state, "denied granted");
  if (readable && answer == 0) {
    state.standing = is(via, "withdrawal") ? Standing::withdrawn : Standing::denied;
    if (refused == no_day || day > refused) refused = day;
  } else if (readable && answer == 1) {
    if (given < state.model) return;
    state.until = add_duration(day, terms.cap);
    bool over = terms_changed || (state.until != no_day && at >= state.until);
    state.standing = over ? Standing::expired : Standing::granted;
    if (!over) earliest(consent.changes, state.until, at);
    else state.until = no_day;
  } else consent.unreadable = true;
}

}  // namespace

Text name_of(Standing standing) { return word_at(standings, static_cast<int>(standing)); }
Text name_of(Gpc gpc) { return word_at(gpc_states, static_cast<int>(gpc)); }

void decide_consent(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision) {
  Consent& consent = decision.consent;
  consent = {};
  consent.reprompt_not_before = consent.changes = no_day;
  bool gpc = decision.contexts.size && decision.contexts[0].facts.is_true(book.landmarks().gpc_fact);
  if (gpc) consent.gpc = Gpc::not_applicable;

  // The longest floor and the shortest cap of all rules bind.
  Terms terms;
  for (const Obligation& obligation : decision.obligations) {
    if (obligation.duty.kind != DutyKind::consent || !obligation.binding()) continue;
    const Duty& duty = obligation.duty;
    consent.equal_choice |= duty.equal_choice;
    consent.gpc_status |= duty.gpc_status;
    if (approximate_minutes(duty.refusal_floor) > approximate_minutes(terms.floor)) terms.floor = duty.refusal_floor;
    if (!duty.grant_cap.empty() && (terms.cap.empty() || approximate_minutes(duty.grant_cap) < approximate_minutes(terms.cap)))
      terms.cap = duty.grant_cap;
  }

  /// The strictest row of all rules for one purpose.
  auto strictest = [&](const Purpose& purpose) {
    Row result;
    for (const Obligation& obligation : decision.obligations) {
      if (obligation.duty.kind != DutyKind::consent || !obligation.binding()) continue;
      Row row = matching_row(obligation.duty, purpose);
      if (!row.found) continue;
      if (row.model > result.model) result.model = row.model;
      result.honours_gpc |= row.honours_gpc;
      consent.by_parent |= row.by_parent;
    }
    if (gpc && result.honours_gpc) consent.gpc = Gpc::honoured;
    return result;
  };

  const ConsentRecord& record = situation.consent;
  char terms_hash[16];
  write_hash(deployment.terms, terms_hash);
  bool terms_changed = record.present && !record.terms.empty() && record.terms != Text(terms_hash, sizeof terms_hash);
  Day refused = no_day;
  bool unanswered = false, opt_in_refused = false;

  for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) {
    const Purpose& purpose = deployment.purposes[i];
    PurposeState& state = consent.purposes[i];
    state = {Model::none, Standing::unasked, true, no_day};
    if (purpose.kind == kind_necessary) continue;
    Row row = strictest(purpose);
    state.model = row.model;
    if (row.model > consent.model) consent.model = row.model;
    const PurposeRecord* stored = recorded(record, purpose.id);
    if (stored) read_standing(record, *stored, terms_changed, terms, situation.at, state, consent, refused);
    bool no = state.standing == Standing::denied || state.standing == Standing::withdrawn;
    switch (state.model) {
      case Model::prohibited: state.granted = false; break;
      case Model::opt_in: state.granted = state.standing == Standing::granted; break;
      case Model::none: state.granted = !no; break;
      default: state.granted = !no && (state.standing == Standing::granted || !(gpc && row.honours_gpc));
    }
    if (state.model != Model::opt_in) continue;
    unanswered |= !no && state.standing != Standing::granted;
    opt_in_refused |= no;
  }

  // Where no purpose is declared, what an undeclared one would meet; the gate is closed for those.
  if (!deployment.purposes.size) {
    Purpose undeclared{{}, kind_advertising, false, true, true, false};
    consent.model = strictest(undeclared).model;
  }

  Day floor_ends = refused == no_day ? no_day : add_duration(refused, terms.floor);
  bool waiting = floor_ends != no_day && floor_ends > situation.at;
  if (waiting) {
    consent.reprompt_not_before = floor_ends;
    earliest(consent.changes, floor_ends, situation.at);
  }
  bool may_ask_again = opt_in_refused && (terms_changed || (floor_ends != no_day && !waiting));
  consent.prompt = unanswered || may_ask_again;
}

void apply_event(const Deployment& deployment, const Decision& decision, Situation& situation) {
  ConsentRecord& record = situation.consent;
  for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) {
    const Purpose& purpose = deployment.purposes[i];
    if (purpose.kind == kind_necessary) continue;
    const PurposeState& before = decision.consent.purposes[i];
    const PurposeChoice* named = nullptr;
    for (const PurposeChoice& choice : situation.event_purposes)
      if (choice.id == purpose.id) named = &choice;
    bool grant = false;
    int via = 0;
    switch (situation.event) {
      case Event::accept_all: grant = true; break;
      case Event::reject_all: break;
      case Event::choose:
        if (!named) continue;
        grant = named->granted;
        break;
      case Event::withdraw:
        if (situation.event_purposes.size ? !named : before.standing != Standing::granted && !before.granted) continue;
        via = 1;
        break;
      default:
        if (situation.event_purposes.size && !named) continue;
        via = 2;
    }
    if (before.model == Model::prohibited) grant = false;
    PurposeRecord* stored = nullptr;
    for (PurposeRecord& known : record.purposes)
      if (known.id == purpose.id) stored = &known;
    if (!stored) {
      if (!record.purposes.push({})) continue;
      stored = record.purposes.end() - 1;
    }
    *stored = {purpose.id, word_at("denied granted", grant), name_of(before.model), situation.event_now, word_at(ways, via)};
  }
  // What was not touched keeps its own day and way, now that the record has new ones.
  for (PurposeRecord& purpose : record.purposes) {
    if (purpose.at.empty()) purpose.at = record.at;
    if (purpose.via.empty()) purpose.via = record.via;
  }
  record.present = true;
  record.at = situation.event_now;
  record.via = word_at(ways, situation.event == Event::withdraw ? 1 : situation.event == Event::opt_out ? 2 : 0);
  record.terms = {};
}

}  // namespace candor::runtime

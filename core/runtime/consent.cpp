#include "core/runtime/consent.h"

#include "core/runtime/decide.h"

namespace candor::runtime {
namespace {

constexpr Words ways = "choice\0withdrawal\0opt-out\0";
constexpr Words answers = "denied\0granted\0";

/// The first row of a consent duty that fits the purpose, or null.
const ConsentRow* matching_row(const Duty& duty, const Purpose& purpose) {
  auto row = reinterpret_cast<const ConsentRow*>(duty.rows);
  for (std::uint32_t n = duty.record->rows; n > 0; --n, ++row) {
    bool fits = !row->kinds || row->kinds >> purpose.kind & 1;
    for (int flag = 0; flag < 4; ++flag) {
      int wanted = row->tests >> 2 * flag & 3;
      fits = fits && (!wanted || (wanted == 2) == (purpose.flags >> flag & 1));
    }
    if (fits) return row;
  }
  return nullptr;
}

struct Decider {
  const Book& book;
  const Deployment& deployment;
  const ConsentRecord& record;
  Day at;
  const Decision& decision;
  Consent& consent;
  bool gpc = false, terms_changed = false;
  Text floor = "", cap = "";
  Day refused = no_day;

  bool counts(const Obligation& obligation) const {
    return obligation.duty.record->kind == DutyKind::consent && obligation.binding();
  }

  void run() {
    consent.reprompt_not_before = consent.changes = no_day;
    gpc = decision.contexts.size && decision.contexts[0].facts.is_true(book.landmarks().gpc_fact);
    consent.gpc = gpc ? Gpc::not_applicable : Gpc::absent;
    read_terms();
    bool unanswered = false, opt_in_refused = false;
    for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) {
      const PurposeState& state = consent.purposes[i] = decide(deployment.purposes[i]);
      if (state.model > consent.model) consent.model = state.model;
      if (state.model != Model::opt_in) continue;
      bool no = state.standing == Standing::denied || state.standing == Standing::withdrawn;
      unanswered |= !no && state.standing != Standing::granted;
      opt_in_refused |= no;
    }
    // Where no purpose is declared, what an undeclared one would meet; the gate is closed for those.
    if (!deployment.purposes.size)
      consent.model = strictest({"", kind_advertising, purpose_shared | purpose_sells}).model;

    Day floor_ends = refused == no_day ? no_day : add_duration(refused, floor);
    bool waiting = floor_ends > at;
    if (waiting) consent.reprompt_not_before = floor_ends;
    if (waiting) changes_on(floor_ends);
    consent.prompt = unanswered || (opt_in_refused && (terms_changed || (floor_ends != no_day && !waiting)));
  }

  /// The longest floor and the shortest cap of all rules bind.
  void read_terms() {
    for (const Obligation& obligation : decision.obligations) {
      if (!counts(obligation)) continue;
      const DutyRecord& duty = *obligation.duty.record;
      consent.equal_choice |= (duty.flags & 2) != 0;
      consent.gpc_status |= (duty.flags & 4) != 0;
      floor = stronger(floor, book.pooled(duty.first), true);
      cap = stronger(cap, book.pooled(duty.second), false);
    }
    char now[17];
    deployment.terms.write(now);
    terms_changed = record.present && !is_empty(record.terms) && !equal(record.terms, now);
  }

  struct Strictest {
    Model model;
    bool honours_gpc;
  };
  /// Of the rows that fit, of all rules.
  Strictest strictest(const Purpose& purpose) {
    Strictest result{Model::none, false};
    for (const Obligation& obligation : decision.obligations) {
      const ConsentRow* row = counts(obligation) ? matching_row(obligation.duty, purpose) : nullptr;
      if (!row) continue;
      if (row->model > result.model) result.model = row->model;
      result.honours_gpc |= row->flags & 1;
      consent.by_parent |= (row->flags & 2) != 0;
    }
    if (gpc && result.honours_gpc) consent.gpc = Gpc::honoured;
    return result;
  }

  PurposeState decide(const Purpose& purpose) {
    PurposeState state{Model::none, Standing::unasked, true, no_day};
    if (purpose.kind == kind_necessary) return state;
    Strictest row = strictest(purpose);
    state.model = row.model;
    for (const PurposeRecord& stored : record.purposes)
      if (equal(stored.id, purpose.id)) read_standing(stored, state);
    bool yes = state.standing == Standing::granted,
         no = state.standing == Standing::denied || state.standing == Standing::withdrawn;
    bool open = state.model < Model::opt_in && !no;
    bool opted_out = gpc && row.honours_gpc && !yes;
    consent.gpc_denies |= opted_out;
    state.granted = state.model == Model::opt_in ? yes : open && !opted_out;
    return state;
  }

  /// What the record says of one purpose; what cannot be read counts as unasked.
  void read_standing(const PurposeRecord& stored, PurposeState& state) {
    Text via = is_empty(stored.via) ? record.via : stored.via;
    Day day = parse_day(is_empty(stored.at) ? record.at : stored.at);
    int model = is_empty(stored.model) ? static_cast<int>(Model::opt_in) : book.find(Strings::models, stored.model);
    int answer = index_of(stored.state, answers);
    if (day == no_day || model < 0 || answer < 0 || (!is_empty(via) && index_of(via, ways) < 0)) {
      consent.unreadable = true;
    } else if (!answer) {
      state.standing = equal(via, "withdrawal") ? Standing::withdrawn : Standing::denied;
      if (refused == no_day || day > refused) refused = day;
    } else if (model >= static_cast<int>(state.model)) {
      Day until = add_duration(day, cap);
      bool over = terms_changed || (until != no_day && at >= until);
      state.standing = over ? Standing::expired : Standing::granted;
      if (over || until == no_day) return;
      state.until = until;
      changes_on(until);
    }
  }

  void changes_on(Day day) {
    if (day > at && (consent.changes == no_day || day < consent.changes)) consent.changes = day;
  }
};

}  // namespace

Text stronger(Text kept, Text other, bool longer) {
  std::uint32_t a = approximate_minutes(kept), b = approximate_minutes(other);
  return b && (!a || (longer ? b > a : b < a)) ? other : kept;
}

void decide_consent(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision) {
  decision.consent = {};
  Decider{book, deployment, situation.consent, situation.at, decision, decision.consent}.run();
}

void apply_event(const Book& book, const Deployment& deployment, const Decision& decision, Situation& situation) {
  ConsentRecord& record = situation.consent;
  // What is not touched keeps its own day and way, though the record gets new ones.
  for (PurposeRecord& purpose : record.purposes) {
    if (is_empty(purpose.at)) purpose.at = record.at;
    if (is_empty(purpose.via)) purpose.via = record.via;
  }
  int way = situation.event == Event::withdraw ? 1 : situation.event == Event::opt_out ? 2 : 0;
  for (std::uint32_t i = 0; i < deployment.purposes.size; ++i) {
    const Purpose& purpose = deployment.purposes[i];
    const PurposeState& before = decision.consent.purposes[i];
    const PurposeChoice* named = nullptr;
    for (const PurposeChoice& choice : situation.event_purposes)
      if (equal(choice.id, purpose.id)) named = &choice;
    bool all = !situation.event_purposes.size && situation.event != Event::choose;
    bool touched = situation.event <= Event::reject_all || named || (all && (before.granted || way != 1));
    if (purpose.kind == kind_necessary || !touched) continue;
    bool grant = situation.event == Event::accept_all || (situation.event == Event::choose && named->granted);
    PurposeRecord* stored = nullptr;
    for (PurposeRecord& known : record.purposes)
      if (equal(known.id, purpose.id)) stored = &known;
    if (!stored) stored = record.purposes.add();
    if (!stored) continue;
    *stored = {purpose.id, word_at(answers, grant && before.model != Model::prohibited),
               book.string(Strings::models, static_cast<std::uint32_t>(before.model)), situation.event_now,
               word_at(ways, way)};
  }
  record.present = true;
  record.at = situation.event_now;
  record.via = word_at(ways, way);
  record.terms = "";
}

}  // namespace candor::runtime

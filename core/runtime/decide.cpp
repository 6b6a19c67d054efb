#include "core/runtime/decide.h"

#include <new>

namespace candor::runtime {
namespace {

Status status_at(const EntryRecord& entry, Day at) {
  if (at < entry.from) return entry.announced ? Status::pending : Status::ahead;
  if (entry.until != no_day && at > entry.until) return Status::expired;
  return at < entry.grace ? Status::in_force_grace : Status::in_force;
}

bool stands(Status status) { return status <= Status::pending; }

bool modifies(const Rule& rule, std::uint16_t other) {
  for (std::uint32_t i = 0; i < rule.record->modifies; ++i)
    if (read_u16(rule.modifies + 2 * i) == other) return true;
  return false;
}

struct Decider : Matter {
  // --- where ---------------------------------------------------------------------------------------------------------

  void find_places() {
    ActivePlaces& active = decision.places;
    for (const StatedPlace& stated : situation.places) {
      bool inside = book.place(stated.place).inside;
      activate(book, inside ? stated.place : unknown_place, false, active);
      if (inside) continue;
      decision.outside_slice = true;
      decision.outside_index = stated.index;
    }
    // The United States alone, with no place inside them.
    int us = book.at(us_place);
    bool inside_us = false;
    for (const ActivePlace& each : active) {
      decision.us_without_state |= each.place == us;
      for (std::uint32_t k = 0; k < max_parents; ++k) inside_us |= book.place(each.place).parents[k] == us;
    }
    decision.us_without_state &= !inside_us;
    for (std::uint16_t place : deployment.established)
      if (book.place(place).inside) activate(book, place, true, active);
    // Rules of platforms and of the house hold everywhere and stand under `*`; its baseline only where the place is
    // unknown.
    activate(book, unknown_place, situation.places.size, active);
  }

  void find_contexts(Problems& problems) {
    Text wanted = situation.channel;
    bool none = is_empty(wanted);
    int type = book.find(Strings::channel_types, wanted);
    bool sole = none && deployment.channels.size == 1;
    std::uint32_t channels = 0;
    for (int by_type = 0; by_type < 2 && !channels; ++by_type)
      for (std::uint32_t i = 0; i < deployment.channels.size; ++i) {
        const Channel& channel = deployment.channels[i];
        if (by_type ? channel.type != type : !sole && !equal(channel.id, wanted)) continue;
        ++channels;
        if (!channel.assistants.size) add_context(static_cast<int>(i), channel.type, -1);
        for (std::uint8_t assistant : channel.assistants) add_context(static_cast<int>(i), channel.type, assistant);
      }
    decision.channel_ambiguous = channels > 1;
    if (channels) return;
    if (type >= 0) return add_context(-1, type, -1);
    problems.add(none ? "missing-key" : "unknown-channel", "channel", wanted, "a channel or a channel type");
  }

  void add_context(int channel, int type, int assistant) {
    Context* context = decision.contexts.add();
    if (!context) {
      decision.overflow = true;
      return;
    }
    context->channel = channel;
    context->channel_type = static_cast<std::uint32_t>(type);
    context->assistant = assistant < 0 ? nullptr : &deployment.assistants[static_cast<std::uint32_t>(assistant)];
  }

  // --- what is known -------------------------------------------------------------------------------------------------

  /// States what holds in each context but for `without`.
  void state_all(const Statement* without = nullptr) {
    for (Context& context : decision.contexts) {
      context.facts.begin(book);
      // The nearest statement comes last: operator, assistant, channel, claims, situation.
      state(context, Statement::By::operator_, 0, without);
      if (context.assistant)
        state(context, Statement::By::assistant, static_cast<int>(context.assistant - deployment.assistants.items),
              without);
      state(context, Statement::By::channel, context.channel, without);
      for (const Exception& exception : deployment.exceptions)
        if (is_claim_for(exception, context) && exception.holds_on(decision.at))
          state(context, exception.claimed, &exception, without);
      for (const Statement& stated : situation.facts)
        if (is_believed(stated)) state(context, stated, nullptr, without);
      state_derived(context);
    }
  }

  void state(Context& context, Statement::By by, int index, const Statement* without) {
    for (const Statement& statement : deployment.statements)
      if (statement.by == by && statement.index == index) state(context, statement, nullptr, without);
  }

  void state(Context& context, const Statement& statement, const Exception* exception, const Statement* without) {
    if (lifts(statement)) add_claim(statement, exception);
    if (&statement != without) context.facts.state(statement);
  }

  bool lifts(const Statement& statement) const { return book.fact(statement.fact).record->flags & 1; }

  void add_claim(const Statement& statement, const Exception* exception) {
    for (const Claim& known : decision.claims)
      if (known.stated == &statement) return;
    Claim* added = decision.claims.add();
    if (added) *added = {&statement, exception, {}};
    else decision.overflow = true;
  }

  bool is_claim_for(const Exception& exception, const Context& context) const {
    return !exception.waiver &&
           (is_empty(exception.channel) ||
            (context.channel >= 0 &&
             equal(exception.channel, deployment.channels[static_cast<std::uint32_t>(context.channel)].id)));
  }

  /// In a page a fact that lifts duties counts only where the deployment vouches for it.
  bool is_believed(const Statement& stated) const {
    return !situation.in_page || !lifts(stated) || deployment.vouched[stated.fact];
  }

  void find_dropped() {
    for (const Statement& stated : situation.facts) {
      bool claimed = is_believed(stated);
      for (const Claim& claim : decision.claims)
        claimed |=
            claim.exception && claim.stated->fact == stated.fact && claim.stated->value.bits == stated.value.bits;
      if (!claimed) decision.dropped.push(stated.fact);
    }
  }

  void state_derived(Context& context) {
    Facts& facts = context.facts;
    facts.state_derived(fact_channel, 1u << context.channel_type);
    // Without a deployment nothing is known of the channel; to presume that no AI is in it would hide the notice.
    facts.state_derived(fact_assistant, context.assistant || !deployment.present ? flag_true : flag_false);
    std::uint32_t purposes = 0;
    for (const Purpose& purpose : deployment.purposes) {
      if (purpose.kind == kind_necessary) continue;
      purposes |= purposes_declared;
      if (purpose.flags & purpose_sells) purposes |= purposes_sells;
      if (purpose.flags & purpose_shared) purposes |= purposes_shares;
      if (purpose.kind == kind_advertising || purpose.kind == kind_cross_site_tracking) purposes |= purposes_ads;
    }
    facts.state_derived(fact_purposes, purposes);
    facts.state_derived(fact_platforms, deployment.platforms);
  }

  // --- what ----------------------------------------------------------------------------------------------------------

  void look() {
    decision.obligations.clear();
    decision.order.clear();
    decision.undetermined.clear();
    decision.trace.clear();
    for (bool& waived : decision.waived) waived = false;
    // Modifiers last, when it is known what they modify.
    for (int pass = 0; pass < 2; ++pass)
      for (const ActivePlace& place : decision.places) look_at_place(place, pass == 1);
  }

  /// What each claim lifts: the rules that are due without it and not with it.
  void look_without_claims() {
    for (Claim& claim : decision.claims) {
      state_all(claim.stated);
      look();
      // What is lifted is listed, but not whether it would be enforced.
      find_changes(false);
      for (const Obligation& obligation : decision.obligations) claim.lifted[obligation.entry->rule] = true;
    }
    if (decision.claims.size) state_all();
    look();
    for (Claim& claim : decision.claims)
      for (const Obligation& obligation : decision.obligations) claim.lifted[obligation.entry->rule] = false;
  }

  void look_at_place(const ActivePlace& place, bool modifiers) {
    for (const Entry* entry = book.entries_begin(place.place); entry < book.entries_end(place.place); ++entry) {
      const RuleRecord& rule = *book.rule(entry->rule).record;
      bool everywhere = place.place == unknown_place && rule.layer != Layer::law;
      bool reached = !place.established_only || rule.flags & 4 || everywhere;
      if (reached && (rule.modifies > 0) == modifiers) look_at(*entry);
    }
  }

  void look_at(const Entry& entry) {
    Trace* trace = decision.trace.add();
    Undetermined* open = decision.undetermined.add();
    if (!trace || !open) {
      decision.overflow = true;
      return;
    }
    *trace = {&entry, decision.contexts.begin(), Outcome::never, false, false};
    open->entry = &entry;
    open->rank = rank_of(entry);
    open->needs.clear();
    const Rule& rule = book.rule(entry.rule);
    if (!(rule.record->flags & 1)) look_closer(rule, *trace, open->needs);
    if (!open->needs.size) --decision.undetermined.size;
  }

  /// By rule, then place: entries are sorted by place.
  std::uint32_t rank_of(const Entry& entry) const {
    return entry.rule * Book::max_entries + static_cast<std::uint32_t>(&entry - book.entries_begin(0));
  }

  void look_closer(const Rule& rule, Trace& trace, FactList& needs) {
    const Entry& entry = *trace.entry;
    Status status = status_at(*entry.record, decision.at);
    Outcome outcome = stands(status) ? Outcome::unmet : Outcome::out_of_force;
    bool baseline = entry.record->place == unknown_place && rule.record->layer == Layer::law;
    bool exact = equal(is_empty(situation.posture) ? deployment.posture : situation.posture, "exact");
    bool waived = is_waived(entry.rule);
    Tri results[max_contexts], best = Tri::unknown;
    for (std::uint32_t i = 0; i < decision.contexts.size; ++i) {
      results[i] = evaluate(decision.contexts[i].facts, rule.condition);
      if (results[i] > best) best = results[i];
    }
    for (std::uint32_t i = 0; i < decision.contexts.size; ++i) {
      if (results[i] != best) continue;
      const Context& context = decision.contexts[i];
      const Facts& facts = context.facts;
      trace.context = &context;
      const std::uint8_t* at = rule.duties;
      for (std::uint32_t d = 0; d < rule.record->duties; ++d) {
        Obligation obligation{&entry, &rule, &context, rank_of(entry) << 8 | d, false, status, Book::next_duty(at)};
        const Duty& duty = obligation.duty;
        Tri holds = evaluate(facts, duty.condition), modified = modifies_now(rule, duty);
        if (holds == Tri::no || modified == Tri::no) continue;
        bool unknown = best == Tri::unknown || holds == Tri::unknown;
        // A duty that stops something, or that keeps a record, is not put on anybody by a guess.
        bool listed = !unknown || ((!exact || baseline) && duty.record->kind != DutyKind::block &&
                                   duty.record->kind != DutyKind::record);
        trace.shows = true;
        trace.listed |= listed;
        if (!stands(status) || waived) continue;
        if (unknown) {
          collect_needs(facts, rule.condition, needs);
          collect_needs(facts, duty.condition, needs);
        }
        obligation.assumed = unknown || baseline || decision.channel_ambiguous || modified == Tri::unknown;
        if (listed) add(obligation);
        Outcome here = !listed ? Outcome::undetermined : obligation.assumed ? Outcome::assumed : Outcome::applied;
        if (here < outcome) outcome = here;
      }
    }
    trace.outcome = rule.record->severity == Severity::pending && trace.shows ? Outcome::unverified : outcome;
    if (!waived || !trace.shows || !stands(status)) return;
    trace.outcome = Outcome::waived;
    for (std::uint32_t i = 0; i < deployment.exceptions.size; ++i)
      decision.waived[i] |= waives(deployment.exceptions[i], entry.rule);
  }

  bool waives(const Exception& exception, int rule) const {
    return exception.waiver && exception.rule == rule && exception.holds_on(decision.at);
  }

  bool is_waived(int rule) const {
    bool waived = false;
    for (const Exception& exception : deployment.exceptions) waived |= waives(exception, rule);
    return waived;
  }

  /// For a modifier: whether a rule that it modifies applies, surely or not, and has a duty of the same kind and topic.
  /// Yes for other rules.
  Tri modifies_now(const Rule& rule, const Duty& duty) const {
    Tri best = rule.record->modifies ? Tri::no : Tri::yes;
    for (const Obligation& other : decision.obligations) {
      const DutyRecord &a = *other.duty.record, &b = *duty.record;
      bool same = a.kind == b.kind && (a.kind != DutyKind::disclose || a.id == b.id);
      Tri holds = other.assumed ? Tri::unknown : Tri::yes;
      if (same && holds > best && modifies(rule, other.entry->rule)) best = holds;
    }
    return best;
  }

  /// One obligation per rule, place and duty; of several contexts the one that is sure.
  void add(const Obligation& obligation) {
    for (Obligation& known : decision.obligations)
      if (known.rank == obligation.rank) {
        if (known.assumed) known = obligation;
        return;
      }
    Obligation* added = decision.obligations.add();
    if (!added) {
      decision.overflow = true;
      return;
    }
    *added = obligation;
    const Obligation** at = decision.order.add();
    for (; at > decision.order.begin() && at[-1]->rank > obligation.rank; --at) *at = at[-1];
    *at = added;
  }

  // --- until when ----------------------------------------------------------------------------------------------------

  /// Every rule that would show is looked at for the days on which it begins, is enforced, or ends. Facts do not depend
  /// on the day, so nothing else about a rule can change.
  void find_valid_until() {
    Day stale_after = book.header().stale_after;
    decision.stale = decision.at > stale_after;
    decision.changes_on(stale_after + 1);
    find_changes(true);
    for (const Exception& exception : deployment.exceptions) find_change_by(exception);
  }

  void find_changes(bool of_status) {
    for (const Trace& trace : decision.trace) {
      if (!trace.shows) continue;
      const EntryRecord& entry = *trace.entry->record;
      changes_on(trace, entry.from, 0);
      if (of_status && trace.listed) changes_on(trace, entry.grace, 0);
      changes_on(trace, entry.until, 1);
    }
  }

  /// A claim is listed as long as it holds. A waiver changes something when it begins, and warns when it is over.
  void find_change_by(const Exception& exception) {
    if (exception.ignored) return;
    bool counts = exception.waiver;
    for (const Context& context : decision.contexts) counts |= is_claim_for(exception, context);
    if (!counts) return;
    if (exception.until != no_day) decision.changes_on(exception.until + 1);
    if (!exception.holds_on(exception.date)) return;
    if (!exception.waiver) return decision.changes_on(exception.date);
    for (const Trace& trace : decision.trace)
      if (trace.entry->rule == exception.rule && trace.shows && stands(status_at(*trace.entry->record, exception.date)))
        changes_on(trace, exception.date, 0);
  }

  /// A modifier changes something only where a rule that it modifies stands on `day`.
  void changes_on(const Trace& trace, Day day, int later) {
    const Rule& rule = book.rule(trace.entry->rule);
    bool counts = !rule.record->modifies;
    for (std::uint32_t i = 0; !counts && i < decision.trace.size; ++i) {
      const Trace& other = decision.trace[i];
      counts = other.shows && stands(status_at(*other.entry->record, day)) && modifies(rule, other.entry->rule);
    }
    if (counts) decision.changes_on(day + later);
  }
};

}  // namespace

void decide(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision,
            Problems& problems) {
  new (&decision) Decision;
  decision.at = situation.at;
  Decider decider{{book, deployment, situation, decision}};
  decider.find_places();
  decider.find_contexts(problems);
  decider.state_all();
  decider.find_dropped();
  decider.look_without_claims();
  decide_consent(decider);
  decider.find_valid_until();
}

}  // namespace candor::runtime

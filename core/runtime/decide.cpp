#include "core/runtime/decide.h"

namespace candor::runtime {
namespace {

/// An entry that was looked at: what it says irrespective of the day, for finding the day on which the answer changes.
struct Looked {
  const Entry* entry;
  Status status;
  bool shows;   ///< in force, it would stand among the obligations or the undetermined
  bool listed;  ///< in force, it would stand among the obligations, with its status
};

Tri both(Tri a, Tri b) { return a < b ? a : b; }

Status status_at(const Entry& entry, Day at) {
  const EntryRecord& record = *entry.record;
  if (at < record.from) return record.announced ? Status::pending : Status::ahead;
  if (record.until != no_day && at > record.until) return Status::expired;
  return at < record.grace ? Status::in_force_grace : Status::in_force;
}

bool stands(Status status) { return status <= Status::pending; }

class Decider {
 public:
  Decider(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision)
      : book_(book), deployment_(deployment), situation_(situation), decision_(decision) {
    exact_ = equal(is_empty(situation.posture) ? deployment.posture : situation.posture, "exact");
  }

  void run(Problems& problems) {
    if (!find_places() || !find_contexts(problems)) return;
    // Modifiers last, when it is known what they modify.
    for (int pass = 0; pass < 2; ++pass)
      for (const ActivePlace& place : decision_.places) look_at_place(place, pass == 1);
    sort_obligations();
    decide_consent(book_, deployment_, situation_, decision_);
    find_valid_until();
  }

 private:
  // --- where
  // -----------------------------------------------------------------------------------------------------------

  bool find_places() {
    ActivePlaces& active = decision_.places;
    int us = book_.landmarks().us_place;
    bool us_stated = false, state_stated = false;
    for (const StatedPlace& stated : situation_.places) {
      if (!book_.place(stated.place).inside) {
        decision_.outside_slice = true;
        decision_.outside_index = stated.index;
        activate(book_, unknown_place, false, active);
        continue;
      }
      activate(book_, stated.place, false, active);
      if (static_cast<int>(stated.place) == us) us_stated = true;
      for (std::uint32_t k = 0; k < max_parents; ++k) state_stated |= book_.place(stated.place).parents[k] == us;
    }
    decision_.us_without_state = us_stated && !state_stated;
    if (!active.size) activate(book_, unknown_place, false, active);
    for (std::uint16_t place : deployment_.established)
      if (book_.place(place).inside) activate(book_, place, true, active);
    // Rules of platforms and of the house hold everywhere and stand under `*`; its baseline only where the place is
    // unknown.
    if (active[0].place != unknown_place) activate(book_, unknown_place, true, active);
    return true;
  }

  bool find_contexts(Problems& problems) {
    Text wanted = situation_.channel;
    bool none = is_empty(wanted);
    int declared = -1, type = book_.find(Strings::channel_types, wanted);
    for (std::uint32_t i = 0; i < deployment_.channels.size; ++i)
      if (equal(deployment_.channels[i].id, wanted)) declared = static_cast<int>(i);
    if (none && deployment_.channels.size == 1) declared = 0;
    if (declared < 0 && type < 0) {
      problems.add(none ? "missing-key" : "unknown-channel", "channel", wanted,
                   "the id of a declared channel or a channel type");
      return false;
    }
    if (declared >= 0) {
      add_contexts(declared);
      return true;
    }
    std::uint32_t of_type = 0;
    for (std::uint32_t i = 0; i < deployment_.channels.size; ++i)
      if (deployment_.channels[i].type == type) {
        add_contexts(static_cast<int>(i));
        ++of_type;
      }
    if (!of_type) add_context(-1, static_cast<std::uint32_t>(type), -1);
    decision_.channel_ambiguous = of_type > 1;
    return true;
  }

  void add_contexts(int channel) {
    const Channel& declared = deployment_.channels[static_cast<std::uint32_t>(channel)];
    auto type = static_cast<std::uint32_t>(declared.type);
    if (!declared.assistants.size) add_context(channel, type, -1);
    for (std::uint8_t assistant : declared.assistants) add_context(channel, type, assistant);
  }

  void add_context(int channel, std::uint32_t type, int assistant) {
    Context* added = decision_.contexts.add();
    if (!added) {
      decision_.overflow = true;
      return;
    }
    Context& context = *added;
    context.channel_type = type;
    context.assistant = assistant;
    Facts& facts = context.facts;
    facts.begin(book_);
    // The nearest statement comes last: operator, assistant, channel, situation.
    int of[] = {0, assistant, channel};
    for (int by = 0; by < 3; ++by)
      for (const Statement& statement : deployment_.statements)
        if (static_cast<int>(statement.by) == by && statement.index == of[by])
          facts.state(statement.fact, statement.value);
    for (const StatedFact& stated : situation_.facts) facts.state(stated.fact, stated.value);
    state_derived(facts, type, assistant);
  }

  void state_derived(Facts& facts, std::uint32_t type, int assistant) {
    facts.state_derived(fact_channel, 1u << type);
    // Without a deployment nothing is known of the channel; to presume that no AI is in it would hide the notice.
    facts.state_derived(fact_assistant, assistant >= 0 || !deployment_.present ? flag_true : flag_false);
    std::uint32_t purposes = 0;
    for (const Purpose& purpose : deployment_.purposes) {
      if (purpose.kind == kind_necessary) continue;
      purposes |= purposes_declared;
      if (purpose.flags & purpose_sells) purposes |= purposes_sells;
      if (purpose.flags & purpose_shared) purposes |= purposes_shares;
      if (purpose.kind == kind_advertising || purpose.kind == kind_cross_site_tracking) purposes |= purposes_ads;
    }
    facts.state_derived(fact_purposes, purposes);
    facts.state_derived(fact_platforms, deployment_.platforms);
  }

  // --- what
  // ------------------------------------------------------------------------------------------------------------

  void look_at_place(const ActivePlace& place, bool modifiers) {
    for (const Entry* entry = book_.entries_begin(place.place); entry < book_.entries_end(place.place); ++entry) {
      const Rule& rule = book_.rule(entry->rule);
      bool everywhere = place.place == unknown_place && rule.record->layer != Layer::law;
      bool reached = !place.established_only || rule.record->flags & 4 || everywhere;
      if (reached && (rule.record->modifies > 0) == modifiers) look_at(*entry, rule);
    }
  }

  void look_at(const Entry& entry, const Rule& rule) {
    if (rule.record->flags & 1) return trace(entry, Outcome::never, 0);
    Looked looked{&entry, status_at(entry, situation_.at), false, false};
    Tri best = Tri::no;
    for (const Context& context : decision_.contexts) {
      Tri holds = evaluate(context.facts, rule.condition);
      if (holds > best) best = holds;
    }
    Undetermined open{&entry, {}};
    bool applied = false, assumed = false;
    std::uint8_t because_of = 0;
    for (std::uint8_t c = 0; c < decision_.contexts.size && best != Tri::no; ++c) {
      const Facts& facts = decision_.contexts[c].facts;
      if (evaluate(facts, rule.condition) != best) continue;
      because_of = c;
      const std::uint8_t* at = rule.duties;
      for (std::uint8_t d = 0; d < rule.record->duties; ++d) {
        Obligation obligation{&entry, d, c, false, looked.status, Book::next_duty(at)};
        const Duty& duty = obligation.duty;
        Tri holds = both(best, evaluate(facts, duty.condition));
        bool modified_assumed = false;
        if (holds == Tri::no || !modifies_now(rule, duty, modified_assumed)) continue;
        bool unknown = holds == Tri::unknown;
        bool baseline = entry.record->place == unknown_place && rule.record->layer == Layer::law;
        // A duty that stops something, or that keeps a record, is not put on anybody by a guess.
        bool listed = !unknown || ((!exact_ || baseline) && duty.record->kind != DutyKind::block &&
                                   duty.record->kind != DutyKind::record);
        looked.shows = true;
        looked.listed |= listed;
        if (!stands(looked.status)) continue;
        if (unknown) {
          collect_needs(facts, rule.condition, open.needs);
          collect_needs(facts, duty.condition, open.needs);
        }
        if (!listed) continue;
        obligation.assumed = unknown || baseline || decision_.channel_ambiguous || modified_assumed;
        (obligation.assumed ? assumed : applied) = true;
        add(obligation);
      }
    }
    if (open.needs.size && stands(looked.status) && !decision_.undetermined.push(open)) decision_.overflow = true;
    if (!looked_.push(looked)) decision_.overflow = true;
    Outcome outcome = rule.record->severity == Severity::pending && looked.shows ? Outcome::unverified
                      : !stands(looked.status)                                   ? Outcome::out_of_force
                      : applied                                                  ? Outcome::applied
                      : assumed                                                  ? Outcome::assumed
                      : open.needs.size                                          ? Outcome::undetermined
                                                                                 : Outcome::unmet;
    trace(entry, outcome, because_of);
  }

  /// One obligation per rule, place and duty; of several contexts the one that is sure.
  void add(const Obligation& obligation) {
    for (Obligation& known : decision_.obligations)
      if (known.entry == obligation.entry && known.duty_index == obligation.duty_index) {
        if (known.assumed && !obligation.assumed) known = obligation;
        return;
      }
    if (!decision_.obligations.push(obligation)) decision_.overflow = true;
  }

  /// For a modifier: whether a rule that it modifies applies and has a duty of the same kind and topic. True for other
  /// rules.
  bool modifies_now(const Rule& rule, const Duty& duty, bool& assumed) const {
    if (!rule.record->modifies) return true;
    bool found = false;
    assumed = true;
    for (const Obligation& other : decision_.obligations) {
      bool same = other.duty.record->kind == duty.record->kind &&
                  (duty.record->kind != DutyKind::disclose || other.duty.record->id == duty.record->id);
      if (!same || !modifies(rule, other.entry->rule)) continue;
      found = true;
      assumed = assumed && other.assumed;
    }
    return found;
  }

  static bool modifies(const Rule& rule, std::uint16_t other) {
    for (std::uint32_t i = 0; i < rule.record->modifies; ++i)
      if (read_u16(rule.modifies + 2 * i) == other) return true;
    return false;
  }

  void trace(const Entry& entry, Outcome outcome, std::uint8_t context) {
    if (situation_.op == Operation::explain && !decision_.trace.push({&entry, outcome, context}))
      decision_.overflow = true;
  }

  void sort_obligations() {
    auto before = [&](std::uint16_t a, std::uint16_t b) {
      const Obligation &x = decision_.obligations[a], &y = decision_.obligations[b];
      if (x.entry->rule != y.entry->rule) return x.entry->rule < y.entry->rule;
      if (x.entry->record->place != y.entry->record->place) return x.entry->record->place < y.entry->record->place;
      return x.duty_index < y.duty_index;
    };
    for (std::uint32_t i = 0; i < decision_.obligations.size; ++i) {
      decision_.order.push(static_cast<std::uint16_t>(i));
      for (std::uint32_t j = i; j > 0 && before(decision_.order[j], decision_.order[j - 1]); --j) {
        std::uint16_t moved = decision_.order[j];
        decision_.order[j] = decision_.order[j - 1];
        decision_.order[j - 1] = moved;
      }
    }
  }

  // --- until when
  // ------------------------------------------------------------------------------------------------------

  void consider(Day day) {
    Day& kept = decision_.valid_until;
    if (day > situation_.at && (kept == no_day || day < kept)) kept = day;
  }

  /// Every rule that would show is looked at for the days on which it begins, is enforced, or ends. Facts do not depend
  /// on the day, so nothing else about a rule can change.
  void find_valid_until() {
    decision_.valid_until = no_day;
    decision_.stale = situation_.at > book_.header().stale_after;
    if (!decision_.stale) consider(book_.header().stale_after + 1);
    for (const Looked& looked : looked_) {
      if (!looked.shows) continue;
      const EntryRecord& entry = *looked.entry->record;
      const Rule& rule = book_.rule(looked.entry->rule);
      if (modified_stands(rule, entry.from)) consider(entry.from);
      if (looked.listed && modified_stands(rule, entry.grace)) consider(entry.grace);
      if (entry.until != no_day && modified_stands(rule, entry.until)) consider(entry.until + 1);
    }
    if (decision_.consent.changes != no_day) consider(decision_.consent.changes);
  }

  /// For a modifier: whether a rule that it modifies stands on `day`. True for other rules.
  bool modified_stands(const Rule& rule, Day day) const {
    if (!rule.record->modifies) return true;
    for (const Looked& looked : looked_)
      if (looked.shows && stands(status_at(*looked.entry, day)) && modifies(rule, looked.entry->rule)) return true;
    return false;
  }

  const Book& book_;
  const Deployment& deployment_;
  const Situation& situation_;
  Decision& decision_;
  bool exact_;
  List<Looked, 512> looked_;
};

}  // namespace

void decide(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision,
            Problems& problems) {
  decision.contexts.clear();
  decision.places.clear();
  decision.obligations.clear();
  decision.order.clear();
  decision.undetermined.clear();
  decision.trace.clear();
  decision.channel_ambiguous = decision.stale = decision.us_without_state = decision.outside_slice = decision.overflow =
      false;
  Decider(book, deployment, situation, decision).run(problems);
}

}  // namespace candor::runtime

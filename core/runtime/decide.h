#pragma once
/// @file Which rules apply here and now, how surely, and until when that stands.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/condition.h"
#include "core/runtime/consent.h"
#include "core/runtime/deployment.h"
#include "core/runtime/facts.h"
#include "core/runtime/places.h"
#include "core/runtime/request.h"

namespace candor::runtime {

/// One channel with one assistant, and the facts that hold there.
struct Context {
  int channel;  ///< of the deployment; -1: none
  std::uint32_t channel_type;
  const Assistant* assistant;  ///< null: none
  Facts facts;
};

inline constexpr std::uint32_t max_contexts = 8;

/// The first three stand in obligations, under these names.
enum class Status { in_force, in_force_grace, pending, expired, ahead };
inline constexpr Words statuses = "in-force\0in-force-grace\0pending\0";
enum class Outcome { applied, assumed, undetermined, unmet, out_of_force, never, unverified, waived };
inline constexpr Words outcomes = "applied\0assumed\0undetermined\0unmet\0out-of-force\0never\0unverified\0waived\0";

/// A duty of a rule in a place, that holds.
struct Obligation {
  const Entry* entry;
  const Rule* rule;
  const Context* context;
  std::uint32_t rank;  ///< by rule, place, duty; each has its own
  bool assumed;
  Status status;
  Duty duty;

  /// Whether notices, marks and the rest come from it: not from what is unverified, merely advised, or still ahead.
  bool binding() const {
    Severity severity = duty.record->severity;
    return severity != Severity::pending && severity != Severity::advisory && status != Status::pending;
  }
};

struct Undetermined {
  const Entry* entry;
  std::uint32_t rank;  ///< by rule, place
  FactList needs;
};

/// What became of an entry that was looked at.
struct Trace {
  const Entry* entry;
  const Context* context;
  Outcome outcome;
  bool shows;   ///< in force, it would stand among the obligations or the undetermined
  bool listed;  ///< in force, it would stand among the obligations, with its status
};

/// A fact in use that can only lift duties, and the rules that would be due without it.
struct Claim {
  const Statement* stated;
  const Exception* exception;  ///< null: it stands among facts, and nobody answers for it by name
  bool lifted[Book::max_rules];
};

struct Decision {
  Day at = 0;                ///< the day that it is for
  Day valid_until = no_day;  ///< `no_day`: nothing is known to change
  bool channel_ambiguous = false, stale = false, us_without_state = false, outside_slice = false;
  bool overflow = false;            ///< more than the arenas hold; the answer is refused
  std::uint16_t outside_index = 0;  ///< position of the place outside the slice
  Consent consent = {};
  ActivePlaces places;
  List<const Obligation*, 224> order;  ///< by rule, place, duty
  List<Obligation, 224> obligations;
  List<Undetermined, 128> undetermined;
  List<Trace, 512> trace;
  List<Context, max_contexts> contexts;
  List<Claim, 48> claims;
  FactList dropped;                  ///< facts of the page that would lift duties and that nobody vouches for
  bool waived[max_exceptions] = {};  ///< the exceptions that are waivers and took effect

  /// On `day` time alone changes something.
  void changes_on(Day day) {
    if (day > at && day <= last_day && (valid_until == no_day || day < valid_until)) valid_until = day;
  }
};

/// What is decided, by what, on what.
struct Matter {
  const Book& book;
  const Deployment& deployment;
  const Situation& situation;
  Decision& decision;
};

/// Fills `decision.consent` from the consent duties among its obligations.
void decide_consent(const Matter& matter);

/// Works out `decision`. Problems: an unknown channel.
void decide(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision,
            Problems& problems);

/// Of two spans (ISO 8601) the longer or the shorter; an empty one says nothing.
Text stronger(Text kept, Text other, bool longer);

}  // namespace candor::runtime

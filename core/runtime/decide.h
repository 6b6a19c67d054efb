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
  Facts facts;
  std::uint32_t channel_type;
  int assistant;  ///< index into the deployment, -1: none
};

/// The first three stand in obligations, under these names.
enum class Status : std::uint8_t { in_force, in_force_grace, pending, expired, ahead };
inline constexpr Words statuses = "in-force\0in-force-grace\0pending\0";
enum class Outcome : std::uint8_t { applied, assumed, undetermined, unmet, out_of_force, never, unverified };
inline constexpr Words outcomes = "applied\0assumed\0undetermined\0unmet\0out-of-force\0never\0unverified\0";

/// A duty of a rule in a place, that holds.
struct Obligation {
  const Entry* entry;
  std::uint8_t duty_index, context;
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
  FactList needs;
};

struct Trace {
  const Entry* entry;
  Outcome outcome;
  std::uint8_t context;
};

struct Decision {
  List<Context, 8> contexts;
  bool channel_ambiguous = false;
  ActivePlaces places;
  List<Obligation, 224> obligations;
  List<std::uint16_t, 224> order;  ///< of the obligations: by rule, place, duty
  List<Undetermined, 96> undetermined;
  List<Trace, 512> trace;
  Consent consent = {};
  Day valid_until = 0;  ///< `no_day`: nothing is known to change
  bool stale = false, us_without_state = false, outside_slice = false;
  std::uint16_t outside_index = 0;  ///< position of the place outside the slice
  bool overflow = false;            ///< more than the arenas hold; the answer is refused
};

/// Works out `decision`. Problems: an unknown channel.
void decide(const Book& book, const Deployment& deployment, const Situation& situation, Decision& decision,
            Problems& problems);

/// Of two spans (ISO 8601) the longer or the shorter; an empty one says nothing.
Text stronger(Text kept, Text other, bool longer);

}  // namespace candor::runtime

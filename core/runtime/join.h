#pragma once
/// @file Joins the obligations of one topic into one notice, field by field: the earliest timing, the union of slots,
/// statements, actions and languages, the most prominence; dismissible only if all allow. Order-free and idempotent; a
/// further rule never removes or loosens. What waits for a question never merges into what is said unasked.
#include <cstdint>

#include "core/runtime/decide.h"

namespace candor::runtime {

/// In the order of `satisfies`: by layer (law, agreement, platform, house), then by rule.
using Members = List<const Obligation*, 64>;

/// What the obligations of one notice, mark, offer, record or link say together.
struct Joined {
  std::uint32_t topic, timing, prominence;
  bool on_request, armed, dismissible;
  std::uint8_t title;               ///< of a link: the first verbatim text, or none8
  std::uint32_t masks[duty_masks];  ///< of a mark: only content that is made, where that is known
  Text lead, within, keep;          ///< the longest lead and keep, the shortest span
  Members members;

  bool says(std::uint32_t statement) const { return masks[mask_says + statement / 32] >> statement % 32 & 1; }
};

/// Whether a disclosure is made unasked, waits for a question, or either.
enum class Asked : std::uint8_t { unasked, on_request, either };

/// The binding obligations of one kind and id (-1: of any id).
void collect(const Decision& decision, DutyKind kind, int id, Members& members, Asked asked = Asked::either);

/// The least id from `id` on that a binding obligation of `kind` has; none8 where there is none.
std::uint32_t next_id(const Decision& decision, DutyKind kind, std::uint32_t id);

/// Joins the members.
void join(const Book& book, Joined& joined);

/// The notice of `topic` that is due, or none (false).
bool join_notice(const Book& book, const Decision& decision, std::uint32_t topic, bool on_request, Joined& notice);

}  // namespace candor::runtime

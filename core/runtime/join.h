#pragma once
/// @file Joins the obligations of one topic into one notice, field by field: the earliest timing, the union of slots,
/// statements, actions and languages, the most prominence; dismissible only if all allow. Order-free and idempotent; a
/// further rule never removes or loosens. What waits for a question never merges into what is said unasked.
#include <cstdint>

#include "core/runtime/decide.h"

namespace candor::runtime {

/// Indices into Decision::obligations, in the order of `satisfies`: by layer (law, agreement, platform, house), then by
/// rule.
using Members = List<std::uint16_t, 64>;

struct Notice {
  std::uint32_t topic;
  bool on_request, armed, dismissible;
  std::uint32_t timing, prominence;
  std::uint32_t masks[duty_masks];  ///< says, repeat, slots, actions, verbatim, languages
  Text lead, within;                ///< the longest lead, the shortest span
  Members members;

  bool says(std::uint32_t statement) const { return masks[mask_says + statement / 32] >> statement % 32 & 1; }
};

/// Whether a disclosure is made unasked, waits for a question, or either.
enum class Asked : std::uint8_t { unasked, on_request, either };

/// The binding obligations of one kind and id (-1: of any id).
void collect(const Book& book, const Decision& decision, DutyKind kind, int id, Members& members,
             Asked asked = Asked::either);

/// The notice of `topic` that is due, or none (false).
bool join_notice(const Book& book, const Decision& decision, std::uint32_t topic, bool on_request, Notice& notice);

}  // namespace candor::runtime

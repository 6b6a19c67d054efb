#pragma once
/// @file Joins the obligations of one topic into one notice, field by field: the earliest timing, the union of slots,
/// statements, actions and languages, the most prominence; dismissible only if all allow. Order-free and idempotent; a further
/// rule never removes or loosens. What waits for a question never merges into what is said unasked.
#include <cstdint>

#include "core/runtime/decide.h"
#include "core/runtime/message.h"

namespace candor::runtime {

/// Rules, in the order of `satisfies`: by layer (law, agreement, platform, house), then by id.
using Members = List<std::uint16_t, 48>;  ///< indices into Decision::obligations

struct Notice {
  std::uint32_t topic;
  bool on_request, armed, dismissible;
  int timing, prominence;
  std::uint32_t slots, repeat, says_low, says_high;  ///< masks
  std::uint32_t actions_low, actions_high;
  List<std::uint8_t, 16> verbatim;
  List<Text, 8> languages;  ///< demanded by rules
  Text lead, within;        ///< the longest lead, the shortest span
  Members members;

  bool says(std::uint32_t statement) const { return (statement < 32 ? says_low >> statement : says_high >> (statement - 32)) & 1; }
};

/// Whether a disclosure is made unasked, waits for a question, or either.
enum class Asked : std::uint8_t { either, unasked, on_request };

/// The binding obligations of one kind, in the order of `satisfies`. `id`: of the topic of a disclosure, of the offer, link, mark,
/// block or record otherwise; -1 for all of the kind.
void collect(const Book& book, const Decision& decision, DutyKind kind, int id, Members& members, Asked asked = Asked::either);

/// The notice of `topic` that is due, or none (false).
bool join_notice(const Book& book, const Decision& decision, std::uint32_t topic, bool on_request, Notice& notice);

}  // namespace candor::runtime

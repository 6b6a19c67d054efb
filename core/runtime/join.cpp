#include "core/runtime/join.h"

namespace candor::runtime {
namespace {

enum Cadence : int { interval = -1, continuous, per_session, once_per_day, per_message };

int cadence_of(Text name) { return index_of(name, "continuous\0per-session\0once-per-day\0per-message\0"); }

/// Whether showing as often as `dense` already shows as often as `sparse`. A notice that stands all the time needs no
/// reminder, but it gives nobody a break.
bool implies(Text dense, Text sparse, bool asks_for_break) {
  int d = cadence_of(dense), s = cadence_of(sparse);
  if (d == interval) return s == interval && approximate_minutes(dense) < approximate_minutes(sparse);
  if (s == interval) return d == continuous && !asks_for_break;
  return s == once_per_day ? d != s : s == per_session && (d == continuous || d == per_message);
}

std::uint32_t without_implied(const Book& book, std::uint32_t repeat, bool asks_for_break) {
  std::uint32_t kept = repeat;
  for (std::uint32_t i = 0; i < 32 * 32; ++i) {
    std::uint32_t dense = i / 32, sparse = i % 32;
    if (repeat >> dense & 1 && repeat >> sparse & 1 &&
        implies(book.string(Strings::repeats, dense), book.string(Strings::repeats, sparse), asks_for_break))
      kept &= ~(1u << sparse);
  }
  return kept;
}

void add(const Book& book, std::uint32_t channel, const Duty& duty, Notice& notice) {
  const DutyRecord& record = *duty.record;
  std::uint8_t timing = record.timing, prominence = record.prominence;
  std::uint32_t slots = duty.masks[mask_slots], repeat = duty.masks[mask_repeat];
  auto form = reinterpret_cast<const ChannelForm*>(duty.rows);
  for (std::uint32_t n = record.rows; n > 0; --n, ++form) {
    if (form->channel != channel) continue;
    if (form->timing != none8) timing = form->timing;
    if (form->prominence != none8) prominence = form->prominence;
    if (form->slots) slots = form->slots;
    if (form->repeat) repeat = form->repeat;
  }
  if (timing != none8 && timing > notice.timing) notice.timing = timing;
  if (prominence != none8 && prominence > notice.prominence) notice.prominence = prominence;
  for (int mask = 0; mask < duty_masks; ++mask)
    if (mask != mask_slots && mask != mask_repeat) notice.masks[mask] |= duty.masks[mask];
  notice.masks[mask_slots] |= slots ? slots : book.slots(record.id, channel);
  notice.masks[mask_repeat] |= repeat;
  notice.dismissible = notice.dismissible && record.flags & 1;
  notice.lead = stronger(notice.lead, book.pooled(record.lead), true);
  notice.within = stronger(notice.within, book.pooled(record.within), false);
}

}  // namespace

void collect(const Book& book, const Decision& decision, DutyKind kind, int id, Members& members, Asked asked) {
  members.clear();
  for (int layer = 0; layer < 4; ++layer)
    for (std::uint16_t index : decision.order) {
      const Obligation& obligation = decision.obligations[index];
      const DutyRecord& duty = *obligation.duty.record;
      bool waits = duty.severity == Severity::on_request;
      if (duty.kind == kind && (id < 0 || duty.id == id) && obligation.binding() &&
          (asked == Asked::either || waits == (asked == Asked::on_request)) &&
          static_cast<int>(book.rule(obligation.entry->rule).record->layer) == layer)
        members.push(index);
    }
}

bool join_notice(const Book& book, const Decision& decision, std::uint32_t topic, bool on_request, Notice& notice) {
  const Landmarks& landmarks = book.landmarks();
  int index = static_cast<int>(topic);
  // Nothing is asked where there is nothing to ask, and no opt-out is confirmed where nothing is opted out of.
  if (index == landmarks.prompt_topic && !decision.consent.prompt) return false;
  if (index == landmarks.status_topic && !decision.consent.gpc_denies) return false;
  collect(book, decision, DutyKind::disclose, index, notice.members, static_cast<Asked>(on_request));
  if (!notice.members.size) return false;
  notice.topic = topic;
  notice.on_request = on_request;
  notice.dismissible = true;
  notice.timing = notice.prominence = 0;
  notice.lead = notice.within = "";
  for (std::uint32_t& mask : notice.masks) mask = 0;
  bool asked = false;
  for (std::uint16_t member : notice.members) {
    const Obligation& obligation = decision.obligations[member];
    const Context& context = decision.contexts[obligation.context];
    add(book, context.channel_type, obligation.duty, notice);
    asked |= context.facts.is_true(landmarks.asked_fact);
  }
  if (on_request) notice.timing = 0;
  notice.armed = on_request && !asked;
  auto pause = static_cast<std::uint32_t>(landmarks.break_statement);
  notice.masks[mask_repeat] =
      without_implied(book, notice.masks[mask_repeat], landmarks.break_statement >= 0 && notice.says(pause));
  return true;
}

}  // namespace candor::runtime

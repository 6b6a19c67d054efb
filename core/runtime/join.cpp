#include "core/runtime/join.h"

#include <cstring>

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
  for (std::uint32_t dense = 0; dense < 32; ++dense)
    for (std::uint32_t sparse = 0; repeat >> dense & 1 && sparse < 32; ++sparse)
      if (repeat >> sparse & 1 &&
          implies(book.string(Strings::repeats, dense), book.string(Strings::repeats, sparse), asks_for_break))
        kept &= ~(1u << sparse);
  return kept;
}

void add(const Book& book, const Obligation& member, Joined& joined) {
  const Duty& duty = member.duty;
  const DutyRecord& record = *duty.record;
  const Context& context = *member.context;
  std::uint8_t timing = record.timing, prominence = record.prominence;
  std::uint32_t slots = duty.masks[mask_slots], repeat = duty.masks[mask_repeat];
  auto form = reinterpret_cast<const ChannelForm*>(duty.rows);
  for (std::uint32_t n = record.rows; n > 0; --n, ++form) {
    if (form->channel != context.channel_type) continue;
    if (form->timing != none8) timing = form->timing;
    if (form->prominence != none8) prominence = form->prominence;
    if (form->slots) slots = form->slots;
    if (form->repeat) repeat = form->repeat;
  }
  if (timing != none8 && timing > joined.timing) joined.timing = timing;
  if (prominence != none8 && prominence > joined.prominence) joined.prominence = prominence;
  std::uint32_t masks[duty_masks];
  std::memcpy(masks, duty.masks, sizeof masks);
  masks[mask_slots] = slots ? slots : book.slots(record.id, context.channel_type);
  masks[mask_repeat] = repeat;
  masks[mask_content] &= context.facts.known_bits(book.at(content_fact));
  for (int mask = 0; mask < duty_masks; ++mask) joined.masks[mask] |= masks[mask];
  joined.dismissible = joined.dismissible && record.flags & 1;
  joined.lead = stronger(joined.lead, book.pooled(record.lead), true);
  joined.within = stronger(joined.within, book.pooled(record.within), false);
  joined.keep = stronger(joined.keep, book.pooled(record.first), true);
  if (joined.title == none8) joined.title = record.title;
}

}  // namespace

void collect(const Decision& decision, DutyKind kind, int id, Members& members, Asked asked) {
  members.clear();
  for (const Obligation* obligation : decision.order) {
    const DutyRecord& duty = *obligation->duty.record;
    bool waits = duty.severity == Severity::on_request;
    if (duty.kind != kind || (id >= 0 && duty.id != id) || !obligation->binding() ||
        (asked != Asked::either && waits != (asked == Asked::on_request)) || !members.add())
      continue;
    const Obligation** at = members.end() - 1;
    for (; at > members.begin() && at[-1]->rule->record->layer > obligation->rule->record->layer; --at) *at = at[-1];
    *at = obligation;
  }
}

std::uint32_t next_id(const Decision& decision, DutyKind kind, std::uint32_t id) {
  std::uint32_t next = none8;
  for (const Obligation& obligation : decision.obligations) {
    const DutyRecord& duty = *obligation.duty.record;
    if (duty.kind == kind && duty.id >= id && duty.id < next && obligation.binding()) next = duty.id;
  }
  return next;
}

void join(const Book& book, Joined& joined) {
  joined.dismissible = true;
  joined.title = none8;
  joined.timing = joined.prominence = 0;
  joined.lead = joined.within = joined.keep = "";
  for (std::uint32_t& mask : joined.masks) mask = 0;
  for (const Obligation* member : joined.members) add(book, *member, joined);
}

bool join_notice(const Book& book, const Decision& decision, std::uint32_t topic, bool on_request, Joined& notice) {
  int index = static_cast<int>(topic);
  // Nothing is asked where there is nothing to ask, and no opt-out is confirmed where nothing is opted out of.
  if (index == book.at(prompt_topic) && !decision.consent.prompt) return false;
  if (index == book.at(status_topic) && !decision.consent.gpc_denies) return false;
  collect(decision, DutyKind::disclose, index, notice.members, static_cast<Asked>(on_request));
  if (!notice.members.size) return false;
  join(book, notice);
  notice.topic = topic;
  notice.on_request = notice.armed = on_request;
  if (on_request) notice.timing = 0;
  for (const Obligation* member : notice.members)
    if (member->context->facts.is_true(book.at(asked_fact))) notice.armed = false;
  auto pause = static_cast<std::uint32_t>(book.at(break_statement));
  notice.masks[mask_repeat] =
      without_implied(book, notice.masks[mask_repeat], book.at(break_statement) >= 0 && notice.says(pause));
  return true;
}

}  // namespace candor::runtime

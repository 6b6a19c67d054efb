#include "core/runtime/join.h"

namespace candor::runtime {
namespace {

std::uint32_t mask_of(Cursor list) {
  std::uint32_t mask = 0;
  for (Ints items(list); items.next();) mask |= 1u << items.value;
  return mask;
}

void wide_mask_of(Cursor list, std::uint32_t& low, std::uint32_t& high) {
  for (Ints items(list); items.next();) (items.value < 32 ? low : high) |= 1u << items.value % 32;
}

/// A slot or repeat list of a duty; an empty list states nothing.
bool states(Cursor list) { return list.ok() && list.left() && *list.at() != 0; }

enum Cadence : int { interval = -1, continuous, per_session, once_per_day, per_message };

int cadence_of(const Text& name) { return index_of(name, "continuous per-session once-per-day per-message"); }

/// Whether showing as often as `dense` already shows as often as `sparse`. A notice that stands all the time needs no reminder,
/// but it gives nobody a break.
bool implies(const Text& dense, const Text& sparse, bool asks_for_break) {
  int d = cadence_of(dense), s = cadence_of(sparse);
  if (d == interval) return s == interval && approximate_minutes(dense) < approximate_minutes(sparse);
  if (s == interval) return d == continuous && !asks_for_break;
  return s == once_per_day ? d != s : s == per_session && (d == continuous || d == per_message);
}

std::uint32_t without_implied(const Book& book, std::uint32_t repeat, bool asks_for_break) {
  std::uint32_t kept = repeat;
  for (std::uint32_t sparse = 0; sparse < book.count(Strings::repeats); ++sparse)
    for (std::uint32_t dense = 0; dense < book.count(Strings::repeats); ++dense)
      if (dense != sparse && repeat >> dense & 1 && repeat >> sparse & 1 &&
          implies(book.string(Strings::repeats, dense), book.string(Strings::repeats, sparse), asks_for_break))
        kept &= ~(1u << sparse);
  return kept;
}

void add_obligation(const Book& book, const Decision& decision, const Obligation& obligation, Notice& notice) {
  const Duty& duty = obligation.duty;
  std::uint32_t channel = decision.contexts[obligation.context].channel_type;
  int timing = duty.timing, prominence = duty.prominence;
  Cursor slots = duty.slots, repeat = duty.repeat;
  Cursor forms = duty.channel_forms;
  for (std::uint32_t n = forms.varint(); n > 0; --n) {
    ChannelForm form = Book::next_form(forms);
    if (form.channel != channel) continue;
    if (form.timing >= 0) timing = form.timing;
    if (form.prominence >= 0) prominence = form.prominence;
    if (states(form.slots)) slots = form.slots;
    if (states(form.repeat)) repeat = form.repeat;
  }
  if (timing > notice.timing) notice.timing = timing;
  if (prominence > notice.prominence) notice.prominence = prominence;
  notice.slots |= mask_of(states(slots) ? slots : book.topic_slots(duty.topic, channel));
  notice.repeat |= mask_of(repeat);
  notice.dismissible = notice.dismissible && duty.dismissible;
  wide_mask_of(duty.says, notice.says_low, notice.says_high);
  wide_mask_of(duty.actions, notice.actions_low, notice.actions_high);
  Cursor verbatim = duty.verbatim, languages = duty.languages;
  for (Ints texts(verbatim); texts.next();)
    if (!notice.verbatim.holds(static_cast<std::uint8_t>(texts.value))) notice.verbatim.push(static_cast<std::uint8_t>(texts.value));
  for (Ints tags(languages); tags.next();)
    if (Text tag = book.pooled(tags.value); !notice.languages.holds(tag)) notice.languages.push(tag);
  if (approximate_minutes(duty.lead) > approximate_minutes(notice.lead)) notice.lead = duty.lead;
  if (!duty.within.empty() && (notice.within.empty() || approximate_minutes(duty.within) < approximate_minutes(notice.within)))
    notice.within = duty.within;
}

}  // namespace

void collect(const Book& book, const Decision& decision, DutyKind kind, int id, Members& members, Asked asked) {
  members.clear();
  for (int layer = 0; layer < 4; ++layer)
    for (std::uint16_t index : decision.order) {
      const Obligation& obligation = decision.obligations[index];
      const Duty& duty = obligation.duty;
      int named = static_cast<int>(kind == DutyKind::disclose ? duty.topic : duty.id);
      bool waits = duty.severity == Severity::on_request;
      if (duty.kind == kind && (id < 0 || named == id) && obligation.binding() && (asked == Asked::either || waits == (asked == Asked::on_request)) &&
          static_cast<int>(book.rule(obligation.entry->rule).layer) == layer)
        members.push(index);
    }
}

bool join_notice(const Book& book, const Decision& decision, std::uint32_t topic, bool on_request, Notice& notice) {
  if (static_cast<int>(topic) == book.landmarks().prompt_topic && !decision.consent.prompt) return false;
  notice = {};
  notice.topic = topic;
  notice.on_request = on_request;
  notice.dismissible = true;
  notice.timing = -1;
  collect(book, decision, DutyKind::disclose, static_cast<int>(topic), notice.members, on_request ? Asked::on_request : Asked::unasked);
  if (!notice.members.size) return false;
  bool asked = false;
  for (std::uint16_t index : notice.members) {
    const Obligation& obligation = decision.obligations[index];
    add_obligation(book, decision, obligation, notice);
    asked |= decision.contexts[obligation.context].facts.is_true(book.landmarks().asked_fact);
  }
  if (on_request) notice.timing = 0;
  if (notice.timing < 0) notice.timing = 0;
  notice.armed = on_request && !asked;
  int pause = book.landmarks().break_statement;
  notice.repeat = without_implied(book, notice.repeat, pause >= 0 && notice.says(static_cast<std::uint32_t>(pause)));
  return true;
}

}  // namespace candor::runtime

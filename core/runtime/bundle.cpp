#include "core/runtime/bundle.h"

#include <initializer_list>

namespace candor::runtime {
namespace {

bool check_node(Cursor& in, std::uint32_t depth, std::uint32_t facts_known) {
  if (depth > max_condition_depth) return false;
  auto op = static_cast<Op>(in.u8());
  if (op <= Op::any) {
    std::uint32_t children = in.u8(), size = in.u16();
    const std::uint8_t* from = in.take(size);
    if (!from) return false;
    Cursor body(from, size);
    for (; children > 0; --children)
      if (!check_node(body, depth + 1, facts_known)) return false;
    return body.done();
  }
  if (op == Op::negate) return check_node(in, depth + 1, facts_known);
  return in.u8() < facts_known && in.take(op == Op::range ? 8 : 4) && op <= Op::range;
}

/// Passes over a condition; false where it is malformed. It may look at the facts below `facts_known` only, so that
/// presumptions cannot run in circles.
bool check_condition(Cursor& in, std::uint32_t facts_known) {
  std::uint32_t size = in.u16();
  const std::uint8_t* from = in.take(size);
  if (!from) return false;
  Cursor body(from, size);
  return !size || (check_node(body, 0, facts_known) && body.done());
}

/// The condition at `at`, null where it always holds; `at` moves behind it.
const std::uint8_t* take_condition(const std::uint8_t*& at) {
  std::uint32_t size = read_u16(at);
  const std::uint8_t* condition = size ? at + 2 : nullptr;
  at += 2 + size;
  return condition;
}

std::uint32_t row_size(DutyKind kind) { return kind == DutyKind::consent ? sizeof(ConsentRow) : sizeof(ChannelForm); }

}  // namespace

bool Book::load(Cursor in) {
  loaded_ = false;
  entries_.clear();
  header_ = in.record<RulebookHeader>();
  if (!header_) return false;
  string_count_ = 0;
  for (int list = 0; list < lists; ++list) {
    list_first_[list] = static_cast<std::uint16_t>(string_count_);
    for (std::uint32_t i = 0; i < header_->counts[list]; ++i) {
      if (string_count_ == max_strings || !in.ok()) return false;
      strings_[string_count_++] = in.text();
    }
  }
  std::uint32_t place_count = count(Strings::places), topic_count = count(Strings::topics);
  if (!place_count || place_count > max_places || count(Strings::facts) < derived_facts ||
      count(Strings::facts) > max_facts || count(Strings::rules) > max_rules || count(Strings::channel_types) > 32 ||
      count(Strings::links) > max_links || count(Strings::statements) > max_statements ||
      count(Strings::place_fixes) < count(Strings::place_refused))
    return false;
  places_ = in.record<PlaceRecord>();
  if (place_count > 1) in.take((place_count - 1) * sizeof(PlaceRecord));
  aliases_ = in.take(2 * count(Strings::place_aliases));
  if (!in.ok()) return false;
  for (std::uint32_t i = 0; i < place_count; ++i)
    for (std::uint32_t k = 0; k < max_parents; ++k)
      if (places_[i].parents[k] != none16 && places_[i].parents[k] >= place_count) return false;
  for (std::uint32_t i = 0; i < count(Strings::place_aliases); ++i)
    if (alias_target(i) >= place_count) return false;
  if (!load_facts(in)) return false;
  topics_ = in.take(4 * topic_count * (1 + count(Strings::channel_types)));
  verbatim_ = in.take(6u * header_->verbatim);
  loaded_ = load_rules(in) && in.ok() && in.done();
  if (!loaded_) return false;
  index_entries();
  landmarks_ = {find(Strings::places, "US"),
                find(Strings::facts, "gpc"),
                find(Strings::facts, "askedIfAi"),
                find(Strings::facts, "contentType"),
                find(Strings::topics, "consent-prompt"),
                find(Strings::topics, "opt-out-status"),
                find(Strings::statements, "take-a-break")};
  return true;
}

bool Book::load_facts(Cursor& in) {
  for (std::uint32_t i = 0; i < count(Strings::facts); ++i) {
    const FactRecord* fact = in.record<FactRecord>();
    if (!fact || fact->kind > FactKind::count || fact->values > max_values) return false;
    facts_[i] = {fact, in.at()};
    for (std::uint32_t n = fact->presumptions; n > 0; --n)
      if (!check_condition(in, i) || (!in.u8() && !in.take(4))) return false;
  }
  return in.ok();
}

bool Book::load_rules(Cursor& in) {
  // Marks are made by content type.
  if (count(Strings::marks) && find(Strings::facts, "contentType") < 0) return false;
  for (std::uint32_t i = 0; i < count(Strings::rules); ++i) {
    Rule& rule = rules_[i];
    rule.record = in.record<RuleRecord>();
    for (std::uint32_t n = rule.record ? rule.record->entries : 0; n > 0; --n) {
      const EntryRecord* entry = in.record<EntryRecord>();
      if (!entry || entry->place >= count(Strings::places) || !entries_.push({entry, static_cast<std::uint16_t>(i)}))
        return false;
      // Within the years that a date can be written in, so that no sum overflows.
      for (Day day : std::initializer_list<Day>{entry->from, entry->until, entry->grace})
        if (day != no_day && (day < -719162 || day > 2932896)) return false;
    }
    const std::uint8_t* condition = in.at();
    if (!rule.record || !check_condition(in, count(Strings::facts))) return false;
    rule.condition = take_condition(condition);
    rule.modifies = in.take(2u * rule.record->modifies);
    rule.duties = in.at();
    for (std::uint32_t n = rule.record->duties; n > 0; --n) {
      const DutyRecord* duty = in.record<DutyRecord>();
      if (!duty || duty->kind > DutyKind::link ||
          (duty->kind == DutyKind::block && duty->fact != none8 && duty->fact >= count(Strings::facts)))
        return false;
      for (std::uint32_t bits = duty->present; bits; bits &= bits - 1) in.take(4);
      if ((duty->present >> duty_masks) || !check_condition(in, count(Strings::facts)) ||
          !in.take(duty->rows * row_size(duty->kind)))
        return false;
    }
    if (!in.ok()) return false;
  }
  return true;
}

/// Sorts the entries by place; those of a place keep the order of the rules.
void Book::index_entries() {
  for (std::uint32_t i = 1; i < entries_.size; ++i) {
    Entry entry = entries_[i];
    std::uint32_t j = i;
    for (; j > 0 && entries_[j - 1].record->place > entry.record->place; --j) entries_[j] = entries_[j - 1];
    entries_[j] = entry;
  }
  std::uint32_t at = 0;
  for (std::uint32_t place = 0; place <= count(Strings::places); ++place) {
    while (at < entries_.size && entries_[at].record->place < place) ++at;
    place_first_[place] = static_cast<std::uint16_t>(at);
  }
}

int Book::find(Strings list, Text name) const {
  for (std::uint32_t i = 0; i < count(list); ++i)
    if (equal(string(list, i), name)) return static_cast<int>(i);
  return -1;
}

int Book::find_sorted(Strings list, Text name) const {
  std::uint32_t low = 0, high = count(list);
  while (low < high) {
    std::uint32_t middle = (low + high) / 2;
    Text at = string(list, middle), wanted = name;
    while (*at && *at == *wanted) ++at, ++wanted;
    if (*at == *wanted) return static_cast<int>(middle);
    if (*at < *wanted) low = middle + 1;
    else high = middle;
  }
  return -1;
}

Text Book::verbatim(std::uint32_t index, Part part) const {
  return index < header_->verbatim ? pooled(read_u16(verbatim_ + 6 * index + 2 * static_cast<std::uint32_t>(part)))
                                   : "";
}

Duty Book::next_duty(const std::uint8_t*& at) {
  Duty duty;
  duty.record = reinterpret_cast<const DutyRecord*>(at);
  at += sizeof(DutyRecord);
  for (int mask = 0; mask < duty_masks; ++mask) {
    bool present = duty.record->present >> mask & 1;
    duty.masks[mask] = present ? read_as<std::uint32_t>(at) : 0;
    if (present) at += 4;
  }
  duty.condition = take_condition(at);
  duty.rows = at;
  at += duty.record->rows * row_size(duty.record->kind);
  return duty;
}

}  // namespace candor::runtime

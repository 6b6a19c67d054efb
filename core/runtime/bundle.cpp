#include "core/runtime/bundle.h"

#include <cstddef>
#include <cstring>
#include <initializer_list>

namespace candor::runtime {
namespace {

/// What the id of a duty is of, by its kind; consent has none.
constexpr Strings duty_lists[] = {Strings::topics, Strings::count,   Strings::marks, Strings::offers,
                                  Strings::blocks, Strings::records, Strings::links};

/// Passes over a condition. It may look at the facts below `facts_known` only, so that presumptions cannot run in
/// circles.
void check_condition(Cursor& in, std::uint32_t facts_known, std::uint32_t depth = 0) {
  std::uint32_t op = in.u8() & ~std::uint32_t{negated}, fact_or_count = in.u8();
  if (op > static_cast<std::uint32_t>(Op::any)) {
    in.take(4);
    in.expect(fact_or_count < facts_known && op <= static_cast<std::uint32_t>(Op::below));
  } else if (depth > max_condition_depth) {
    in.fail();
  } else {
    for (; fact_or_count > 0; --fact_or_count) check_condition(in, facts_known, depth + 1);
  }
}

std::uint32_t rows_size(const DutyRecord& duty) {
  return duty.rows * (duty.kind == DutyKind::consent ? sizeof(ConsentRow) : sizeof(ChannelForm));
}

/// Whether a date can be written, so that no sum with it overflows: within the years 1 to 9999.
bool is_day(Day day) { return static_cast<std::uint32_t>(day) + 719162 <= 3652058; }

}  // namespace

const std::uint8_t* condition_end(const std::uint8_t* node) {
  std::uint32_t children = node[1];
  if ((*node & ~negated) > static_cast<int>(Op::any)) return node + 6;
  for (node += 2; children > 0; --children) node = condition_end(node);
  return node;
}

bool Book::load(Cursor in) {
  loaded_ = false;
  header_ = in.record<RulebookHeader>();
  string_count_ = 0;
  for (int list = 0; list < static_cast<int>(Strings::count); ++list) {
    lists_[list] = {strings_ + string_count_, header_->counts[list]};
    for (std::uint32_t left = header_->counts[list]; left > 0; --left) {
      if (string_count_ == max_strings) return false;
      strings_[string_count_++] = in.text();
    }
  }
  if (count(Strings::places) > max_places || count(Strings::rules) > max_rules || count(Strings::facts) > max_facts ||
      count(Strings::facts) < derived_facts || count(Strings::channel_types) > 32 ||
      count(Strings::purpose_kinds) > 16 || count(Strings::links) > max_links ||
      count(Strings::statements) > max_statements || !is_day(header_->date) || !is_day(header_->stale_after))
    return false;
  load_places(in);
  load_facts(in);
  topics_ = in.take(4 * count(Strings::topics) * (1 + count(Strings::channel_types)));
  verbatim_ = in.take(6u * header_->verbatim);
  check_landmarks(in);
  load_rules(in);
  return loaded_ = in.done();
}

void Book::load_places(Cursor& in) {
  std::uint32_t places = count(Strings::places);
  in.expect(places);
  places_ = reinterpret_cast<const PlaceRecord*>(in.at());
  for (std::uint32_t i = 0; i < places; ++i) {
    const PlaceRecord* place = in.record<PlaceRecord>();
    for (std::uint32_t k = 0; k < max_parents; ++k)
      in.expect(place->parents[k] < places || place->parents[k] == none16);
  }
  aliases_ = in.at();
  for (std::uint32_t left = count(Strings::place_aliases); left > 0; --left) in.expect(in.u16() < places);
}

void Book::load_facts(Cursor& in) {
  for (std::uint32_t i = 0; i < count(Strings::facts); ++i) {
    const FactRecord* fact = in.record<FactRecord>();
    in.expect(fact->kind <= FactKind::count && fact->values <= max_values);
    facts_[i] = {fact, in.at()};
    for (std::uint32_t left = fact->presumptions; left > 0; --left) {
      check_condition(in, i);
      in.record<PresumptionRecord>();
    }
  }
}

void Book::check_landmarks(Cursor& in) const {
  for (Landmark fact : {gpc_fact, asked_fact, content_fact})
    in.expect(at(fact) < static_cast<int>(count(Strings::facts)));
  in.expect(at(break_statement) < static_cast<int>(max_statements));
  // Marks are made by content type.
  in.expect(at(content_fact) >= 0 || !count(Strings::marks));
}

void Book::load_rules(Cursor& in) {
  std::uint32_t facts = count(Strings::facts);
  entries_.clear();
  std::memset(place_first_, 0, sizeof place_first_);
  for (std::uint32_t i = 0; i < count(Strings::rules); ++i) {
    Rule& rule = rules_[i];
    rule.record = in.record<RuleRecord>();
    for (std::uint32_t left = rule.record->entries; left > 0; --left) add_entry(in, i);
    rule.condition = in.at();
    check_condition(in, facts);
    rule.modifies = in.take(2u * rule.record->modifies);
    rule.duties = in.at();
    for (std::uint32_t left = rule.record->duties; left > 0; --left) {
      const DutyRecord* duty = in.record<DutyRecord>();
      in.expect(duty->kind <= DutyKind::link && (duty->fact < facts || duty->fact == none8));
      if (in.ok() && duty->kind != DutyKind::consent)
        in.expect(duty->id < count(duty_lists[static_cast<int>(duty->kind)]));
      check_condition(in, facts);
      in.take(rows_size(*duty));
    }
  }
}

/// Puts an entry behind those of its place, which keep the order of the rules.
void Book::add_entry(Cursor& in, std::uint32_t rule) {
  const EntryRecord* entry = in.record<EntryRecord>();
  for (std::uint32_t i = 0; i < 3; ++i) {
    Day day =
        read_as<Day>(reinterpret_cast<const std::uint8_t*>(entry) + offsetof(EntryRecord, from) + i * sizeof(Day));
    in.expect(is_day(day) || day == no_day);
  }
  std::uint32_t place = entry->place;
  if (place >= count(Strings::places) || !entries_.add()) return in.fail();
  Entry* at = entries_.items + place_first_[place + 1];
  std::memmove(at + 1, at,
               static_cast<std::size_t>(reinterpret_cast<char*>(entries_.end() - 1) - reinterpret_cast<char*>(at)));
  *at = {entry, static_cast<std::uint16_t>(rule)};
  while (place < count(Strings::places)) ++place_first_[++place];
}

int Book::find(Strings list, Text name) const {
  const Names& names = lists_[static_cast<int>(list)];
  for (std::uint32_t i = 0; i < names.size; ++i)
    if (equal(names.first[i], name)) return static_cast<int>(i);
  return -1;
}

Text Book::verbatim(std::uint32_t index, Part part) const {
  return index < header_->verbatim ? pooled(read_u16(verbatim_ + 6 * index + 2 * static_cast<std::uint32_t>(part)))
                                   : "";
}

Duty Book::next_duty(const std::uint8_t*& at) {
  auto record = reinterpret_cast<const DutyRecord*>(at);
  const std::uint8_t* condition = at + sizeof(DutyRecord);
  const std::uint8_t* rows = condition_end(condition);
  at = rows + rows_size(*record);
  return {record, record->masks, condition, rows};
}

}  // namespace candor::runtime

#include "core/runtime/bundle.h"

namespace candor::runtime {
namespace {

constexpr Words layers = "law agreement platform house";
constexpr Words severities = "mandatory on-request safe-harbour litigation-risk advisory block pending";
constexpr Words duty_kinds = "disclose consent mark offer block record link";
constexpr Words models = "none notice opt-out opt-in prohibited";
constexpr Words bound = "provider deployer controller operator";

/// The list at `in` as a cursor of its own; `in` passes over it.
Cursor take_list(Cursor& in) {
  Cursor list = in;
  for (Ints items(in); items.next();) {}
  return list;
}

}  // namespace

Text name_of(Layer layer) { return word_at(layers, static_cast<int>(layer)); }
Text name_of(Severity severity) { return word_at(severities, static_cast<int>(severity)); }
Text name_of(DutyKind kind) { return word_at(duty_kinds, static_cast<int>(kind)); }
Text name_of(Model model) { return word_at(models, static_cast<int>(model)); }
Text name_of_binds(std::uint8_t binds) { return word_at(bound, binds); }

bool parse_model(const Text& name, Model& model) {
  int index = index_of(name, models);
  model = index < 0 ? Model::none : static_cast<Model>(index);
  return index >= 0;
}

bool Book::load(Cursor in) {
  loaded_ = false;
  entries_.clear();
  verbatim_.clear();
  date_ = in.zigzag();
  stale_after_ = in.zigzag();
  const std::uint8_t* hash = in.take(8);
  keys_hash_ = in.u32();
  if (!hash) return false;
  write_day(date_, version_);
  version_[4] = version_[7] = '.';
  version_[10] = '+';
  for (int i = 0; i < 8; ++i) version_[11 + i] = static_cast<char>(hash[i]);
  loaded_ = load_strings(in) && load_places(in) && load_facts(in) && load_topics(in) && load_rules(in) && in.ok() && in.done();
  if (!loaded_) return false;
  sort_entries();
  find_landmarks();
  return true;
}

bool Book::load_strings(Cursor& in) {
  string_count_ = 0;
  for (int i = 0; i < lists; ++i) {
    list_first_[i] = string_count_;
    list_count_[i] = in.varint();
    if (list_count_[i] > max_strings - string_count_) return false;
    string_count_ += list_count_[i];
  }
  std::uint32_t size = in.u32();
  pool_ = reinterpret_cast<const char*>(in.take(size));
  if (!pool_) return false;
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < string_count_; ++i) {
    string_offset_[i] = at;
    while (at < size && pool_[at]) ++at;
    if (at++ >= size) return false;
  }
  string_offset_[string_count_] = at;
  bool fits = at == size && count(Strings::places) <= max_places && count(Strings::facts) <= max_facts &&
              count(Strings::rules) <= max_rules && count(Strings::topics) <= max_topics &&
              count(Strings::place_aliases) <= max_aliases && count(Strings::place_refused) == count(Strings::place_fixes);
  return fits && count(Strings::places) > 0 && count(Strings::facts) >= derived_facts && count(Strings::statements) <= 64 &&
         count(Strings::slots) <= 32 && count(Strings::repeats) <= 32 && count(Strings::channel_types) <= 32 &&
         count(Strings::forms) <= 32 && count(Strings::record_events) <= 32 && count(Strings::marks) <= 8 &&
         count(Strings::offers) + count(Strings::links) + count(Strings::actions) <= 64 && count(Strings::blocks) <= 32 &&
         count(Strings::block_actions) <= 64 && count(Strings::records) <= 16 && count(Strings::purpose_kinds) > 4;
}

bool Book::load_places(Cursor& in) {
  for (std::uint32_t i = 0; i < count(Strings::places); ++i) {
    PlaceRow& row = places_[i];
    row.parent_count = 0;
    for (Ints parents(in); parents.next();) {
      if (row.parent_count == max_parents || parents.value >= count(Strings::places)) return false;
      row.parents[row.parent_count++] = static_cast<std::uint16_t>(parents.value);
    }
    row.inside = in.u8() != 0;
  }
  for (std::uint32_t i = 0; i < count(Strings::place_aliases); ++i) {
    std::uint32_t target = in.varint();
    if (target >= count(Strings::places)) return false;
    alias_targets_[i] = static_cast<std::uint16_t>(target);
  }
  return in.ok();
}

bool Book::load_facts(Cursor& in) {
  for (std::uint32_t i = 0; i < count(Strings::facts); ++i) {
    FactRow& row = facts_[i];
    std::uint8_t bits = in.u8();
    if ((bits & 7) > static_cast<int>(FactKind::count)) return false;
    row.kind = static_cast<FactKind>(bits & 7);
    row.lifts = bits & 8;
    row.derived = bits & 16;
    row.silent = bits & 32;
    row.first_value = in.varint();
    row.value_count = in.varint();
    if (row.value_count > 32 || row.first_value + row.value_count > count(Strings::values)) return false;
    row.presumptions = in;
    for (std::uint32_t n = in.varint(); n > 0 && in.ok(); --n) {
      if (!check_condition(in.block(), 0, i)) return false;
      if (in.u8()) continue;
      if (row.kind == FactKind::date || row.kind == FactKind::count) in.f64();
      else in.varint();
    }
  }
  return in.ok();
}

bool Book::load_topics(Cursor& in) {
  for (std::uint32_t i = 0; i < count(Strings::topics); ++i) {
    topics_[i].covers = take_list(in);
    if (!check_list(topics_[i].covers, count(Strings::statements))) return false;
    topics_[i].slots = in;
    for (std::uint32_t channel = 0; channel < count(Strings::channel_types); ++channel)
      if (!check_list(take_list(in), count(Strings::slots))) return false;
  }
  for (std::uint32_t n = in.varint(); n > 0; --n) {
    Verbatim text;
    text.id = pooled(in.varint());
    text.lang = pooled(in.varint());
    text.text = pooled(in.varint());
    if (!in.ok() || !verbatim_.push(text)) return false;
  }
  return in.ok();
}

bool Book::load_rules(Cursor& in) {
  for (std::uint32_t i = 0; i < count(Strings::rules); ++i) {
    Cursor body = in.block();
    RuleRow& row = rules_[i];
    std::uint8_t bits = body.u8();
    std::uint8_t severity = body.u8();
    if (severity > static_cast<int>(Severity::pending)) return false;
    row.layer = static_cast<Layer>(bits & 3);
    row.binds = (bits >> 2) & 3;
    row.never = bits & 16;
    row.stayed = bits & 32;
    row.reach = bits & 64;
    row.severity = static_cast<Severity>(severity);
    for (std::uint32_t n = body.varint(); n > 0; --n) {
      Entry entry{};
      std::uint32_t place = body.varint();
      entry.rule = static_cast<std::uint16_t>(i);
      entry.from = body.zigzag();
      std::uint8_t flags = body.u8();
      // Days within the years 1 to 9999, so that no sum of one with a length below overflows.
      if (entry.from < -719162 || entry.from > 2932896) return false;
      std::uint32_t lengths[2] = {flags & 1 ? body.varint() : 0, flags & 2 ? body.varint() : 0};
      if (lengths[0] > 4000000 || lengths[1] > 4000000) return false;
      entry.until = flags & 1 ? entry.from + static_cast<Day>(lengths[0]) : no_day;
      entry.grace = flags & 2 ? entry.from + static_cast<Day>(lengths[1]) : no_day;
      entry.announced = flags & 4;
      std::uint32_t source = body.varint();
      if (!body.ok() || place >= count(Strings::places) || source >= count(Strings::sources)) return false;
      entry.place = static_cast<std::uint16_t>(place);
      entry.source = static_cast<std::uint16_t>(source);
      if (!entries_.push(entry)) return false;
    }
    row.condition = body.block();
    if (!check_condition(row.condition, 0, count(Strings::facts))) return false;
    row.modifies = take_list(body);
    if (!check_list(row.modifies, count(Strings::rules))) return false;
    row.duty_count = body.varint();
    row.duties = body;
    if (!body.ok() || row.duty_count > 32 || !check_duties(row)) return false;
  }
  return in.ok();
}

/// By place, keeping the order of the rules: a counting sort in place would need a second buffer, so insertion by runs.
void Book::sort_entries() {
  for (std::uint32_t i = 1; i < entries_.size; ++i) {
    Entry entry = entries_[i];
    std::uint32_t j = i;
    for (; j > 0 && entries_[j - 1].place > entry.place; --j) entries_[j] = entries_[j - 1];
    entries_[j] = entry;
  }
  std::uint32_t at = 0;
  for (std::uint32_t place = 0; place <= count(Strings::places); ++place) {
    while (at < entries_.size && entries_[at].place < place) ++at;
    place_first_[place] = static_cast<std::uint16_t>(at);
  }
}

void Book::find_landmarks() {
  landmarks_ = {find(Strings::places, "US"),       find(Strings::facts, "gpc"),
                find(Strings::facts, "askedIfAi"), find(Strings::facts, "contentType"),
                find(Strings::topics, "consent-prompt"), find(Strings::statements, "take-a-break")};
}

const Entry* Book::entries_of(std::uint32_t place, std::uint32_t& count) const {
  count = place_first_[place + 1] - place_first_[place];
  return entries_.items + place_first_[place];
}

int Book::find(Strings list, const Text& name) const {
  std::uint32_t first = list_first_[static_cast<int>(list)];
  for (std::uint32_t i = 0; i < count(list); ++i)
    if (pooled(first + i) == name) return static_cast<int>(i);
  return -1;
}

Cursor Book::topic_slots(std::uint32_t topic, std::uint32_t channel) const {
  Cursor at = topics_[topic].slots;
  for (std::uint32_t i = 0; i < channel; ++i) take_list(at);
  return at;
}

ChannelForm Book::next_form(Cursor& forms) {
  ChannelForm form;
  form.channel = forms.varint();
  form.timing = forms.u8() - 1;
  form.prominence = forms.u8() - 1;
  form.slots = take_list(forms);
  form.repeat = take_list(forms);
  return form;
}

Duty Book::next_duty(Cursor& duties, const RuleRow& rule) const {
  Cursor in = duties.block();
  Duty duty{};
  std::uint8_t bits = in.u8();
  duty.kind = static_cast<DutyKind>(bits & 7);
  duty.severity = rule.severity;
  duty.timing = duty.title = duty.block_action = duty.block_fact = -1;
  if (bits & 8) duty.when = in.block();
  if (bits & 16) duty.severity = static_cast<Severity>(in.u8());
  if (bits & 32) duty.lead = pooled(in.varint());
  if (bits & 64) duty.within = pooled(in.varint());
  switch (duty.kind) {
    case DutyKind::disclose:
      duty.topic = in.varint();
      duty.timing = in.u8() - 1;
      duty.prominence = in.u8();
      duty.dismissible = in.u8() != 0;
      for (Cursor* list : {&duty.says, &duty.repeat, &duty.slots, &duty.actions, &duty.verbatim, &duty.languages}) *list = take_list(in);
      duty.channel_forms = in;
      for (std::uint32_t n = in.varint(); n > 0 && in.ok(); --n) next_form(in);
      break;
    case DutyKind::consent: {
      duty.rows = in;
      for (std::uint32_t n = in.varint(); n > 0 && in.ok(); --n) {
        in.u8();
        in.u8();
        take_list(in);
      }
      duty.refusal_floor = pooled(in.varint());
      duty.grant_cap = pooled(in.varint());
      std::uint8_t flags = in.u8();
      duty.equal_choice = flags & 1;
      duty.gpc_status = flags & 2;
      break;
    }
    case DutyKind::offer: duty.id = in.varint(); break;
    case DutyKind::link:
      duty.id = in.varint();
      duty.title = static_cast<int>(in.varint()) - 1;
      break;
    case DutyKind::mark:
      duty.id = in.varint();
      duty.content_types = take_list(in);
      duty.forms = take_list(in);
      break;
    case DutyKind::block:
      duty.id = in.varint();
      duty.block_action = static_cast<int>(in.varint()) - 1;
      duty.block_fact = static_cast<int>(in.varint()) - 1;
      duty.until = pooled(in.varint());
      break;
    case DutyKind::record:
      duty.id = in.varint();
      duty.events = take_list(in);
      duty.keep = pooled(in.varint());
      break;
    default: in.fail();
  }
  if (!in.ok() || !in.done()) duties.fail();
  return duty;
}

// --- checks at load --------------------------------------------------------------------------------------------------

bool Book::check_list(Cursor list, std::uint32_t limit) const {
  for (Ints items(list); items.next();)
    if (items.value >= limit) return false;
  return list.ok();
}

/// A condition may look at the facts below `facts_known` only, so that presumptions cannot run in circles.
bool Book::check_condition(Cursor condition, std::uint32_t depth, std::uint32_t facts_known) const {
  if (!condition.ok()) return false;
  if (condition.done()) return true;
  return check_node(condition, depth, facts_known) && condition.done();
}

bool Book::check_node(Cursor& in, std::uint32_t depth, std::uint32_t facts_known) const {
  if (depth > max_condition_depth) return false;
  std::uint8_t op = in.u8();
  if (op <= 1) {
    std::uint32_t children = in.varint();
    Cursor body = in.block();
    for (; children > 0 && body.ok(); --children)
      if (!check_node(body, depth + 1, facts_known)) return false;
    return body.ok() && body.done() && in.ok();
  }
  if (op == 2) return check_node(in, depth + 1, facts_known);
  std::uint32_t fact = in.varint();
  if (op > 7 || fact >= facts_known) return false;
  if (op <= 5) in.varint();
  if (op == 7) {
    std::uint8_t ends = in.u8();
    if (ends & 1) in.f64();
    if (ends & 2) in.f64();
  }
  bool numeric = facts_[fact].kind == FactKind::date || facts_[fact].kind == FactKind::count;
  return in.ok() && numeric == (op == 7);
}

bool Book::check_duties(const RuleRow& rule) const {
  Cursor duties = rule.duties;
  for (std::uint32_t i = 0; i < rule.duty_count; ++i) {
    Duty duty = next_duty(duties, rule);
    if (!duties.ok() || !check_duty(duty)) return false;
  }
  return duties.done();
}

bool Book::check_duty(const Duty& duty) const {
  if (!check_condition(duty.when, 0, count(Strings::facts)) || duty.severity > Severity::pending) return false;
  auto below = [](int value, std::uint32_t limit) { return value < static_cast<int>(limit); };
  switch (duty.kind) {
    case DutyKind::disclose: {
      if (duty.topic >= count(Strings::topics) || !below(duty.timing, count(Strings::timings)) ||
          !below(duty.prominence, count(Strings::prominences)) || !check_list(duty.says, count(Strings::statements)) ||
          !check_list(duty.repeat, count(Strings::repeats)) || !check_list(duty.slots, count(Strings::slots)) ||
          !check_list(duty.actions, count(Strings::offers) + count(Strings::links) + count(Strings::actions)) ||
          !check_list(duty.verbatim, verbatim_.size) || !check_list(duty.languages, string_count_))
        return false;
      Cursor forms = duty.channel_forms;
      for (std::uint32_t n = forms.varint(); n > 0; --n) {
        ChannelForm form = next_form(forms);
        if (!forms.ok() || form.channel >= count(Strings::channel_types) || !below(form.timing, count(Strings::timings)) ||
            !below(form.prominence, count(Strings::prominences)) || !check_list(form.slots, count(Strings::slots)) ||
            !check_list(form.repeat, count(Strings::repeats)))
          return false;
      }
      return true;
    }
    case DutyKind::consent: {
      Cursor rows = duty.rows;
      for (std::uint32_t n = rows.varint(); n > 0; --n) {
        rows.u8();
        if ((rows.u8() & 7) > static_cast<int>(Model::prohibited)) return false;
        if (!check_list(take_list(rows), count(Strings::purpose_kinds)) || !rows.ok()) return false;
      }
      return true;
    }
    case DutyKind::offer: return duty.id < count(Strings::offers);
    case DutyKind::link: return duty.id < count(Strings::links) && below(duty.title, verbatim_.size);
    case DutyKind::mark:
      return duty.id < count(Strings::marks) && check_list(duty.content_types, 32) && check_list(duty.forms, count(Strings::forms));
    case DutyKind::block:
      return duty.id < count(Strings::blocks) && below(duty.block_action, count(Strings::block_actions)) &&
             below(duty.block_fact, count(Strings::facts)) && (duty.block_fact < 0 || facts_[duty.block_fact].kind == FactKind::set) &&
             (duty.block_action >= 0 || duty.block_fact >= 0);
    case DutyKind::record: return duty.id < count(Strings::records) && check_list(duty.events, count(Strings::record_events));
  }
  return false;
}

}  // namespace candor::runtime

#include "core/runtime/facts.h"

#include "core/runtime/condition.h"

namespace candor::runtime {
namespace {

/// One bit for the value of `fact` named `name`, or 0.
std::uint32_t value_bit(const Book& book, std::uint32_t fact, const Text& name) {
  for (std::uint32_t i = 0; i < book.fact(fact).value_count; ++i)
    if (book.fact_value(fact, i) == name) return 1u << i;
  return 0;
}

bool parse_set(const Book& book, std::uint32_t fact, Text text, std::uint32_t& mask) {
  mask = 0;
  if (is(text, "none")) return true;
  while (!text.empty()) {
    std::uint32_t bit = value_bit(book, fact, take_until(text, ','));
    if (!bit) return false;
    mask |= bit;
  }
  return true;
}

}  // namespace

bool parse_value(const Book& book, std::uint32_t fact, const Text& text, Value& value) {
  value = Value{};
  value.state = Value::State::known;
  value.text = text;
  switch (book.fact(fact).kind) {
    case FactKind::flag:
      value.mask = static_cast<std::uint32_t>(index_of(text, "false true") + 1);
      return value.mask;
    case FactKind::choice:
      value.mask = value_bit(book, fact, text);
      return value.mask;
    case FactKind::set: return parse_set(book, fact, text, value.mask);
    case FactKind::date: {
      Day day = text.size() == 10 ? parse_day(text) : no_day;
      value.number = day;
      return day != no_day;
    }
    case FactKind::count:
      value.number = whole_number(text, 15);
      return value.number >= 0;
  }
  return false;
}

bool read_fact(const Book& book, const Text& whole_key, const Text& name, const Text& text, std::uint16_t& fact, Value& value, Problems& problems) {
  int found = book.find(Strings::facts, name);
  fact = static_cast<std::uint16_t>(found);
  if (found < 0 || book.fact(fact).derived) problems.add("unknown-fact", whole_key, name, "a fact of the vocabulary that can be stated");
  else if (!parse_value(book, fact, text, value)) problems.add("unknown-value", whole_key, text, "a value of that fact");
  else return true;
  return false;
}

void Facts::write(std::uint32_t fact, JsonWriter& out) const {
  const FactRow& row = book_->fact(fact);
  const Value& value = this->value(fact);
  out.begin_string();
  out.append(book_->string(Strings::facts, fact));
  out.append("=");
  if (row.kind == FactKind::count && !value.presumed) {
    out.append(value.text);
  } else if (row.kind == FactKind::count) {
    out.append_number(static_cast<std::uint32_t>(value.number));
  } else if (row.kind == FactKind::date) {
    char day[10];
    write_day(static_cast<Day>(value.number), day);
    out.append(Text(day, sizeof day));
  } else if (row.kind == FactKind::flag) {
    out.append(value.mask == flag_true ? "true" : "false");
  } else {
    bool any = false;
    for (std::uint32_t i = 0; i < row.value_count; ++i) {
      if (!(value.mask >> i & 1)) continue;
      if (any) out.append(",");
      any = true;
      out.append(book_->fact_value(fact, i));
    }
    if (!any) out.append("none");
  }
  if (value.presumed) out.append(" (presumed)");
  out.end_string();
}

void Facts::begin(const Book& book) {
  book_ = &book;
  for (std::uint32_t i = 0; i < book.count(Strings::facts); ++i) values_[i] = Value{};
}

/// The load has checked that a presumption looks only at facts above its own, so this ends.
void Facts::presume(std::uint32_t fact) const {
  const FactRow& row = book_->fact(fact);
  Value& value = values_[fact];
  value.state = row.silent ? Value::State::silent : Value::State::unknown;
  Cursor in = row.presumptions;
  for (std::uint32_t n = in.varint(); n > 0; --n) {
    Tri holds = evaluate(*this, in.block());
    bool ask = in.u8() != 0;
    bool numeric = row.kind == FactKind::date || row.kind == FactKind::count;
    std::uint32_t mask = ask || numeric ? 0 : in.varint();
    double number = ask || !numeric ? 0 : in.f64();
    if (holds == Tri::no) continue;
    if (holds == Tri::unknown || ask) return;
    value.state = Value::State::known;
    value.presumed = true;
    value.mask = mask;
    value.number = number;
    return;
  }
}

}  // namespace candor::runtime

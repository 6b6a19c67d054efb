#include "core/runtime/facts.h"

#include "core/runtime/condition.h"

namespace candor::runtime {
namespace {

/// One bit for the value of `fact` named `name`, or 0.
std::uint32_t value_bit(const Book& book, std::uint32_t fact, Text name) {
  for (std::uint32_t i = 0; i < book.fact(fact).record->values; ++i)
    if (equal(book.fact_value(fact, i), name)) return 1u << i;
  return 0;
}

}  // namespace

bool parse_value(const Book& book, std::uint32_t fact, char* text, Value& value) {
  FactKind kind = book.fact(fact).record->kind;
  value = {Value::State::known, false, 0, text};
  if (kind >= FactKind::date) {
    std::int32_t number = kind == FactKind::date ? parse_date(text) : whole_number(text);
    value.bits = static_cast<std::uint32_t>(number);
    return kind == FactKind::date ? number != no_day : number >= 0;
  }
  bool set = kind == FactKind::set;
  if (set && (is_empty(text) || equal(text, "none"))) return true;
  while (true) {
    Text name = set ? cut(text, ',') : text;
    std::uint32_t bit = value_bit(book, fact, name);
    value.bits |= bit;
    // A comma at the end is followed by no name.
    if (!bit || !set || text == name + length(name)) return bit;
  }
}

bool read_fact(const Book& book, Line& line, Text name, Statement& statement) {
  int found = book.find(Strings::facts, name);
  statement.fact = static_cast<std::uint8_t>(found);
  if (found < 0 || book.fact(statement.fact).record->flags & 2)
    line.problems.add("unknown-fact", line.key, name, "a fact of the vocabulary");
  else if (!parse_value(book, statement.fact, line.value, statement.value))
    line.refuse("unknown-value", "a value of that fact");
  else return true;
  return false;
}

void Facts::begin(const Book& book) {
  book_ = &book;
  for (std::uint32_t fact = 0; fact < book.count(Strings::facts); ++fact)
    values_[fact].state = Value::State::unresolved;
}

/// The load has checked that a presumption looks only at facts above its own, so this ends.
void Facts::presume(std::uint32_t fact) const {
  const FactRecord& record = *book_->fact(fact).record;
  Value& value = values_[fact];
  value = {record.flags & 4 ? Value::State::silent : Value::State::unknown, false, 0, nullptr};
  const std::uint8_t* at = book_->fact(fact).presumptions;
  for (std::uint32_t left = record.presumptions; left > 0; --left) {
    Tri holds = evaluate(*this, at);
    at = condition_end(at);
    auto presumption = reinterpret_cast<const PresumptionRecord*>(at);
    at += sizeof(PresumptionRecord);
    if (holds == Tri::no) continue;
    if (holds == Tri::yes && !presumption->ask) value = {Value::State::known, true, presumption->bits, nullptr};
    return;
  }
}

void Facts::write(std::uint32_t fact, JsonWriter& out) const {
  FactKind kind = book_->fact(fact).record->kind;
  const Value& value = this->value(fact);
  out.begin();
  out.append(book_->string(Strings::facts, fact));
  out.append("=");
  if (kind == FactKind::date) out.append_day(value.number());
  else if (kind == FactKind::count && value.text) out.append(value.text);
  else if (kind == FactKind::count) out.append_number(value.bits);
  else if (!value.bits) out.append("none");
  else
    for (std::uint32_t left = value.bits, i = 0; left; left >>= 1, ++i)
      if (left & 1) {
        out.append(book_->fact_value(fact, i));
        if (left > 1) out.append(",");
      }
  if (value.presumed) out.append(" (presumed)");
  out.end();
}

}  // namespace candor::runtime

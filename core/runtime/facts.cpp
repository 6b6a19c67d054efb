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
  value = {Value::State::known, false, 0, text};
  switch (book.fact(fact).record->kind) {
    case FactKind::flag:
      value.bits = static_cast<std::uint32_t>(index_of(text, "false\0true\0") + 1);
      return value.bits;
    case FactKind::choice: value.bits = value_bit(book, fact, text); return value.bits;
    case FactKind::set:
      if (equal(text, "none")) return true;
      if (!*text) return true;
      while (true) {
        Text name = cut(text, ',');
        std::uint32_t bit = value_bit(book, fact, name);
        value.bits |= bit;
        if (!bit || text == name + length(name)) return bit;
      }
    case FactKind::date:
      value.bits = static_cast<std::uint32_t>(length(text) == 10 ? parse_day(text) : no_day);
      return value.number() != no_day;
    default: value.bits = static_cast<std::uint32_t>(whole_number(text)); return value.number() >= 0;
  }
}

bool read_fact(const Book& book, const Key& key, Text name, char* text, std::uint16_t& fact, Value& value,
               Problems& problems) {
  int found = book.find(Strings::facts, name);
  fact = static_cast<std::uint16_t>(found);
  if (found < 0 || book.fact(fact).record->flags & 2)
    problems.add("unknown-fact", key, name, "a fact of the vocabulary that can be stated");
  else if (!parse_value(book, fact, text, value)) problems.add("unknown-value", key, text, "a value of that fact");
  else return true;
  return false;
}

void Facts::begin(const Book& book) {
  book_ = &book;
  for (Value& value : values_) value.state = Value::State::unresolved;
}

/// The load has checked that a presumption looks only at facts above its own, so this ends.
void Facts::presume(std::uint32_t fact) const {
  const FactRecord& record = *book_->fact(fact).record;
  Value& value = values_[fact];
  value = {record.flags & 4 ? Value::State::silent : Value::State::unknown, false, 0, nullptr};
  const std::uint8_t* at = book_->fact(fact).presumptions;
  for (std::uint32_t n = record.presumptions; n > 0; --n) {
    std::uint32_t size = read_u16(at);
    Tri holds = evaluate(*this, size ? at + 2 : nullptr);
    at += 2 + size;
    bool ask = *at++;
    if (holds == Tri::unknown || (ask && holds == Tri::yes)) return;
    if (holds == Tri::yes) {
      value.state = Value::State::known;
      value.presumed = true;
      value.bits = read_as<std::uint32_t>(at);
      return;
    }
    if (!ask) at += 4;
  }
}

void Facts::write(std::uint32_t fact, JsonWriter& out) const {
  const FactRecord& record = *book_->fact(fact).record;
  const Value& value = this->value(fact);
  out.begin();
  out.append(book_->string(Strings::facts, fact));
  out.append("=");
  switch (record.kind) {
    case FactKind::flag: out.append(value.bits == flag_true ? "true" : "false"); break;
    case FactKind::date: out.append_day(value.number()); break;
    case FactKind::count:
      if (value.text) out.append(value.text);
      else out.append_number(value.bits);
      break;
    default:
      if (!value.bits) out.append("none");
      for (std::uint32_t left = value.bits, i = 0; left; left >>= 1, ++i) {
        if (!(left & 1)) continue;
        out.append(book_->fact_value(fact, i));
        if (left > 1) out.append(",");
      }
  }
  if (value.presumed) out.append(" (presumed)");
  out.end();
}

}  // namespace candor::runtime

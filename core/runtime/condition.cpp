#include "core/runtime/condition.h"

namespace candor::runtime {
namespace {

enum Op : std::uint8_t { op_all, op_any, op_not, op_in, op_any_of, op_only, op_none, op_range };

Tri compare(const Facts& facts, std::uint8_t op, Cursor& in, std::uint32_t& fact) {
  fact = in.varint();
  std::uint32_t mask = op <= op_only ? in.varint() : 0;
  double low = 0, high = 0;
  std::uint8_t ends = op == op_range ? in.u8() : 0;
  if (ends & 1) low = in.f64();
  if (ends & 2) high = in.f64();
  const Value& value = facts.value(fact);
  if (value.state != Value::State::known) return value.state == Value::State::silent ? Tri::no : Tri::unknown;
  bool holds = false;
  switch (op) {
    case op_in:
    case op_any_of: holds = value.mask & mask; break;
    case op_only: holds = value.mask && !(value.mask & ~mask); break;
    case op_none: holds = !value.mask; break;
    default: holds = (!(ends & 1) || value.number >= low) && (!(ends & 2) || value.number < high);
  }
  return holds ? Tri::yes : Tri::no;
}

Tri negate(Tri value) { return value == Tri::unknown ? value : value == Tri::yes ? Tri::no : Tri::yes; }

Tri evaluate_node(const Facts& facts, Cursor& in) {
  std::uint8_t op = in.u8();
  if (op > op_not) {
    std::uint32_t fact;
    return compare(facts, op, in, fact);
  }
  if (op == op_not) return negate(evaluate_node(facts, in));
  Tri decides = op == op_all ? Tri::no : Tri::yes;
  Tri result = negate(decides);
  std::uint32_t children = in.varint();
  for (Cursor body = in.block(); children > 0; --children) {
    Tri child = evaluate_node(facts, body);
    if (child == decides) return decides;
    if (child == Tri::unknown) result = Tri::unknown;
  }
  return result;
}

void add_once(FactList& list, std::uint32_t fact) {
  auto index = static_cast<std::uint16_t>(fact);
  if (!list.holds(index)) list.push(index);
}

void because_node(const Facts& facts, Cursor& in, FactList& because) {
  std::uint8_t op = in.u8();
  if (op == op_not) return because_node(facts, in, because);
  if (op > op_not) {
    std::uint32_t fact;
    if (compare(facts, op, in, fact) != Tri::unknown && facts.value(fact).state == Value::State::known) add_once(because, fact);
    return;
  }
  std::uint32_t children = in.varint();
  Cursor body = in.block();
  Tri decides = op == op_all ? Tri::no : Tri::yes;
  Cursor probe = body;
  for (std::uint32_t i = 0; i < children; ++i) {
    Cursor child = probe;
    if (evaluate_node(facts, probe) == decides) return because_node(facts, child, because);
  }
  for (; children > 0; --children) because_node(facts, body, because);
}

void needs_node(const Facts& facts, Cursor& in, FactList& needs) {
  std::uint8_t op = in.u8();
  if (op == op_not) return needs_node(facts, in, needs);
  if (op > op_not) {
    std::uint32_t fact;
    if (compare(facts, op, in, fact) == Tri::unknown) add_once(needs, fact);
    return;
  }
  std::uint32_t children = in.varint();
  for (Cursor body = in.block(); children > 0; --children) {
    Cursor child = body;
    if (evaluate_node(facts, body) == Tri::unknown) needs_node(facts, child, needs);
  }
}

}  // namespace

Tri evaluate(const Facts& facts, Cursor condition) { return condition.done() ? Tri::yes : evaluate_node(facts, condition); }

void collect_because(const Facts& facts, Cursor condition, FactList& because) {
  if (!condition.done()) because_node(facts, condition, because);
}

void collect_needs(const Facts& facts, Cursor condition, FactList& needs) {
  if (!condition.done() && evaluate(facts, condition) == Tri::unknown) needs_node(facts, condition, needs);
}

}  // namespace candor::runtime

#include "core/runtime/condition.h"

namespace candor::runtime {
namespace {

Op op_of(const std::uint8_t* node) { return static_cast<Op>(*node); }

const std::uint8_t* children_of(const std::uint8_t* node) { return node + 4; }

const std::uint8_t* next(const std::uint8_t* node) {
  while (op_of(node) == Op::negate) ++node;
  if (op_of(node) <= Op::any) return children_of(node) + read_u16(node + 2);
  return node + (op_of(node) == Op::range ? 10 : 6);
}

Tri compare(const Facts& facts, const std::uint8_t* node) {
  const Value& value = facts.value(node[1]);
  if (value.state != Value::State::known) return value.state == Value::State::silent ? Tri::no : Tri::unknown;
  bool holds;
  if (op_of(node) == Op::range) {
    holds = value.number() >= read_as<std::int32_t>(node + 2) && value.number() < read_as<std::int32_t>(node + 6);
  } else {
    auto mask = read_as<std::uint32_t>(node + 2);
    if (op_of(node) == Op::none) mask = ~0u;
    holds = op_of(node) == Op::only ? value.bits && !(value.bits & ~mask)
                                    : ((value.bits & mask) != 0) == (op_of(node) != Op::none);
  }
  return holds ? Tri::yes : Tri::no;
}

Tri opposite(Tri value) { return static_cast<Tri>(2 - static_cast<int>(value)); }

/// What settles a node: a child that fails an `all`, or one that holds an `any`.
Tri settles(const std::uint8_t* node) { return op_of(node) == Op::all ? Tri::no : Tri::yes; }

}  // namespace

Tri evaluate(const Facts& facts, const std::uint8_t* node) {
  if (!node) return Tri::yes;
  if (op_of(node) == Op::negate) return opposite(evaluate(facts, node + 1));
  if (op_of(node) > Op::negate) return compare(facts, node);
  Tri settling = settles(node), result = opposite(settling);
  const std::uint8_t* child = children_of(node);
  for (std::uint32_t n = node[1]; n > 0; --n, child = next(child)) {
    Tri holds = evaluate(facts, child);
    if (holds == settling) return holds;
    if (holds == Tri::unknown) result = Tri::unknown;
  }
  return result;
}

void collect_because(const Facts& facts, const std::uint8_t* node, FactList& because) {
  if (!node) return;
  while (op_of(node) == Op::negate) ++node;
  if (op_of(node) > Op::negate) {
    if (facts.value(node[1]).state == Value::State::known) because.add_once(node[1]);
    return;
  }
  Tri settling = settles(node);
  for (int pass = 0; pass < 2; ++pass) {
    const std::uint8_t* child = children_of(node);
    for (std::uint32_t n = node[1]; n > 0; --n, child = next(child)) {
      bool settled = !pass && evaluate(facts, child) == settling;
      if (settled || pass) collect_because(facts, child, because);
      if (settled) return;
    }
  }
}

void collect_needs(const Facts& facts, const std::uint8_t* node, FactList& needs) {
  if (!node || evaluate(facts, node) != Tri::unknown) return;
  while (op_of(node) == Op::negate) ++node;
  if (op_of(node) > Op::negate) return needs.add_once(node[1]);
  const std::uint8_t* child = children_of(node);
  for (std::uint32_t n = node[1]; n > 0; --n, child = next(child)) collect_needs(facts, child, needs);
}

}  // namespace candor::runtime

#include "core/runtime/condition.h"

namespace candor::runtime {
namespace {

Op op_of(const std::uint8_t* node) { return static_cast<Op>(*node & ~negated); }

const std::uint8_t* first_child(const std::uint8_t* node) { return node + 2; }

Tri opposite(Tri value) { return static_cast<Tri>(2 - static_cast<int>(value)); }

Tri compare(const Facts& facts, const std::uint8_t* node) {
  const Value& value = facts.value(node[1]);
  if (value.state != Value::State::known) return value.state == Value::State::silent ? Tri::no : Tri::unknown;
  auto operand = read_as<std::uint32_t>(node + 2);
  bool not_below = value.number() >= static_cast<std::int32_t>(operand);
  bool holds = false;
  switch (op_of(node)) {
    case Op::some: holds = value.bits & operand; break;
    case Op::only: holds = value.bits && !(value.bits & ~operand); break;
    case Op::none: holds = !value.bits; break;
    case Op::at_least: holds = not_below; break;
    default: holds = !not_below;
  }
  return holds ? Tri::yes : Tri::no;
}

}  // namespace

Tri evaluate(const Facts& facts, const std::uint8_t* node) {
  // An `any` holds where not all of its children fail: both are the least of their children, for one turned over.
  bool turned = op_of(node) == Op::any;
  Tri least = Tri::yes;
  if (op_of(node) > Op::any) {
    least = compare(facts, node);
  } else {
    const std::uint8_t* child = first_child(node);
    for (std::uint32_t left = node[1]; left > 0 && least != Tri::no; --left) {
      Tri holds = evaluate(facts, child);
      if (turned) holds = opposite(holds);
      if (holds < least) least = holds;
      child = condition_end(child);
    }
  }
  return turned != (*node >= negated) ? opposite(least) : least;
}

// The children of what is unknown are looked at one and all: what is settled among them holds no unknown fact on which
// it rests, so one way down serves both states.
void collect(const Facts& facts, const std::uint8_t* node, Value::State state, FactList& found) {
  if (op_of(node) > Op::any) {
    if (facts.value(node[1]).state == state) found.add_once(node[1]);
    return;
  }
  // What settles it: a child that fails an `all`, or one that holds an `any`.
  Tri settling = op_of(node) == Op::all ? Tri::no : Tri::yes;
  bool one = evaluate(facts, node) == (*node >= negated ? opposite(settling) : settling);
  const std::uint8_t* child = first_child(node);
  for (std::uint32_t left = node[1]; left > 0; --left, child = condition_end(child)) {
    if (one && evaluate(facts, child) != settling) continue;
    collect(facts, child, state, found);
    if (one) return;
  }
}

}  // namespace candor::runtime

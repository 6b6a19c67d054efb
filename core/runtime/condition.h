#pragma once
/// @file Three-valued conditions over facts (Kleene's strong logic): a fact nobody stated or presumed is unknown, not
/// false.
#include <cstdint>

#include "core/runtime/facts.h"

namespace candor::runtime {

/// Facts in the order in which they were first read.
struct FactList : List<std::uint8_t, 64> {
  void add_once(std::uint8_t fact) {
    for (std::uint8_t known : *this)
      if (known == fact) return;
    push(fact);
  }
};

/// What the condition at `node` says of the facts.
Tri evaluate(const Facts& facts, const std::uint8_t* node);

/// Adds the facts of this state on which the result rests, in the order read: of an `all` that holds those of every
/// child, of one that fails those of the first child that fails; of an `any` the other way round; where the result is
/// unknown, those of every child.
void collect(const Facts& facts, const std::uint8_t* node, Value::State state, FactList& found);

/// Adds the facts without which the result would not be certain.
inline void collect_because(const Facts& facts, const std::uint8_t* node, FactList& because) {
  collect(facts, node, Value::State::known, because);
}

/// Adds the unknown facts that could still change an unknown result.
inline void collect_needs(const Facts& facts, const std::uint8_t* node, FactList& needs) {
  collect(facts, node, Value::State::unknown, needs);
}

}  // namespace candor::runtime

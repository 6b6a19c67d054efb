#pragma once
/// @file Three-valued conditions over facts (Kleene's strong logic): a fact nobody stated or presumed is unknown, not
/// false.
#include <cstdint>

#include "core/runtime/facts.h"

namespace candor::runtime {

/// Facts in the order in which they were first read.
struct FactList : List<std::uint8_t, 64> {
  void add_once(std::uint8_t fact) {
    if (!holds(fact)) push(fact);
  }
};

/// Null holds. Children are read in order; `all` stops at the first that fails, `any` at the first that holds.
Tri evaluate(const Facts& facts, const std::uint8_t* condition);

/// Adds to `because` the facts without which the result would not be certain, in the order read: of an `all` that holds
/// those of every child, of one that fails those of the first child that fails; of an `any` the other way round. Where
/// the result is unknown: those of the children that are settled and on which it rests.
void collect_because(const Facts& facts, const std::uint8_t* condition, FactList& because);

/// Adds to `needs` the unknown facts that could still change an unknown result.
void collect_needs(const Facts& facts, const std::uint8_t* condition, FactList& needs);

}  // namespace candor::runtime

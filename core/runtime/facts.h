#pragma once
/// @file Facts: what was stated, what is presumed, what is unknown.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/json_writer.h"
#include "core/runtime/line.h"

namespace candor::runtime {

enum class Tri : std::uint8_t { no, unknown, yes };

inline constexpr std::uint32_t flag_false = 1, flag_true = 2;  ///< masks of a flag

struct Value {
  enum class State : std::uint8_t { unresolved, unknown, silent, known } state;
  bool presumed;
  std::uint32_t bits;  ///< flag, choice and set: a mask; count and date (days since 1970-01-01): a number
  Text text;           ///< as stated; null where presumed

  std::int32_t number() const { return static_cast<std::int32_t>(bits); }
};

/// Reads `text` as a value of `fact`: flags `true` or `false`, choices one name, sets names joined by `,` or `none`,
/// dates YYYY-MM-DD, counts whole numbers from 0. False: it is no value of that fact. Sets are cut up on the way.
bool parse_value(const Book& book, std::uint32_t fact, char* text, Value& value);

/// A fact stated by the operator, an assistant, a channel, a claim of the deployment or the situation.
struct Statement {
  enum class By : std::uint8_t { operator_, assistant, channel, claim, situation } by;
  std::uint8_t fact;
  std::uint8_t index;  ///< of the assistant or channel
  Value value;
};

/// Reads a line that states the fact `name`; false, and a problem, where it is none that can be stated.
bool read_fact(const Book& book, Line& line, Text name, Statement& statement);

/// The facts of one situation, in one channel with one assistant. Presumptions are worked out when first asked for.
class Facts {
 public:
  void begin(const Book& book);
  /// Replaces what was stated before: the nearest statement is told last.
  void state(const Statement& statement) { values_[statement.fact] = statement.value; }
  void state_derived(std::uint32_t fact, std::uint32_t mask) { values_[fact] = {Value::State::known, false, mask, ""}; }
  const Value& value(std::uint32_t fact) const {
    if (values_[fact].state == Value::State::unresolved) presume(fact);
    return values_[fact];
  }
  /// The mask of a fact that is known; every bit where it is not, or where there is no such fact.
  std::uint32_t known_bits(int fact) const {
    if (fact < 0) return ~0u;
    const Value& known = value(static_cast<std::uint32_t>(fact));
    return known.state == Value::State::known ? known.bits : ~0u;
  }
  bool is_true(int fact) const { return fact >= 0 && value(static_cast<std::uint32_t>(fact)).bits == flag_true; }

  /// Writes `fact=value`, with ` (presumed)`, as one JSON string.
  void write(std::uint32_t fact, JsonWriter& out) const;

 private:
  void presume(std::uint32_t fact) const;

  const Book* book_;
  mutable Value values_[256];  ///< a condition names a fact by one byte
};

}  // namespace candor::runtime

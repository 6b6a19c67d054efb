#pragma once
/// @file Writes a decision as JSON: the shape that every consumer builds on.
#include <cstdint>

#include "core/runtime/decide.h"
#include "core/runtime/join.h"
#include "core/runtime/message.h"
#include "core/runtime/sources.h"

namespace candor::runtime {

inline constexpr std::uint32_t max_locales = 40;

/// The languages of an instance.
struct Languages {
  const Locale* locales;
  std::uint32_t count;

  /// The locale that serves `tag` after RFC 4647 lookup: the tag, then shorter and shorter; null where none does.
  const Locale* look_up(Text tag) const;
  /// The first asked-for language that is here, else the deployment's first, else the first of all (`missing` is set
  /// where something was asked for and is not here).
  const Locale* choose(const Situation& situation, const Deployment& deployment, bool& missing) const;
};

struct Answer {
  const Book& book;
  const Sources& sources;
  const Languages& languages;
  const Deployment& deployment;
  const Situation& situation;
  const Decision& decision;
  JsonWriter& out;

  /// The whole envelope: `type`, `warnings`, `value`. After an event `value` holds the decision and the new record.
  void write();
};

/// Writes `"rules"`: the day and the fingerprint of the whole rulebook, `2026.11.20+1a2b3c4d`.
void write_version(const Book& book, JsonWriter& out);

/// The envelope of a refusal.
void write_failure(const Problems& problems, JsonWriter& out);

}  // namespace candor::runtime

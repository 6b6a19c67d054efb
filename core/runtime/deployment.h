#pragma once
/// @file A deployment (`candor.json`) as flattened lines: `deployment.operator.name=Acme`. Compiled in, they stand in
/// section D of a bundle; handed over, in the request. Both are read here, so both decide the same.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/facts.h"
#include "core/runtime/hash.h"
#include "core/runtime/problem.h"

namespace candor::runtime {

struct Assistant {
  Text id, name;
  List<Text, 16> providers;  ///< their names
};

struct Channel {
  Text id;
  int type;  ///< -1: not stated
  List<Text, 8> assistant_ids;
  List<std::uint8_t, 8> assistants;  ///< indices, resolved at the end
};

struct Service {
  std::uint8_t purpose, index;
  Text name, recipient;
};

enum PurposeFlag : std::uint8_t {
  purpose_own_service = 1,
  purpose_shared = 2,
  purpose_sensitive = 4,
  purpose_sells = 8
};

struct Purpose {
  Text id;
  int kind;            ///< -1: not stated
  std::uint8_t flags;  ///< PurposeFlag
};

struct Link {
  Text url, updated;
};

/// A fact stated by the operator, an assistant or a channel.
struct Statement {
  enum class By : std::uint8_t { operator_, assistant, channel } by;
  std::uint8_t index;  ///< of the assistant or channel
  std::uint16_t fact;
  Value value;
};

/// Words of the operator's own in place of a message; plain text.
struct Override {
  Text language, text;
  std::uint16_t message;
};

inline constexpr Words postures = "strict\0exact\0";

struct Deployment {
  bool present = false, handed_over = false;
  bool needs_build = false;  ///< handed over with house rules or patterns, which only a build can read
  Text operator_name = "", contact = "", posture = "";
  List<std::uint16_t, 16> established;  ///< places
  List<Assistant, 16> assistants;
  List<Channel, 24> channels;
  List<Purpose, 48> purposes;
  List<Service, 128> services;
  Link links[max_links] = {};
  std::uint32_t platforms = 0;  ///< mask over the values of fact `platforms`
  List<Text, 40> languages;
  List<Statement, 256> statements;
  List<Override, 256> overrides;
  Fingerprint terms;  ///< of purposes, services, recipients and sharing; of no words, and of no law

  void clear();
  /// Takes one line; `path` is what follows `deployment.` in the key.
  void read(const Book& book, const Key& key, char* path, char* value, Problems& problems);
  /// Resolves references once every line is read.
  void finish(Problems& problems);
};

}  // namespace candor::runtime

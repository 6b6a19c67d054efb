#pragma once
/// @file A deployment (`candor.json`) as flattened lines: `deployment.operator.name=Acme`. Compiled in, they stand in
/// section D of a bundle; handed over, in the request. Both are read here, so both decide the same.
#include <cstddef>
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/date.h"
#include "core/runtime/facts.h"
#include "core/runtime/hash.h"
#include "core/runtime/line.h"

namespace candor::runtime {

/// Whose AI an assistant is.
struct Provider {
  Text id = "", name = "", policy = "";  ///< `id`: its place in the list
};

struct Assistant {
  Text id = "", name = "";
  bool declared = false;  ///< and not only named by a channel
  List<Provider, 16> providers;
};

struct Channel {
  Text id = "";
  int type = -1;                     ///< -1: not stated
  List<std::uint8_t, 8> assistants;  ///< indices
};

struct Service {
  int purpose, index;
  Text name, recipient;
};

/// What `Detail::field` says, in the order in which an answer gives it.
constexpr Words service_fields = "id\0recipient\0country\0name\0policy\0hosts\0storage\0cookies\0";
constexpr int service_hosts = 5, service_cookies = 7;

/// One line on a service: for whoever shows it, or clears what it has left behind. Nothing is decided by it.
struct Detail {
  std::uint16_t service;  ///< its index
  std::uint16_t field;
  Text path, value;  ///< `path`: what follows the field, such as `0.name`
};

enum PurposeFlag : std::uint8_t {
  purpose_own_service = 1,
  purpose_shared = 2,
  purpose_sensitive = 4,
  purpose_sells = 8
};

struct Purpose {
  Text id;
  int kind;   ///< -1: not stated
  int flags;  ///< PurposeFlag
};

struct Link {
  Text url, updated;
};

/// Facts as they were stated.
struct Statements : List<Statement, 256> {
  /// Takes a line that states a fact, whose name is that part of the key.
  void read(Line& line, int part, Statement::By by, std::ptrdiff_t index);
};

/// Words of the operator's own in place of a message; plain text.
struct Override {
  Text language, text;
  std::uint16_t message;
};

/// What somebody answers for by name: a claim that states a fact, or a waiver of a rule.
struct Exception {
  bool waiver;
  bool ignored;  ///< of a waiver: it would lift law
  int index;     ///< as the deployment counts it
  int rule;      ///< of a waiver; -1: it is not in the rulebook
  Text subject, reason, owner, channel;
  char* value;
  Day date, until;  ///< both in it; of a claim `until` may be `no_day`: for good
  Statement claimed;

  bool holds_on(Day day) const { return day >= date && (until == no_day || day <= until) && !ignored; }
};

inline constexpr std::uint32_t max_exceptions = 64;

struct Deployment {
  bool present = false, handed_over = false;
  bool needs_build = false;  ///< handed over with house rules or patterns, which only a build can read
  Text operator_name = "", contact = "", posture = "";
  Fingerprint terms;            ///< of purposes, services, recipients and sharing; of no words, and of no law
  std::uint32_t platforms = 0;  ///< mask over the values of fact `platforms`
  Link links[max_links] = {};
  List<std::uint16_t, 16> established;  ///< places
  List<Text, 40> languages;
  List<Purpose, 48> purposes;
  List<Assistant, 16> assistants;
  List<Channel, 24> channels;
  List<Service, 128> services;
  List<Detail, 1024> details;
  List<Override, 256> overrides;
  List<Exception, max_exceptions> exceptions;
  bool vouched[max_facts] = {};  ///< facts that the page is believed, though they lift duties
  Statements statements;

  void clear();
  /// Takes one line; its path is what follows `deployment.` in the key.
  void read(Line& line);
  /// Checks what holds all together, once every line is read.
  void finish(const Book& book, Problems& problems);
};

/// Takes `strict` or `exact`.
void read_posture(Line& line, Text& posture);

}  // namespace candor::runtime

#pragma once
/// @file A request: lines (line.h), at most 64 KiB.
#include <cstdint>

#include "core/runtime/deployment.h"
#include "core/runtime/facts.h"
#include "core/runtime/line.h"

namespace candor::runtime {

enum class Operation : std::uint8_t { decide, explain, consent, mark, read_marks };
enum class Event : std::uint8_t { none, accept_all, reject_all, choose, withdraw, opt_out };

struct StatedPlace {
  std::uint16_t place;
  std::uint16_t index;  ///< position among the places of the request
};

/// What was stored about one purpose. Empty texts take the record's.
struct PurposeRecord {
  Text id, state, model, at, via;
};

/// The consent record as stored by the widget. What cannot be read counts as unasked.
struct ConsentRecord {
  bool present;
  Text at, terms, via;
  List<PurposeRecord, 96> purposes;

  /// What is stored about a purpose, made where there is nothing; null where there is no more room.
  PurposeRecord* find_or_add(Text id);
};

struct PurposeChoice {
  Text id;
  bool granted;
};

/// An argument of messages that only the host knows, such as the last day on which a contract can be withdrawn from.
struct HostArgument {
  int argument;
  Text text;
  std::int32_t number;  ///< or Day
};

/// One moment: what the core is told.
struct Situation {
  Operation op = Operation::decide;
  bool in_page = false;  ///< any script of the page may have asked, so no fact of it lifts a duty by itself
  Day at = 0;
  Text now = "", channel = "", posture = "", event_now = "";
  Text model = "", output_id = "";  ///< of what is to be marked
  char* content = nullptr;          ///< what marks are to be read from
  Event event = Event::none;
  List<StatedPlace, 32> places;
  List<Text, 40> languages;
  Statements facts;
  List<HostArgument, 8> arguments;
  ConsentRecord consent = {};
  List<PurposeChoice, 48> event_purposes;

  void clear();
};

/// Reads the lines of a bundle's section D into `deployment`.
void read_deployment_lines(const Book& book, char* text, std::uint32_t size, Deployment& deployment, Lines& lines,
                           Problems& problems);

/// Reads a request. Lines under `deployment.` are only taken where no deployment is compiled in.
void read_request(const Book& book, char* text, std::uint32_t size, Situation& situation, Deployment& deployment,
                  Lines& lines, Problems& problems);

}  // namespace candor::runtime

#pragma once
/// @file A request: `key=value` lines, LF, printable UTF-8, at most 64 KiB. Keys are paths; the first `=` splits.
#include <cstdint>

#include "core/runtime/deployment.h"
#include "core/runtime/facts.h"
#include "core/runtime/problem.h"

namespace candor::runtime {

enum class Operation : std::uint8_t { decide, explain, consent };
enum class Event : std::uint8_t { none, accept_all, reject_all, choose, withdraw, opt_out };

struct StatedPlace {
  std::uint16_t place;
  std::uint16_t index;  ///< position among the places of the request
};

struct StatedFact {
  std::uint16_t fact;
  Value value;
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
  Day at = 0;
  Text now = "", channel = "", posture = "", event_now = "";
  Event event = Event::none;
  List<StatedPlace, 32> places;
  List<Text, 32> languages;
  List<StatedFact, 128> facts;
  List<HostArgument, 8> arguments;
  ConsentRecord consent = {};
  List<PurposeChoice, 48> event_purposes;

  void clear();
};

/// Reads lines, cutting them up in place, and refuses what is no printable UTF-8 and keys that stand twice.
class Lines {
 public:
  /// `text` ends with NUL at `size`. False, and a problem, where the lines as a whole are bad.
  bool begin(char* text, std::uint32_t size, Problems& problems);
  /// The next line; false at the end. `path` is the key from its first part on.
  bool next(Key& key, char*& path, char*& value, Problems& problems);

 private:
  static constexpr std::uint32_t slots = 4096, most = 3000;

  bool all_differ(Text text, Problems& problems);

  char* rest_ = nullptr;
  std::uint32_t slot_[slots] = {};  ///< where a line stands, plus 1
};

/// Reads the lines of a bundle's section D into `deployment`.
void read_deployment_lines(const Book& book, char* text, std::uint32_t size, Deployment& deployment, Lines& lines,
                           Problems& problems);

/// Reads a request. Lines under `deployment.` are only taken where no deployment is compiled in.
void read_request(const Book& book, char* text, std::uint32_t size, Situation& situation, Deployment& deployment,
                  Lines& lines, Problems& problems);

}  // namespace candor::runtime

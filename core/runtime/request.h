#pragma once
/// @file A request: `key=value` lines, LF, printable UTF-8, at most 64 KiB. Keys are paths; the first `=` splits.
#include <cstdint>

#include "core/runtime/deployment.h"
#include "core/runtime/facts.h"
#include "core/runtime/problem.h"

namespace candor::runtime {

enum class Op : std::uint8_t { decide, explain, consent };
enum class Posture : std::uint8_t { strict, exact };
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
  bool present = false;
  Text at, terms, via;
  List<PurposeRecord, 48> purposes;
};

struct PurposeChoice {
  Text id;
  bool granted;
};

/// An argument of messages that only the host knows, such as the last day on which a contract can be withdrawn from.
struct HostArgument {
  std::uint8_t argument;  ///< index into argument_names
  Text text;
  std::int32_t number;  ///< or Day
};

/// One moment: what the core is told.
struct Situation {
  Op op = Op::decide;
  Day at = 0;
  Text now, channel;
  List<StatedPlace, 16> places;
  List<Text, 16> languages;
  List<StatedFact, 128> facts;
  Text posture;
  ConsentRecord consent;
  List<HostArgument, 8> arguments;
  Event event = Event::none;
  Text event_now;
  List<PurposeChoice, 48> event_purposes;

  void clear();
};

/// Finds a key that stands twice, without comparing each with each.
class KeySet {
 public:
  void clear();
  /// False: `key` was added before, or there are too many.
  bool add(const Text& key);

 private:
  static constexpr std::uint32_t slots = 4096, most = 3000;
  std::uint32_t size_ = 0;
  std::uint16_t slot_[slots] = {};
  Text keys_[most];
};

/// Reads the lines of a bundle's section D into `deployment`.
void read_deployment_lines(const Book& book, Text lines, Deployment& deployment, KeySet& keys, Problems& problems);

/// Reads a request. Lines under `deployment.` are only taken where no deployment is compiled in.
void read_request(const Book& book, Text lines, Situation& situation, Deployment& deployment, KeySet& keys, Problems& problems);

}  // namespace candor::runtime

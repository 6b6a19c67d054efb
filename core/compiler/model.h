#pragma once
/// @file The rulebook as the compiler holds it: what rule files say, checked and resolved, before it is packed.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace candor::compiler {

using Day = std::int32_t;  ///< days since 1970-01-01, proleptic Gregorian

// --- vocabulary ------------------------------------------------------------------------------------------------------

enum class FactKind : std::uint8_t { flag, choice, set, date, count };

/// One comparison. Flags use `mask` bit 0 for false and bit 1 for true; choices and sets one bit a value, in order.
struct Test {
  enum class Kind : std::uint8_t {
    in,    ///< flag or choice: the value is one of `mask`
    any,   ///< set: shares a value with `mask`
    only,  ///< set: not empty, and no value outside `mask`
    none,  ///< set: empty
    range  ///< count or date: low <= value < high, either end open
  };
  int fact = -1;  ///< index into Rulebook::facts
  Kind kind = Kind::in;
  std::uint32_t mask = 0;
  std::optional<std::int64_t> low, high;
};

/// all / any / not / is, three-valued after Kleene.
struct Condition {
  enum class Op : std::uint8_t { all, any, negate, is } op = Op::all;  ///< an empty `all` always holds
  std::vector<Condition> of;
  Test test;
};

struct FactValue {
  std::uint32_t mask = 0;   ///< flag (bit 0 or bit 1), choice (one bit), set (any bits)
  std::int64_t number = 0;  ///< count, or Day of a date
};

/// `when` absent: holds always. The first presumption that holds decides; `ask` leaves the fact unknown.
struct Presumption {
  std::optional<Condition> when;
  bool ask = false;
  FactValue value;
};

struct Fact {
  std::string name;
  FactKind kind = FactKind::flag;
  std::vector<std::string> values;  ///< choice and set; at most 32
  bool lifts = false;               ///< can only remove duties (design: exceptions with an owner)
  bool derived = false;             ///< channel, assistant, purposes, platforms: computed, never stated
  bool silent = false;              ///< unknown asks nothing: every comparison with it fails
  std::string group, doc;
  std::vector<Presumption> presume;  ///< none: ask
};

struct Place {
  std::string code, name;
  std::vector<int> parents;  ///< indices, direct and indirect
};

/// A law of a place that ends rules of the places that lie in it, as a federal act does with those of states.
struct Preemption {
  int place = 0;
  Day from = 0;                   ///< the first day on which they are no longer in force
  std::vector<std::string> ends;  ///< ids of rules
  std::string note, url, path;
};

/// Closed lists of names, in the order that joins and output follow. Timings, prominences and models go from weak to
/// strong.
struct Vocabulary {
  std::vector<std::string> channel_types, purpose_kinds, timings, prominences, repeats, slots, statements, offers,
      links, actions, marks, forms, block_actions, record_events, blocks, records;
};

struct Topic {
  std::string id;
  std::vector<int> covers;              ///< statements that the opening message already says
  std::vector<std::vector<int>> slots;  ///< a list of slots for each channel type, used where a duty names none
};

/// Statutory wording: verbatim, in its own language.
struct Verbatim {
  std::string id, lang, text;
};

// --- rules -----------------------------------------------------------------------------------------------------------

enum class Severity : std::uint8_t { mandatory, on_request, safe_harbour, litigation_risk, advisory, block, pending };
enum class Layer : std::uint8_t { law, agreement, platform, house };
enum class Binds : std::uint8_t { provider, deployer, controller, operator_ };
enum class DutyKind : std::uint8_t { disclose, consent, mark, offer, block, record, link };
enum class Model : std::uint8_t { none, notice, opt_out, opt_in, prohibited };

struct Source {
  std::string id, law, article, url, confidence;
  Day checked = 0;
  std::string note;  ///< what was verified and how; printed in the reference pages
};

struct PlaceEntry {
  int place = 0;
  Day from = 0;
  std::optional<Day> until;  ///< the last day in force
  std::optional<Day> grace;  ///< the first day on which the rule is enforced
  bool announced = false;    ///< listed as pending before `from`
  int source = -1;           ///< index into Rulebook::sources
};

struct ConsentRow {
  std::vector<int> kinds;  ///< purpose kinds; empty: every kind
  std::optional<bool> own_service, shared, sensitive, sells;
  Model model = Model::opt_in;
  bool honours_gpc = false;
  bool by_parent = false;
};

/// The form a duty takes in one channel, where it differs.
struct ChannelForm {
  int channel = 0;
  std::vector<int> slots, repeat;
  int timing = -1, prominence = -1;
};

struct Duty {
  DutyKind kind = DutyKind::disclose;
  std::optional<Condition> when;
  std::optional<Severity> severity;         ///< replaces the rule's
  std::optional<std::string> lead, within;  ///< ISO 8601, or `businessDays:10`
  // disclose
  int topic = -1, timing = -1, prominence = 0;
  std::vector<int> says, repeat, slots, verbatim;
  std::vector<int> actions;            ///< into offers, then links, then actions, counted on as one list
  std::vector<std::string> languages;  ///< BCP 47; the notice must also stand in these
  bool dismissible = true;
  std::vector<ChannelForm> forms_by_channel;
  // consent
  std::vector<ConsentRow> rows;
  std::string refusal_floor, grant_cap;  ///< ISO 8601 in whole months or days; empty: none
  bool equal_choice = false, gpc_status = false;
  // offer, mark, record, link, block: the index into the matching vocabulary list
  int id = -1;
  std::vector<int> content_types, forms, events;  ///< values of fact contentType; forms of a mark; events of a record
  int block_action = -1;  ///< or, where negative, one block for each value of the set `block_fact` that is stated
  int block_fact = -1;
  std::string until;  ///< what ends a block, e.g. `approvedBy=qualified-person`
  std::string keep;   ///< ISO 8601; how long a record is kept
  int title = -1;     ///< verbatim that titles a link
};

struct Rule {
  std::string id;
  Layer layer = Layer::law;
  Severity severity = Severity::mandatory;
  Binds binds = Binds::operator_;
  bool never = false;                ///< passed, but never took effect: fires nothing
  bool stayed = false;               ///< in force, enforcement stayed by a court
  bool reach_establishment = false;  ///< also applies where the operator is established
  std::vector<PlaceEntry>
      in;  ///< sorted by place code. `*` is the unknown place; for agreement, platform and house: everywhere
  Condition when;
  std::vector<int> modifies;  ///< rules; applies only where one of them does
  std::vector<std::string> modifies_ids;
  std::vector<Duty> duties;
  std::string title, note, file;  ///< for people: reference pages and reports
  std::string path;  ///< where it stands, `law/eu/ai-act.json#/rules/0`; empty where it was read from a pack
};

struct Rulebook {
  Day date = 0;  ///< the day up to which the law was researched
  Vocabulary vocabulary;
  std::vector<Fact> facts;                           ///< the first four are channel, assistant, purposes, platforms
  std::vector<Place> places;                         ///< sorted by code; `*` is first
  std::map<std::string, std::string> place_aliases;  ///< accepted and replaced, e.g. US-PR -> PR
  std::map<std::string, std::string> place_refused;  ///< refused with this fix, e.g. UK -> GB
  std::vector<Preemption> preemptions;
  std::vector<Topic> topics;
  std::vector<Verbatim> verbatim;
  std::vector<Source> sources;  ///< sorted by id
  std::vector<Rule> rules;      ///< sorted by id
};

}  // namespace candor::compiler

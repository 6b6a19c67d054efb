#include "core/runtime/request.h"

#include <cstring>

#include "core/runtime/message.h"
#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

constexpr Words operations = "decide\0explain\0consent\0mark\0read-marks\0";
constexpr Words events = "none\0accept-all\0reject-all\0choose\0withdraw\0opt-out\0";

/// The keys of a request, in the order of `Pattern`.
constexpr Words patterns =
    "op\0host\0at\0now\0place\0channel\0language\0posture\0fact+\0arg+\0event\0event.now+\0event.purposes+\0"
    "consent.at+\0consent.terms+\0consent.via+\0consent.purposes.*+\0consent+\0deployment+\0";
enum Pattern : int {
  op_,
  host_,
  at_,
  now_,
  place_,
  channel_,
  language_,
  posture_,
  fact_,
  argument_,
  event_,
  event_now_,
  event_purpose,
  consent_at,
  consent_terms,
  consent_via,
  consent_purpose,
  consent_other,
  deployment_
};

/// Takes an instant.
void read_instant(Line& line, Text& to) {
  to = line.value;
  if (!is_instant(to)) line.refuse("bad-date", "an instant after RFC 3339");
}

void read_argument(Situation& to, Line& line) {
  switch (index_of(line.parts[0], "model\0id\0content\0")) {
    case 0: to.model = line.value; return;
    case 1: to.output_id = line.value; return;
    case 2: to.content = line.value; return;
    default: break;
  }
  int index = index_of(line.parts[0], argument_names);
  if (index < 0 || (index >= argument_providers && index < argument_hours))
    return line.unknown_key("an argument of a message");
  std::int32_t number = 0;
  if (index == argument_date) number = parse_date(line.value);
  else if (index >= argument_hours) number = whole_number(line.value);
  if (number == no_day || number == -1) return line.refuse("unknown-value", "a whole number or a day");
  HostArgument* added = to.arguments.add();
  line.keep(added);
  if (added) *added = {index, line.value, number};
}

void read_purpose(Situation& to, Line& line) {
  if (is_empty(line.parts[0])) return;
  PurposeRecord* purpose = to.consent.find_or_add(line.parts[0]);
  if (!purpose) return line.keep(false);
  static constexpr Text PurposeRecord::*fields[] = {&PurposeRecord::state, &PurposeRecord::model, &PurposeRecord::at,
                                                    &PurposeRecord::via};
  int field = is_empty(line.parts[1]) ? 0 : index_of(line.parts[1], "state\0model\0at\0via\0");
  if (field >= 0) purpose->*fields[field] = line.value;
}

/// What stood in the request so far.
struct Stated {
  std::uint16_t places = 0;
  bool op = false, at = false;
};

void read_line(Situation& to, Deployment& deployment, Line& line, Stated& stated) {
  Text value = line.value;
  int pattern = line.match(patterns);
  // The record is opaque to hosts and may come from a later version: what else stands in it is left alone.
  to.consent.present |= pattern >= consent_at && pattern <= consent_other;
  switch (pattern) {
    case op_: {
      int op = index_of(value, operations);
      if (op < 0) line.refuse("unknown-op", "decide, explain, consent, mark or read-marks");
      to.op = static_cast<Operation>(op);
      stated.op = true;
      return;
    }
    case host_:
      to.in_page = equal(value, "page");
      if (!to.in_page) line.refuse("unknown-value", "page");
      return;
    case at_:
      stated.at = true;
      to.at = parse_date(value);
      if (to.at == no_day) line.refuse("bad-date", "a day that exists, YYYY-MM-DD");
      return;
    case now_: return read_instant(line, to.now);
    case event_now_: return read_instant(line, to.event_now);
    case place_: {
      line.key.index = stated.places;
      int place = resolve_place(line.book, line);
      if (place >= 0) line.keep(to.places.push({static_cast<std::uint16_t>(place), stated.places}));
      ++stated.places;
      return;
    }
    case channel_: to.channel = value; return;
    case language_: return line.keep(to.languages.push(value));
    case posture_: return read_posture(line, to.posture);
    case fact_: return to.facts.read(line, 0, Statement::By::situation, 0);
    case argument_: return read_argument(to, line);
    case event_: {
      int event = index_of(value, events);
      if (event <= 0) line.refuse("unknown-value", "accept-all, reject-all, choose, withdraw or opt-out");
      to.event = static_cast<Event>(event);
      return;
    }
    case event_purpose: {
      int granted = index_of(value, "denied\0granted\0");
      if (granted < 0) return line.refuse("unknown-value", "granted or denied");
      return line.keep(to.event_purposes.push({line.parts[0], granted == 1}));
    }
    case consent_at: to.consent.at = value; return;
    case consent_terms: to.consent.terms = value; return;
    case consent_via: to.consent.via = value; return;
    case consent_purpose: return read_purpose(to, line);
    case consent_other: return;
    case deployment_:
      line.path = line.parts[0];
      if (deployment.handed_over) return deployment.read(line);
      [[fallthrough]];
    default: line.unknown_key("a key of the request");
  }
}

}  // namespace

PurposeRecord* ConsentRecord::find_or_add(Text id) {
  PurposeRecord* found = purposes.find(id);
  if (found != purposes.end()) return found;
  PurposeRecord* added = purposes.add();
  if (added) *added = {id, "", "", "", ""};
  return added;
}

void Situation::clear() {
  // Nothing but texts and the day may not be zero.
  std::memset(static_cast<void*>(this), 0, sizeof *this);
  at = no_day;
  now = channel = posture = event_now = model = output_id = consent.at = consent.terms = consent.via = "";
}

void read_deployment_lines(const Book& book, char* text, std::uint32_t size, Deployment& deployment, Lines& lines,
                           Problems& problems) {
  deployment.clear();
  if (!lines.begin(text, size, problems)) return;
  Line line{book, problems};
  while (lines.next(line)) {
    if (equal(cut(line.path, '.'), "deployment")) deployment.read(line);
    else line.unknown_key("a key of the deployment");
  }
  deployment.finish(book, problems);
}

void read_request(const Book& book, char* text, std::uint32_t size, Situation& situation, Deployment& deployment,
                  Lines& lines, Problems& problems) {
  situation.clear();
  if (!lines.begin(text, size, problems)) return;
  Line line{book, problems};
  Stated stated;
  while (lines.next(line)) read_line(situation, deployment, line, stated);
  if (!stated.op) problems.add("missing-key", "op", "", "decide, explain, consent, mark or read-marks");
  if (!stated.at && situation.op != Operation::read_marks)
    problems.add("missing-key", "at", "", "a day that exists, YYYY-MM-DD");
  if (deployment.handed_over) deployment.finish(book, problems);
}

}  // namespace candor::runtime

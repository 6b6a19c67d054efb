#include "core/runtime/request.h"

#include "core/runtime/hash.h"
#include "core/runtime/message.h"
#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

constexpr Words ops = "decide explain consent";
constexpr Words events = "none accept-all reject-all choose withdraw opt-out";

/// Printable UTF-8 (RFC 3629) with LF between lines: no control characters, no overlong forms, no surrogates.
bool is_printable_utf8(Text text) {
  auto at = reinterpret_cast<const unsigned char*>(text.data()), end = at + text.size();
  while (at < end) {
    unsigned char lead = *at++;
    if (lead < 0x80) {
      if ((lead < 0x20 && lead != '\n') || lead == 0x7f) return false;
      continue;
    }
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || end - at < more) return false;
    unsigned second = at[0];
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90) ||
        (lead == 0xf4 && second > 0x8f) || (lead == 0xc2 && second < 0xa0))
      return false;
    for (; more > 0; --more)
      if ((*at++ & 0xc0) != 0x80) return false;
  }
  return true;
}

/// Takes the next line that is not empty from the front of `lines`; false at the end.
bool next_line(Text& lines, Text& key, Text& value, Problems& problems) {
  while (!lines.empty()) {
    Text line = take_until(lines, '\n');
    std::size_t equals = line.find('=');
    if (line.empty()) continue;
    if (equals == Text::npos || equals == 0) {
      problems.add("bad-line", "", line, "key=value");
      continue;
    }
    key = line.substr(0, equals);
    value = line.substr(equals + 1);
    return true;
  }
  return false;
}

struct RequestReader {
  const Book& book;
  Situation& situation;
  Deployment& deployment;
  Problems& problems;
  std::uint16_t places = 0;
  bool has_op = false;

  void read(const Text& key, const Text& value) {
    Text rest = key;
    int field = index_of(take_until(rest, '.'), "op at now place channel language posture fact consent arg event deployment");
    if (field < 7 && !rest.empty()) field = -1;
    switch (field) {
      case 0: {
        int op = index_of(value, ops);
        if (op < 0) problems.add("unknown-op", key, value, ops);
        else situation.op = static_cast<Op>(op);
        has_op = true;
        return;
      }
      case 1:
        situation.at = value.size() == 10 ? parse_day(value) : no_day;
        if (situation.at == no_day) problems.add("bad-date", key, value, "a day that exists, YYYY-MM-DD");
        return;
      case 2: return instant(key, value, situation.now);
      case 3: {
        int place = resolve_place(book, value, key, places, problems);
        if (place >= 0) situation.places.push({static_cast<std::uint16_t>(place), places});
        ++places;
        return;
      }
      case 4: situation.channel = value; return;
      case 5: situation.languages.push(value); return;
      case 6:
        situation.posture = value;
        if (index_of(value, postures) < 0) problems.add("unknown-value", key, value, postures);
        return;
      case 7: {
        StatedFact stated{};
        if (read_fact(book, key, rest, value, stated.fact, stated.value, problems) && !situation.facts.push(stated))
          problems.add("too-large", key, rest, "at most 128 stated facts");
        return;
      }
      case 8: return consent(rest, value);
      case 9: return argument(key, rest, value);
      case 10: return event(key, rest, value);
      case 11:
        if (deployment.handed_over) return deployment.read(book, key, rest, value, problems);
        [[fallthrough]];
      default: problems.add("unknown-key", key, key, "a key of the request");
    }
  }

  void instant(const Text& key, const Text& value, Text& to) {
    to = value;
    if (value.size() < 20 || parse_day(value) == no_day) problems.add("bad-date", key, value, "an instant after RFC 3339");
  }

  void event(const Text& key, Text rest, const Text& value) {
    if (is(rest, "now")) return instant(key, value, situation.event_now);
    bool choice = eat(rest, "purposes.");
    int index = index_of(value, choice ? "denied granted" : events);
    if (!choice && !rest.empty()) problems.add("unknown-key", key, key, "a key of the request");
    else if (index < 0 || (!choice && index == 0)) problems.add("unknown-value", key, value, choice ? "granted or denied" : events);
    else if (choice) situation.event_purposes.push({rest, index == 1});
    else situation.event = static_cast<Event>(index);
  }

  void argument(const Text& key, const Text& name, const Text& value) {
    int index = index_of(name, argument_names);
    if (index < 0 || (index >= first_list_argument && index < first_number_argument))
      return problems.add("unknown-key", key, name, "an argument that a message takes from the host");
    HostArgument given{static_cast<std::uint8_t>(index), value, 0};
    if (index == argument_date) given.number = value.size() == 10 ? parse_day(value) : no_day;
    else if (index >= first_number_argument) given.number = static_cast<std::int32_t>(whole_number(value, 9));
    if (given.number == no_day || given.number == -1) problems.add("unknown-value", key, value, "a whole number or a day");
    else situation.arguments.push(given);
  }

  void consent(Text key, const Text& value) {
    ConsentRecord& record = situation.consent;
    record.present = true;
    switch (index_of(take_until(key, '.'), "at terms via purposes")) {
      case 0: record.at = value; return;
      case 1: record.terms = value; return;
      case 2: record.via = value; return;
      case 3: return purpose(record, key, value);
      // The record is opaque to hosts and may come from a later version: what else stands in it is left alone.
      default: return;
    }
  }

  void purpose(ConsentRecord& record, Text key, const Text& value) {
    Text id = take_until(key, '.');
    PurposeRecord* purpose = nullptr;
    for (PurposeRecord& known : record.purposes)
      if (known.id == id) purpose = &known;
    if (!purpose) {
      if (!record.purposes.push({id, {}, {}, {}, {}})) return;
      purpose = record.purposes.end() - 1;
    }
    Text* fields[] = {&purpose->state, &purpose->model, &purpose->at, &purpose->via};
    int field = key.empty() ? 0 : index_of(key, "state model at via");
    if (field >= 0) *fields[field] = value;
  }
};

}  // namespace

void Situation::clear() {
  op = Op::decide;
  at = no_day;
  now = channel = posture = event_now = {};
  places.clear();
  languages.clear();
  facts.clear();
  arguments.clear();
  consent.present = false;
  consent.at = consent.terms = consent.via = {};
  consent.purposes.clear();
  event = Event::none;
  event_purposes.clear();
}

void KeySet::clear() {
  size_ = 0;
  for (std::uint16_t& slot : slot_) slot = 0;
}

bool KeySet::add(const Text& key) {
  if (size_ == most) return false;
  std::uint32_t at = fnv1a(fnv1a_start, key) % slots;
  for (; slot_[at]; at = (at + 1) % slots)
    if (keys_[slot_[at] - 1] == key) return false;
  keys_[size_++] = key;
  slot_[at] = static_cast<std::uint16_t>(size_);
  return true;
}

void read_deployment_lines(const Book& book, Text lines, Deployment& deployment, KeySet& keys, Problems& problems) {
  deployment.clear();
  keys.clear();
  if (!is_printable_utf8(lines)) return problems.add("bad-utf8", "deployment", "", "printable UTF-8");
  for (Text key, value; next_line(lines, key, value, problems);) {
    Text rest = key;
    if (!eat(rest, "deployment.")) problems.add("unknown-key", key, key, "a key of the deployment");
    else if (!keys.add(key)) problems.add("duplicate-key", key, key, "each key once");
    else deployment.read(book, key, rest, value, problems);
  }
  deployment.finish(problems);
}

void read_request(const Book& book, Text lines, Situation& situation, Deployment& deployment, KeySet& keys, Problems& problems) {
  situation.clear();
  keys.clear();
  if (!is_printable_utf8(lines)) return problems.add("bad-utf8", "", "the request", "printable UTF-8 without control characters");
  RequestReader reader{book, situation, deployment, problems};
  for (Text key, value; next_line(lines, key, value, problems);) {
    if (!is(key, "place") && !is(key, "language") && !keys.add(key)) problems.add("duplicate-key", key, key, "each key once");
    else reader.read(key, value);
  }
  if (!reader.has_op) problems.add("missing-key", "op", "", ops);
  if (situation.at == no_day && problems.none()) problems.add("missing-key", "at", "", "a day, YYYY-MM-DD");
  if (deployment.handed_over) deployment.finish(problems);
}

}  // namespace candor::runtime

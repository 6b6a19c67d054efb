#include "core/runtime/request.h"

#include "core/runtime/message.h"
#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

constexpr Words operations = "decide\0explain\0consent\0";
constexpr Words events = "none\0accept-all\0reject-all\0choose\0withdraw\0opt-out\0";

/// Printable UTF-8 (RFC 3629) with LF between lines: no control characters, no overlong forms, no surrogates.
bool is_printable_utf8(Text text, std::uint32_t size) {
  auto at = reinterpret_cast<const unsigned char*>(text), end = at + size;
  while (at < end) {
    unsigned lead = *at++;
    if (lead < 0x80) {
      if ((lead < 0x20 && lead != '\n') || lead == 0x7f) return false;
      continue;
    }
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || end - at < more) return false;
    unsigned code = lead & (0x3fu >> more);
    for (; more > 0; --more, ++at) {
      if ((*at & 0xc0) != 0x80) return false;
      code = code << 6 | (*at & 0x3fu);
    }
    unsigned least = lead >= 0xf0 ? 0x10000 : lead >= 0xe0 ? 0x800 : 0xa0;
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
  }
  return true;
}

struct RequestReader {
  const Book& book;
  Situation& situation;
  Deployment& deployment;
  Problems& problems;
  std::uint16_t places = 0;
  bool has_op = false, has_at = false;

  void read(Key& key, char* path, char* value) {
    int field = index_of(cut(path, '.'),
                         "op\0at\0now\0place\0channel\0language\0posture\0fact\0consent\0arg\0event\0deployment\0");
    if (field < 7 && *path) field = -1;
    switch (field) {
      case 0: {
        int op = index_of(value, operations);
        if (op < 0) problems.add("unknown-op", key, value, "decide, explain or consent");
        else situation.op = static_cast<Operation>(op);
        has_op = true;
        return;
      }
      case 1:
        has_at = true;
        situation.at = length(value) == 10 ? parse_day(value) : no_day;
        if (situation.at == no_day) problems.add("bad-date", key, value, "a day that exists, YYYY-MM-DD");
        return;
      case 2: return instant(key, value, situation.now);
      case 3: {
        key.index = places;
        int place = resolve_place(book, value, key, problems);
        StatedPlace stated{static_cast<std::uint16_t>(place), places++};
        if (place >= 0) keep(situation.places.push(stated), key);
        return;
      }
      case 4: situation.channel = value; return;
      case 5: return keep(situation.languages.push(value), key);
      case 6:
        situation.posture = value;
        if (index_of(value, postures) < 0) problems.add("unknown-value", key, value, "strict or exact");
        return;
      case 7: {
        StatedFact stated;
        if (read_fact(book, key, path, value, stated.fact, stated.value, problems))
          keep(situation.facts.push(stated), key);
        return;
      }
      case 8: return consent(key, path, value);
      case 9: return argument(key, path, value);
      case 10: return event(key, path, value);
      case 11:
        if (deployment.handed_over) return deployment.read(book, key, path, value, problems);
        [[fallthrough]];
      default: problems.add("unknown-key", key, "", "a key of the request");
    }
  }

  /// What there is no room for is refused, never dropped.
  void keep(bool kept, const Key& key) {
    if (!kept) problems.add("too-large", key, "", "fewer of these at once");
  }

  void instant(const Key& key, Text value, Text& to) {
    to = value;
    if (!is_instant(value)) problems.add("bad-date", key, value, "an instant after RFC 3339");
  }

  void event(const Key& key, char* path, Text value) {
    Text first = cut(path, '.');
    if (equal(first, "now")) return instant(key, value, situation.event_now);
    bool choice = equal(first, "purposes");
    if (!choice && !is_empty(first)) return problems.add("unknown-key", key, "", "a key of the request");
    int index = index_of(value, choice ? "denied\0granted\0" : events);
    if (index < !choice)
      problems.add("unknown-value", key, value,
                   choice ? "granted or denied" : "accept-all, reject-all, choose, withdraw or opt-out");
    else if (choice) keep(situation.event_purposes.push({path, index == 1}), key);
    else situation.event = static_cast<Event>(index);
  }

  void argument(const Key& key, Text name, Text value) {
    int index = index_of(name, argument_names);
    if (index < 0 || (index >= argument_providers && index < argument_hours))
      return problems.add("unknown-key", key, name, "an argument that a message takes from the host");
    HostArgument given{index, value, 0};
    if (index == argument_date) given.number = length(value) == 10 ? parse_day(value) : no_day;
    else if (index >= argument_hours) given.number = whole_number(value);
    if (given.number == no_day || given.number == -1)
      problems.add("unknown-value", key, value, "a whole number or a day");
    else keep(situation.arguments.push(given), key);
  }

  void consent(const Key& key, char* path, Text value) {
    ConsentRecord& record = situation.consent;
    record.present = true;
    Text* fields[] = {&record.at, &record.terms, &record.via};
    int field = index_of(cut(path, '.'), "at\0terms\0via\0purposes\0");
    if (field == 3 && *path) {
      Text id = cut(path, '.');
      keep(purpose(record, id, path, value), key);
    }
    // The record is opaque to hosts and may come from a later version: what else stands in it is left alone.
    if (field >= 0 && field < 3) *fields[field] = value;
  }

  static bool purpose(ConsentRecord& record, Text id, Text field_name, Text value) {
    PurposeRecord* purpose = nullptr;
    for (PurposeRecord& known : record.purposes)
      if (equal(known.id, id)) purpose = &known;
    if (!purpose) {
      purpose = record.purposes.add();
      if (!purpose) return false;
      *purpose = {id, "", "", "", ""};
    }
    Text* fields[] = {&purpose->state, &purpose->model, &purpose->at, &purpose->via};
    int field = is_empty(field_name) ? 0 : index_of(field_name, "state\0model\0at\0via\0");
    if (field >= 0) *fields[field] = value;
    return true;
  }
};

}  // namespace

void Situation::clear() {
  op = Operation::decide;
  at = no_day;
  now = channel = posture = event_now = "";
  event = Event::none;
  places.clear();
  languages.clear();
  facts.clear();
  arguments.clear();
  consent.present = false;
  consent.at = consent.terms = consent.via = "";
  consent.purposes.clear();
  event_purposes.clear();
}

bool Lines::begin(char* text, std::uint32_t size, Problems& problems) {
  rest_ = text;
  if (is_printable_utf8(text, size)) return all_differ(text, problems);
  problems.add("bad-utf8", "", "", "printable UTF-8 without control characters");
  return false;
}

/// Looks keys up by their hash, so that a long request does not compare each line with each.
bool Lines::all_differ(Text text, Problems& problems) {
  for (std::uint32_t& slot : slot_) slot = 0;
  std::uint32_t lines = 0;
  for (Text line = text; *line;) {
    std::uint32_t hash = 0;
    Text end = line;
    while (*end && *end != '=' && *end != '\n') hash = hash * 31 + static_cast<unsigned char>(*end++);
    auto size = static_cast<std::uint32_t>(end - line);
    auto repeats = [&](Text word) {
      std::uint32_t same = 0;
      while (same < size && word[same] == line[same]) ++same;
      return same == size && !word[same];
    };
    std::uint32_t at = hash % slots;
    bool twice = false;
    for (; slot_[at] && !twice; at = twice ? at : (at + 1) % slots) {
      Text other = text + slot_[at] - 1;
      std::uint32_t same = 0;
      while (same <= size && other[same] == line[same] && other[same] != '=') ++same;
      twice = same == size && other[same] == '=';
    }
    if (*end == '=' && (twice || ++lines > most) && !repeats("place") && !repeats("language"))
      problems.add(twice ? "duplicate-key" : "too-large", Key{line, size, -1}, "",
                   twice ? "each key once" : "at most 3000 lines");
    else if (!twice && *end == '=') slot_[at] = static_cast<std::uint32_t>(line - text) + 1;
    if (lines > most) return false;
    while (*end && *end != '\n') ++end;
    line = *end ? end + 1 : end;
  }
  return problems.none();
}

bool Lines::next(Key& key, char*& path, char*& value, Problems& problems) {
  while (*rest_) {
    path = rest_;
    cut(rest_, '\n');
    if (!*path) continue;
    value = path;
    cut(value, '=');
    // What was cut off leaves its NUL right before the value.
    bool split = value > path && !value[-1] && *path;
    key = {path, length(path), -1};
    if (split) return true;
    problems.add("bad-line", "", path, "key=value");
  }
  return false;
}

void read_deployment_lines(const Book& book, char* text, std::uint32_t size, Deployment& deployment, Lines& lines,
                           Problems& problems) {
  deployment.clear();
  if (!lines.begin(text, size, problems)) return;
  Key key;
  for (char *path, *value; lines.next(key, path, value, problems);) {
    if (equal(cut(path, '.'), "deployment")) deployment.read(book, key, path, value, problems);
    else problems.add("unknown-key", key, "", "a key of the deployment");
  }
  deployment.finish(problems);
}

void read_request(const Book& book, char* text, std::uint32_t size, Situation& situation, Deployment& deployment,
                  Lines& lines, Problems& problems) {
  situation.clear();
  if (!lines.begin(text, size, problems)) return;
  RequestReader reader{book, situation, deployment, problems};
  Key key;
  for (char *path, *value; lines.next(key, path, value, problems);) reader.read(key, path, value);
  if (!reader.has_op) problems.add("missing-key", "op", "", "decide, explain or consent");
  if (!reader.has_at) problems.add("missing-key", "at", "", "a day, YYYY-MM-DD");
  if (deployment.handed_over) deployment.finish(problems);
}

}  // namespace candor::runtime

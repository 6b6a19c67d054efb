#include "core/runtime/deployment.h"

#include <cstddef>
#include <cstring>
#include <new>

#include "core/runtime/message.h"
#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

/// The keys of a deployment, in the order of `Pattern`.
constexpr Words patterns =
    "posture+\0platforms+\0languages+\0rules+\0places+\0claims.*+\0vouch+\0waivers.*+\0"
    "operator.name\0operator.contact\0operator.established+\0operator.facts+\0"
    "assistants.*.name\0assistants.*.facts+\0assistants.*.providers.*.name\0assistants.*.providers.*.policy\0"
    "assistants.*+\0channels.*.type\0channels.*.facts+\0channels.*.assistant+\0channels.*+\0"
    "purposes.*.services.*+\0purposes.*+\0links.*.url\0links.*.updated\0overrides.*+\0";
enum Pattern : int {
  posture_,
  platforms_,
  languages_,
  rules_,
  places_,
  claims_,
  vouch_,
  waivers_,
  operator_name_,
  operator_contact,
  operator_established,
  operator_facts,
  assistant_name,
  assistant_facts,
  provider_name,
  provider_policy,
  assistant_other,
  channel_type,
  channel_facts,
  channel_assistant,
  channel_other,
  service_field,
  purpose_field,
  link_url,
  link_updated,
  override_
};

/// A line without a value is an empty object, which says nothing wherever it stands.
void refuse_key(Line& line) {
  if (*line.value) line.unknown_key("a key of the deployment");
}

bool check_id(Line& line, Text id) {
  bool good = is_id(id);
  if (!good) line.refuse("bad-id", "lower-case letters, digits and hyphens");
  return good;
}

int one_of(Strings list, Line& line) {
  int found = line.book.find(list, line.value);
  if (found < 0) line.refuse("unknown-value", "a name of the vocabulary");
  return found;
}

/// The item with that id, made where there is none. A problem and null where there is no more room.
template <class T, std::uint32_t N>
T* find_or_add(List<T, N>& list, Text id, Line& line) {
  T* found = list.find(id);
  if (found != list.end()) return found;
  T* added = list.add();
  line.keep(added);
  if (added) (new (added) T)->id = id;
  return added;
}

void read_assistant(Deployment& to, Line& line, int pattern) {
  if (!check_id(line, line.parts[0])) return;
  Assistant* assistant = find_or_add(to.assistants, line.parts[0], line);
  if (!assistant) return;
  assistant->declared = true;
  if (pattern == assistant_facts)
    to.statements.read(line, 1, Statement::By::assistant, assistant - to.assistants.items);
  else if (pattern == assistant_name) assistant->name = line.value;
  else if (pattern == assistant_other) refuse_key(line);
  else if (Provider* provider = find_or_add(assistant->providers, line.parts[1], line))
    (pattern == provider_name ? provider->name : provider->policy) = line.value;
}

void read_channel(Deployment& to, Line& line, int pattern) {
  if (!check_id(line, line.parts[0])) return;
  Channel* channel = find_or_add(to.channels, line.parts[0], line);
  if (!channel) return;
  if (pattern == channel_facts) {
    to.statements.read(line, 1, Statement::By::channel, channel - to.channels.items);
  } else if (pattern == channel_type) {
    channel->type = one_of(Strings::channel_types, line);
  } else if (pattern == channel_assistant) {
    Assistant* assistant = find_or_add(to.assistants, line.value, line);
    if (assistant) line.keep(channel->assistants.push(static_cast<std::uint8_t>(assistant - to.assistants.items)));
  } else {
    refuse_key(line);
  }
}

void add_terms(Fingerprint& terms, int purpose, int service, int field, Text value) {
  terms.add(static_cast<std::uint32_t>(purpose));
  terms.add(static_cast<std::uint32_t>(service));
  terms.add(static_cast<std::uint32_t>(field));
  terms.add(value);
}

void read_service(Deployment& to, Line& line, int purpose) {
  int index = whole_number(line.parts[1]);
  Service* service = to.services.begin();
  while (service != to.services.end() && (service->purpose != purpose || service->index != index)) ++service;
  if (service == to.services.end()) {
    if (index < 0 || !to.services.add()) return line.keep(false);
    *service = {purpose, index, "", ""};
  }
  char* path = line.parts[2];
  int field = index_of(cut(path, '.'), service_fields);
  if (field < 0) return refuse_key(line);
  if (*line.value)
    line.keep(to.details.push({static_cast<std::uint16_t>(service - to.services.begin()),
                               static_cast<std::uint16_t>(field), path, line.value}));
  if (field < 3) add_terms(to.terms, purpose, index, field, line.value);
  if (field == 1) service->recipient = line.value;
  if (field == 3) service->name = line.value;
}

void read_purpose(Deployment& to, Line& line, bool of_service) {
  int index = whole_number(line.parts[0]);
  while (index >= static_cast<int>(to.purposes.size)) {
    Purpose* added = to.purposes.add();
    if (added) *added = {"", -1, 0};
    else index = -1;
  }
  if (index < 0) return line.keep(false);
  if (of_service) return read_service(to, line, index);
  int field = index_of(line.parts[1], "ownService\0shared\0sensitive\0sells\0id\0kind\0");
  if (field < 0) return refuse_key(line);
  add_terms(to.terms, index, none8, field, line.value);
  Purpose& purpose = to.purposes.items[index];
  if (field < 4) {
    int flag = index_of(line.value, "false\0true\0");
    if (flag < 0) line.refuse("wrong-type", "true or false");
    else purpose.flags |= flag << field;
  } else if (field == 5) {
    purpose.kind = one_of(Strings::purpose_kinds, line);
  } else {
    purpose.id = line.value;
    check_id(line, line.value);
  }
}

/// The exception with that number, made where there is none; null where there is no more room.
Exception* find_or_add(Deployment& to, bool waiver, int index) {
  for (Exception& known : to.exceptions)
    if (known.waiver == waiver && known.index == index) return &known;
  Exception* added = to.exceptions.add();
  if (!added) return nullptr;
  added->waiver = waiver;
  added->index = index;
  added->subject = added->reason = added->owner = added->channel = "";
  added->date = added->until = no_day;
  return added;
}

void read_exception(Deployment& to, Line& line, bool waiver) {
  int index = whole_number(line.parts[0]);
  int field = index_of(line.parts[1], waiver ? "rule\0reason\0owner\0date\0until\0"
                                             : "fact\0reason\0owner\0date\0until\0channel\0value\0");
  if (index < 0 || field < 0) return refuse_key(line);
  Exception* exception = find_or_add(to, waiver, index);
  if (!exception) return line.keep(false);
  static constexpr Text Exception::*texts[] = {&Exception::subject, &Exception::reason, &Exception::owner};
  if (field < 3) {
    exception->*texts[field] = line.value;
  } else if (field < 5) {
    Day& day = field == 3 ? exception->date : exception->until;
    day = parse_date(line.value);
    if (day == no_day) line.refuse("bad-date", "a day that exists, YYYY-MM-DD");
  } else if (field == 5) {
    exception->channel = line.value;
  } else {
    exception->value = line.value;
  }
}

void read_vouch(Deployment& to, Line& line) {
  int fact = line.book.find(Strings::facts, line.value);
  if (fact < 0) line.refuse("unknown-fact", "a fact of the vocabulary");
  else to.vouched[fact] = true;
}

void read_link(Deployment& to, Line& line, bool updated) {
  int index = line.book.find(Strings::links, line.parts[0]);
  if (index < 0) return refuse_key(line);
  (updated ? to.links[index].updated : to.links[index].url) = line.value;
}

void read_override(Deployment& to, Line& line) {
  int message = message_index(line.book, line.parts[1]);
  if (message < 0) return refuse_key(line);
  for (Text c = line.value; *c; ++c)
    if (*c == '{' || *c == '}') {
      to.needs_build = true;
      return;
    }
  Override* added = to.overrides.add();
  line.keep(added);
  if (added) *added = {line.parts[0], line.value, static_cast<std::uint16_t>(message)};
}

/// Reads what a claim states, now that all of it is there.
void check_claim(const Book& book, Exception& claim, Problems& problems) {
  constexpr Text path = "deployment.claims";
  int fact = book.find(Strings::facts, claim.subject);
  claim.claimed.by = Statement::By::claim;
  claim.claimed.fact = static_cast<std::uint8_t>(fact);
  if (fact < 0) problems.add("unknown-fact", path, claim.subject, "a fact of the vocabulary");
  else if (!(book.fact(claim.claimed.fact).record->flags & 1))
    problems.add("not-lifting", path, claim.subject, "a fact that lifts duties");
  else if (!parse_value(book, claim.claimed.fact, claim.value, claim.claimed.value))
    problems.add("unknown-value", path, claim.value, "a value of that fact");
}

void check(const Book& book, Exception& exception, Problems& problems) {
  bool whole = !is_empty(exception.subject) && !is_empty(exception.reason) && !is_empty(exception.owner) &&
               exception.date != no_day && (exception.waiver ? exception.until != no_day : exception.value != nullptr);
  if (!whole)
    return problems.add("missing-key", exception.waiver ? "deployment.waivers" : "deployment.claims", exception.subject,
                        "a reason, an owner and its days");
  if (!exception.waiver) return check_claim(book, exception, problems);
  exception.rule = book.find(Strings::rules, exception.subject);
  if (exception.rule >= 0)
    exception.ignored = !(book.rule(static_cast<std::uint32_t>(exception.rule)).record->flags & 8);
}

}  // namespace

void Statements::read(Line& line, int part, Statement::By by, std::ptrdiff_t index) {
  Text name = line.parts[part];
  // As for every key: an empty object says nothing.
  if (!*name && !*line.value) return;
  Statement* added = add();
  line.keep(added);
  if (!added) return;
  added->by = by;
  added->index = static_cast<std::uint8_t>(index);
  if (!read_fact(line.book, line, name, *added)) --size;
}

void read_posture(Line& line, Text& posture) {
  posture = line.value;
  if (index_of(posture, "strict\0exact\0") < 0) line.refuse("unknown-value", "strict or exact");
}

void Deployment::clear() {
  // Nothing but texts may not be zero.
  std::memset(static_cast<void*>(this), 0, sizeof *this);
  operator_name = contact = posture = "";
  for (Link& link : links) link.url = link.updated = "";
  terms.begin();
}

void Deployment::read(Line& line) {
  present = true;
  int pattern = line.match(patterns);
  switch (pattern) {
    case posture_: return read_posture(line, posture);
    case platforms_: {
      Value platform;
      if (parse_value(line.book, fact_platforms, line.value, platform)) platforms |= platform.bits;
      else line.refuse("unknown-value", "a name of the vocabulary");
      return;
    }
    case languages_: return line.keep(languages.push(line.value));
    case rules_: needs_build = true; return;
    case places_: return;
    case claims_:
    case waivers_: return read_exception(*this, line, pattern == waivers_);
    case vouch_: return read_vouch(*this, line);
    case operator_name_: operator_name = line.value; return;
    case operator_contact: contact = line.value; return;
    case operator_established: {
      int place = resolve_place(line.book, line);
      if (place >= 0) line.keep(established.push(static_cast<std::uint16_t>(place)));
      return;
    }
    case operator_facts: return statements.read(line, 0, Statement::By::operator_, 0);
    case assistant_name:
    case assistant_facts:
    case provider_name:
    case provider_policy:
    case assistant_other: return read_assistant(*this, line, pattern);
    case channel_type:
    case channel_facts:
    case channel_assistant:
    case channel_other: return read_channel(*this, line, pattern);
    case service_field:
    case purpose_field: return read_purpose(*this, line, pattern == service_field);
    case link_url:
    case link_updated: return read_link(*this, line, pattern == link_updated);
    case override_: return read_override(*this, line);
    default: refuse_key(line);
  }
}

void Deployment::finish(const Book& book, Problems& problems) {
  if (!present) return;
  if (is_empty(operator_name)) problems.add("missing-key", "deployment.operator.name", "", "the operator's name");
  if (!channels.size) problems.add("missing-key", "deployment.channels", "", "at least one channel");
  for (const Channel& channel : channels)
    if (channel.type < 0) problems.add("missing-key", "deployment.channels", channel.id, "a channel with a type");
  for (const Assistant& assistant : assistants)
    if (!assistant.declared) problems.add("unknown-value", "deployment.channels", assistant.id, "a declared assistant");
  for (const Purpose& purpose : purposes) {
    if (is_empty(purpose.id) || purpose.kind < 0)
      problems.add("missing-key", "deployment.purposes", purpose.id, "a purpose with id and kind");
    if (purposes.find(purpose.id) != &purpose)
      problems.add("duplicate-id", "deployment.purposes", purpose.id, "an id of its own");
  }
  for (Exception& exception : exceptions) {
    check(book, exception, problems);
    // A bundle may have been cut down to places in which the rule does not apply; a whole rulebook has every rule.
    exception.ignored |= exception.waiver && exception.rule < 0 && handed_over;
  }
}

}  // namespace candor::runtime

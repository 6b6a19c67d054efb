#include "core/runtime/deployment.h"

#include "core/runtime/message.h"
#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

/// A position in an array, or -1.
int array_index(Text text) { return whole_number(text); }

/// The item named `id`, made where there is none; null where there is no more room or `id` is no id.
template <class T, std::uint32_t N>
T* find_or_add(List<T, N>& list, Text id) {
  for (T& item : list)
    if (equal(item.id, id)) return &item;
  T* added = is_id(id) ? list.add() : nullptr;
  if (added) {
    *added = {};
    added->id = id;
    if constexpr (requires { added->name; }) added->name = "";
  }
  return added;
}

/// One line on its way into the deployment.
struct Line {
  Deployment& to;
  const Book& book;
  const Key& key;
  char* value;
  Problems& problems;

  void refuse(Text code, Text expected) { problems.add(code, key, value, expected); }
  /// A line without a value is an empty object, which says nothing wherever it stands.
  void unknown_key() {
    if (*value) problems.add("unknown-key", key, "", "a key of the deployment");
  }
  void bad_id() {
    refuse("bad-id", "lower-case letters, digits and hyphens, and not more than the runtime has room for");
  }

  /// What there is no room for is refused, never dropped.
  void keep(bool kept) {
    if (!kept) refuse("too-large", "fewer of these");
  }

  int one_of(Strings list) {
    int found = book.find(list, value);
    if (found < 0) refuse("unknown-value", "a name of the vocabulary");
    return found;
  }

  void fact(Statement::By by, std::uint32_t index, Text name) {
    if (!*name) return unknown_key();
    Statement statement{by, static_cast<std::uint8_t>(index), 0, {}};
    if (read_fact(book, key, name, value, statement.fact, statement.value, problems))
      keep(to.statements.push(statement));
  }

  void operator_(Text field, char* path) {
    if (equal(field, "facts")) return fact(Statement::By::operator_, 0, path);
    if (equal(field, "established")) {
      int place = resolve_place(book, value, key, problems);
      if (place >= 0) keep(to.established.push(static_cast<std::uint16_t>(place)));
      return;
    }
    int index = *path ? -1 : index_of(field, "name\0contact\0");
    if (index < 0) return unknown_key();
    (index ? to.contact : to.operator_name) = value;
  }

  void assistant(Text id, char* path) {
    Assistant* assistant = find_or_add(to.assistants, id);
    if (!assistant) return bad_id();
    Text field = cut(path, '.');
    if (equal(field, "facts"))
      return fact(Statement::By::assistant, static_cast<std::uint32_t>(assistant - to.assistants.items), path);
    if (equal(field, "providers")) {
      cut(path, '.');
      int index = index_of(path, "name\0policy\0");
      if (index < 0) return unknown_key();
      if (!index) keep(assistant->providers.push(value));
      return;
    }
    if (*path || !equal(field, "name")) return unknown_key();
    assistant->name = value;
  }

  void channel(Text id, char* path) {
    std::uint32_t before = to.channels.size;
    Channel* channel = find_or_add(to.channels, id);
    if (!channel) return bad_id();
    if (before != to.channels.size) channel->type = -1;
    Text field = cut(path, '.');
    if (equal(field, "facts"))
      return fact(Statement::By::channel, static_cast<std::uint32_t>(channel - to.channels.items), path);
    if (equal(field, "assistant")) {
      return keep(channel->assistant_ids.push(value));
    }
    if (*path || !equal(field, "type")) return unknown_key();
    channel->type = one_of(Strings::channel_types);
  }

  void terms(int purpose, int service, int field) {
    to.terms.add(static_cast<std::uint32_t>(purpose));
    to.terms.add(static_cast<std::uint32_t>(service));
    to.terms.add(static_cast<std::uint32_t>(field));
    to.terms.add(value);
  }

  void service(int purpose, char* path) {
    int index = array_index(cut(path, '.'));
    Service* service = nullptr;
    for (Service& known : to.services)
      if (known.purpose == purpose && known.index == index) service = &known;
    if (!service && index >= 0) {
      service = to.services.add();
      if (service) *service = {static_cast<std::uint8_t>(purpose), static_cast<std::uint8_t>(index), "", ""};
    }
    if (!service) return keep(false);
    int field = index_of(cut(path, '.'), "id\0recipient\0country\0name\0policy\0hosts\0cookies\0storage\0");
    if (field < 0) return unknown_key();
    if (field < 3) terms(purpose, index, field);
    if (field == 1) service->recipient = value;
    if (field == 3) service->name = value;
  }

  void purpose(Text position, char* path) {
    int index = array_index(position);
    while (index >= static_cast<int>(to.purposes.size) && to.purposes.push({"", -1, 0})) {
    }
    if (index < 0 || index >= static_cast<int>(to.purposes.size)) return keep(false);
    Text name = cut(path, '.');
    if (equal(name, "services")) return service(index, path);
    int field = *path ? -1 : index_of(name, "ownService\0shared\0sensitive\0sells\0id\0kind\0");
    if (field < 0) return unknown_key();
    terms(index, none8, field);
    Purpose& purpose = to.purposes[static_cast<std::uint32_t>(index)];
    if (field < 4) {
      int flag = index_of(value, "false\0true\0");
      if (flag < 0) refuse("wrong-type", "true or false");
      else purpose.flags = static_cast<std::uint8_t>(purpose.flags | flag << field);
    } else if (field == 5) {
      purpose.kind = one_of(Strings::purpose_kinds);
    } else {
      purpose.id = value;
      if (!is_id(value)) bad_id();
    }
  }

  void link(Text id, Text field_name) {
    int index = book.find(Strings::links, id), field = index_of(field_name, "url\0updated\0");
    if (index < 0 || index >= static_cast<int>(max_links) || field < 0) return unknown_key();
    (field ? to.links[index].updated : to.links[index].url) = value;
  }

  void override(Text language, char* message_key) {
    int message = message_index(book, message_key);
    if (message < 0) return unknown_key();
    bool pattern = false;
    for (Text c = value; *c; ++c) pattern |= *c == '{' || *c == '}';
    to.needs_build |= pattern;
    if (!pattern) keep(to.overrides.push({language, value, static_cast<std::uint16_t>(message)}));
  }

  void platform() {
    Value platform;
    if (parse_value(book, fact_platforms, value, platform)) to.platforms |= platform.bits;
    else refuse("unknown-value", "a platform");
  }
};

}  // namespace

void Deployment::clear() {
  present = handed_over = needs_build = false;
  operator_name = contact = posture = "";
  established.clear();
  assistants.clear();
  channels.clear();
  purposes.clear();
  services.clear();
  for (Link& link : links) link = {"", ""};
  platforms = 0;
  languages.clear();
  statements.clear();
  overrides.clear();
  terms.begin();
}

void Deployment::read(const Book& book, const Key& key, char* path, char* value, Problems& problems) {
  present = true;
  Line line{*this, book, key, value, problems};
  Text first = cut(path, '.');
  int field = index_of(first,
                       "posture\0platforms\0languages\0rules\0places\0claims\0vouch\0waivers\0operator\0assistants\0cha"
                       "nnels\0purposes\0links\0overrides\0");
  switch (field) {
    case 0:
      posture = value;
      if (index_of(value, postures) < 0) line.refuse("unknown-value", "strict or exact");
      return;
    case 1: return line.platform();
    case 2: return line.keep(languages.push(value));
    case 3: needs_build = true; return;
    case -1: return line.unknown_key();
    default: break;
  }
  if (field < 8) return;
  Text second = cut(path, '.');
  switch (field) {
    case 8: return line.operator_(second, path);
    case 9: return line.assistant(second, path);
    case 10: return line.channel(second, path);
    case 11: return line.purpose(second, path);
    case 12: return line.link(second, path);
    default: line.override(second, path);
  }
}

void Deployment::finish(Problems& problems) {
  if (!present) return;
  if (is_empty(operator_name)) problems.add("missing-key", "deployment.operator.name", "", "the operator's name");
  if (!channels.size) problems.add("missing-key", "deployment.channels", "", "at least one channel");
  for (Channel& channel : channels) {
    if (channel.type < 0) problems.add("missing-key", "deployment.channels", channel.id, "a channel with a type");
    for (Text id : channel.assistant_ids) {
      std::uint32_t found = 0;
      while (found < assistants.size && !equal(assistants[found].id, id)) ++found;
      if (found == assistants.size)
        problems.add("unknown-value", "deployment.channels", id, "the id of a declared assistant");
      else channel.assistants.push(static_cast<std::uint8_t>(found));
    }
  }
  for (const Purpose& purpose : purposes) {
    if (is_empty(purpose.id) || purpose.kind < 0)
      problems.add("missing-key", "deployment.purposes", purpose.id, "a purpose with id and kind");
    for (const Purpose* before = purposes.begin(); before < &purpose; ++before)
      if (equal(before->id, purpose.id))
        problems.add("duplicate-id", "deployment.purposes", purpose.id, "an id of its own");
  }
}

}  // namespace candor::runtime

#include "core/runtime/deployment.h"

#include "core/runtime/hash.h"
#include "core/runtime/message.h"
#include "core/runtime/places.h"

namespace candor::runtime {
namespace {

/// A position in an array, or -1.
int array_index(const Text& text) { return static_cast<int>(whole_number(text, 3)); }

/// The next part of a path, with its dot where more follows; `key` keeps what follows.
Text branch(Text& key) {
  const char* from = key.data();
  std::size_t whole = key.size(), size = take_until(key, '.').size();
  return {from, size < whole ? size + 1 : size};
}

template <class T, std::uint32_t N>
int find_or_add(List<T, N>& list, const Text& id) {
  for (std::uint32_t i = 0; i < list.size; ++i)
    if (list[i].id == id) return static_cast<int>(i);
  T added{};
  added.id = id;
  if constexpr (std::is_same_v<T, Channel>) added.type = -1;
  return list.push(added) ? static_cast<int>(list.size - 1) : -1;
}

/// One line on its way into the deployment.
struct Line {
  Deployment& to;
  const Book& book;
  const Text &whole_key, &value;
  Problems& problems;

  void refuse(const char* code, const char* expected) { problems.add(code, whole_key, value, expected); }
  void unknown_key() { problems.add("unknown-key", whole_key, whole_key, "a key of the deployment"); }

  bool flag() {
    int index = index_of(value, "false true");
    if (index < 0) refuse("wrong-type", "true or false");
    return index > 0;
  }

  int one_of(Strings list) {
    int found = book.find(list, value);
    if (found < 0) refuse("unknown-value", "a name of the vocabulary");
    return found;
  }

  void fact(Statement::By by, int index, const Text& name) {
    Statement statement{by, static_cast<std::uint8_t>(index), 0, {}};
    if (read_fact(book, whole_key, name, value, statement.fact, statement.value, problems) && !to.statements.push(statement))
      refuse("too-large", "at most 256 stated facts");
  }

  void operator_(Text key) {
    switch (index_of(branch(key), "name contact facts. established.")) {
      case 0: to.operator_name = value; return;
      case 1: to.contact = value; return;
      case 2: return fact(Statement::By::operator_, 0, key);
      case 3:
        if (int place = resolve_place(book, value, whole_key, -1, problems); place >= 0) to.established.push(static_cast<std::uint16_t>(place));
        return;
      default: unknown_key();
    }
  }

  void assistant(Text key) {
    Text id = take_until(key, '.');
    int index = is_id(id) ? find_or_add(to.assistants, id) : -1;
    if (index < 0) return refuse("bad-id", "lower-case letters, digits and hyphens; at most 16 assistants");
    Assistant& assistant = to.assistants[static_cast<std::uint32_t>(index)];
    switch (index_of(branch(key), "name facts. providers.")) {
      case 0: assistant.name = value; return;
      case 1: return fact(Statement::By::assistant, index, key);
      case 2:
        take_until(key, '.');
        if (is(key, "name")) assistant.providers.push(value);
        else if (!is(key, "policy")) unknown_key();
        return;
      default: unknown_key();
    }
  }

  void channel(Text key) {
    Text id = take_until(key, '.');
    int index = is_id(id) ? find_or_add(to.channels, id) : -1;
    if (index < 0) return refuse("bad-id", "lower-case letters, digits and hyphens; at most 24 channels");
    Channel& channel = to.channels[static_cast<std::uint32_t>(index)];
    switch (index_of(branch(key), "type assistant assistant. facts.")) {
      case 0: channel.type = one_of(Strings::channel_types); return;
      case 1:
      case 2: channel.assistant_ids.push(value); return;
      case 3: return fact(Statement::By::channel, index, key);
      default: unknown_key();
    }
  }

  void service(int purpose, Text key) {
    int index = array_index(take_until(key, '.'));
    Service* service = nullptr;
    for (Service& known : to.services)
      if (known.purpose == purpose && known.index == index) service = &known;
    if (!service) {
      if (index < 0 || !to.services.push({static_cast<std::uint8_t>(purpose), static_cast<std::uint8_t>(index), {}, {}}))
        return refuse("too-large", "at most 128 services");
      service = to.services.end() - 1;
    }
    int field = index_of(branch(key), "id recipient country name policy hosts. cookies. storage.");
    if (field >= 0 && field < 3) hash_line(to.terms, whole_key, value);
    if (field == 1) service->recipient = value;
    else if (field == 3) service->name = value;
    else if (field < 0) unknown_key();
  }

  void purpose(Text key) {
    int index = array_index(take_until(key, '.'));
    while (index >= static_cast<int>(to.purposes.size) && to.purposes.push({{}, -1, false, false, false, false})) {}
    if (index < 0 || index >= static_cast<int>(to.purposes.size)) return refuse("too-large", "at most 48 purposes");
    int field = index_of(branch(key), "services. id kind ownService shared sells sensitive");
    if (field == 0) return service(index, key);
    hash_line(to.terms, whole_key, value);
    Purpose& purpose = to.purposes[static_cast<std::uint32_t>(index)];
    bool* flags[] = {&purpose.own_service, &purpose.shared, &purpose.sells, &purpose.sensitive};
    if (field < 0) return unknown_key();
    if (field >= 3) {
      *flags[field - 3] = flag();
    } else if (field == 2) {
      purpose.kind = one_of(Strings::purpose_kinds);
    } else {
      purpose.id = value;
      if (!is_id(value)) refuse("bad-id", "lower-case letters, digits and hyphens");
    }
  }

  void link(Text key) {
    int index = book.find(Strings::links, take_until(key, '.')), field = index_of(key, "url updated");
    if (index < 0 || index >= static_cast<int>(max_links) || field < 0) return unknown_key();
    (field ? to.links[index].updated : to.links[index].url) = value;
  }

  void override(Text key) {
    Text language = take_until(key, '.');
    int message = message_index(book, key);
    if (message < 0) unknown_key();
    else if (value.find('{') != Text::npos || value.find('}') != Text::npos) to.needs_build = true;
    else to.overrides.push({language, value, static_cast<std::uint16_t>(message)});
  }

  void platform() {
    Value platform;
    if (parse_value(book, fact_platforms, value, platform)) to.platforms |= platform.mask;
    else refuse("unknown-value", "a platform");
  }
};

}  // namespace

void Deployment::clear() {
  present = handed_over = needs_build = false;
  operator_name = contact = posture = {};
  established.clear();
  assistants.clear();
  channels.clear();
  purposes.clear();
  services.clear();
  for (Link& link : links) link = {};
  platforms = 0;
  languages.clear();
  statements.clear();
  overrides.clear();
  hash_begin(terms);
}

void Deployment::read(const Book& book, const Text& whole_key, Text key, const Text& value, Problems& problems) {
  present = true;
  Line line{*this, book, whole_key, value, problems};
  switch (index_of(branch(key), "operator. assistants. channels. purposes. links. overrides. languages. platforms. posture rules. places. claims. vouch. waivers.")) {
    case 0: return line.operator_(key);
    case 1: return line.assistant(key);
    case 2: return line.channel(key);
    case 3: return line.purpose(key);
    case 4: return line.link(key);
    case 5: return line.override(key);
    case 6: languages.push(value); return;
    case 7: return line.platform();
    case 8:
      posture = value;
      if (index_of(value, postures) < 0) line.refuse("unknown-value", "strict or exact");
      return;
    case 9: needs_build = true; return;
    case -1: return line.unknown_key();
    default: return;
  }
}

void Deployment::finish(Problems& problems) {
  if (!present) return;
  if (operator_name.empty()) problems.add("missing-key", "deployment.operator.name", "", "the operator's name");
  if (!channels.size) problems.add("missing-key", "deployment.channels", "", "at least one channel");
  for (Channel& channel : channels) {
    if (channel.type < 0) problems.add("missing-key", "deployment.channels", channel.id, "a channel with a type");
    channel.assistants.clear();
    for (Text id : channel.assistant_ids) {
      int found = -1;
      for (std::uint32_t i = 0; i < assistants.size; ++i)
        if (assistants[i].id == id) found = static_cast<int>(i);
      if (found < 0) problems.add("unknown-value", "deployment.channels", id, "the id of a declared assistant");
      else channel.assistants.push(static_cast<std::uint8_t>(found));
    }
  }
  for (std::uint32_t i = 0; i < purposes.size; ++i) {
    if (purposes[i].id.empty() || purposes[i].kind < 0) problems.add("missing-key", "deployment.purposes", purposes[i].id, "a purpose with id and kind");
    for (std::uint32_t j = 0; j < i; ++j)
      if (purposes[j].id == purposes[i].id) problems.add("duplicate-id", "deployment.purposes", purposes[i].id, "an id of its own");
  }
}

}  // namespace candor::runtime

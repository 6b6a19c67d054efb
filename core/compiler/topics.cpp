#include "core/compiler/topics.h"

#include <iterator>

#include "core/compiler/input.h"
#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

constexpr std::string_view other_channels = "*";

struct List {
  const char* key;
  std::vector<std::string> Vocabulary::*names;
};
constexpr List lists[] = {
    {"channelTypes", &Vocabulary::channel_types},
    {"purposeKinds", &Vocabulary::purpose_kinds},
    {"timings", &Vocabulary::timings},
    {"prominences", &Vocabulary::prominences},
    {"repeats", &Vocabulary::repeats},
    {"slots", &Vocabulary::slots},
    {"statements", &Vocabulary::statements},
    {"offers", &Vocabulary::offers},
    {"links", &Vocabulary::links},
    {"actions", &Vocabulary::actions},
    {"marks", &Vocabulary::marks},
    {"forms", &Vocabulary::forms},
    {"blockActions", &Vocabulary::block_actions},
    {"recordEvents", &Vocabulary::record_events},
    {"blocks", &Vocabulary::blocks},
    {"records", &Vocabulary::records},
};

void read_topic(const Json& json, const std::string& path, Rulebook& rulebook, Issues& issues) {
  const Vocabulary& words = rulebook.vocabulary;
  ObjectReader reader(json, path, issues);
  Topic topic;
  topic.id = reader.required_string("id");
  if (!topic.id.empty() && !is_id(topic.id))
    reader.report("bad-id", pointer(path, "id"),
                  in_backticks(topic.id) + " is no id, expected lower-case words joined by `-`");
  if (find_topic(rulebook, topic.id) >= 0)
    reader.report("duplicate-id", pointer(path, "id"), "there is already a topic " + in_backticks(topic.id));
  topic.covers = reader.indices("covers", words.statements);
  topic.slots.resize(words.channel_types.size());
  if (reader.required("slots")) {
    ObjectReader by_channel(*reader.raw("slots"), pointer(path, "slots"), issues);
    const std::vector<int> others = by_channel.indices(other_channels, words.slots);
    for (std::size_t i = 0; i < words.channel_types.size(); ++i) {
      const std::string& channel = words.channel_types[i];
      topic.slots[i] = by_channel.has(channel) ? by_channel.indices(channel, words.slots) : others;
    }
    by_channel.finish();
  }
  reader.finish();
  rulebook.topics.push_back(std::move(topic));
}

}  // namespace

void read_vocabulary(const Json& document, const std::string& path, Rulebook& rulebook, Issues& issues) {
  ObjectReader reader(document, path, issues);
  if (reader.required("date")) rulebook.date = reader.date("date").value_or(0);
  for (const List& list : lists) {
    if (!reader.required(list.key)) continue;
    std::vector<std::string>& names = rulebook.vocabulary.*list.names;
    names = reader.strings(list.key);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!is_id(names[i]) && !(list.names == &Vocabulary::repeats && is_duration(names[i])))
        reader.report("bad-name", pointer(pointer(path, list.key), i),
                      in_backticks(names[i]) + " is no name, expected lower-case words joined by `-`");
  }
  reader.finish();
}

void read_topics(const Json& document, const std::string& path, Rulebook& rulebook, Issues& issues) {
  ObjectReader reader(document, path, issues);
  reader.required("topics");
  reader.objects("topics", [&](const Json& json, const std::string& at) { read_topic(json, at, rulebook, issues); });
  reader.finish();
}

int find_topic(const Rulebook& rulebook, std::string_view id) {
  for (std::size_t i = 0; i < rulebook.topics.size(); ++i)
    if (rulebook.topics[i].id == id) return static_cast<int>(i);
  return -1;
}

}  // namespace candor::compiler

#include "core/compiler/locale.h"

#include <algorithm>

#include "core/compiler/icu.h"
#include "core/compiler/reader.h"
#include "core/compiler/words.h"

namespace candor::compiler {

std::vector<std::string> message_keys(const Rulebook& rulebook) {
  const Vocabulary& words = rulebook.vocabulary;
  std::vector<std::string> keys;
  const auto add = [&keys](const std::string& prefix, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) keys.push_back(prefix + id);
  };
  for (const Topic& topic : rulebook.topics) add(topic.id + '.', {"title", "body", "short", "spoken"});
  add("says.", words.statements);
  add("offer.", words.offers);
  add("link.", words.links);
  add("action.", words.actions);
  add("mark.", words.marks);
  for (const std::string& block : words.blocks) add("block." + block + '.', {"title", "body"});
  add("purpose.", words.purpose_kinds);
  return keys;
}

std::uint8_t needed_plurals(const Locale& locale) {
  unsigned categories = 0;
  for (std::uint8_t category : locale.plural) categories |= 1u << category;
  return static_cast<std::uint8_t>(categories);
}

int find_locale(const std::vector<Locale>& locales, std::string_view tag) {
  for (;;) {
    for (std::size_t i = 0; i < locales.size(); ++i)
      if (locales[i].tag == tag) return static_cast<int>(i);
    for (std::size_t i = 0; i < locales.size(); ++i)
      if (std::count(locales[i].aliases.begin(), locales[i].aliases.end(), tag)) return static_cast<int>(i);
    const std::size_t last = tag.rfind('-');
    if (last == std::string_view::npos) return -1;
    tag = tag.substr(0, last);
  }
}

void read_messages(const Json& document, const std::string& file, const Rulebook& rulebook, Locale& locale,
                   Issues& issues) {
  const std::vector<std::string> keys = message_keys(rulebook);
  const std::uint8_t plurals = needed_plurals(locale);
  locale.messages.assign(keys.size(), {});
  std::vector<bool> seen(keys.size());
  ObjectReader reader(document, file + '#', issues);
  const std::string tag = reader.required_string("tag");
  if (tag != locale.tag)
    reader.report("wrong-tag", pointer(reader.path(), "tag"), "found `" + tag + "`, expected the tag of the file",
                  locale.tag);
  reader.members("messages", [&](const std::string& key, const Json& value, const std::string& path) {
    const auto found = std::find(keys.begin(), keys.end(), key);
    const bool of_widget = key.rfind("ui.", 0) == 0;
    if (found == keys.end() && !of_widget)
      return reader.report("unknown-key", path, "`" + key + "` is no message key", nearest(key, keys));
    if (!value.is(Json::Kind::string)) return reader.report("wrong-type", path, "a message must be a string");
    lint_words(locale.tag, key, value.string, issues, path);
    const auto code = compile_message(value.string, plurals, path, issues);
    if (found == keys.end()) return;
    const auto index = static_cast<std::size_t>(found - keys.begin());
    seen[index] = true;
    if (code) locale.messages[index] = *code;
  });
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool optional = keys[i].ends_with(".short") || keys[i].ends_with(".spoken");
    if (!seen[i] && !optional)
      reader.report("missing-message", pointer(file + '#', "messages"), "there is no message for `" + keys[i] + "`");
  }
  reader.finish();
}

}  // namespace candor::compiler

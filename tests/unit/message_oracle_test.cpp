/// @file Every message in every language, with many sets of arguments: our runtime says what ICU's MessageFormat says.
#include <gtest/gtest.h>
#include <unicode/listformatter.h>
#include <unicode/msgfmt.h>
#include <unicode/timezone.h>

#include <memory>

#include "core/compiler/icu.h"
#include "core/compiler/icu_bake.h"
#include "core/compiler/pack.h"
#include "core/compiler/reader.h"
#include "core/runtime/message.h"
#include "tests/unit/repository.h"

namespace candor::compiler {
namespace {

constexpr int texts = 7, lists = 3, numbers = 3;

/// One set of arguments, in the order of message_arguments.
struct ArgumentSet {
  std::array<std::string, texts> text;
  std::array<std::vector<std::string>, lists> list;
  std::array<std::int32_t, numbers> number;
  std::int32_t date;
};

const std::vector<std::vector<std::string>> item_lists = {{},
                                                          {"Anthropic, PBC"},
                                                          {"Acme", "Intercom"},
                                                          {"Acme", "Hielo", "Inés & Söhne"},
                                                          {"A", "B", "C", "Ida"},
                                                          {"日本", "العربية", "C", "{D}", "hi"}};

std::vector<ArgumentSet> argument_sets(const Rulebook& rulebook) {
  const std::vector<std::int32_t> counts = {0, 1, 2, 3, 5, 10, 11, 21, 100, 101, 1000, 1234567, 1000000};
  std::vector<std::int32_t> days;
  for (const char* date :
       {"2026-01-01", "2026-02-28", "2024-02-29", "2026-03-31", "2026-04-05", "2026-05-01", "2026-06-30", "2026-07-04",
        "2026-08-02", "2026-09-09", "2026-10-31", "2026-11-20", "2026-12-31", "1999-12-31"})
    days.push_back(*parse_date(date));
  const ArgumentSet plain = {
      {"Acme GmbH", "Ada", "privacy@acme.example", "chat-widget", "dns-change", "six months", "yes"},
      {item_lists[2], item_lists[3], item_lists[4]},
      {2, 30, 5},
      days[0]};
  std::vector<ArgumentSet> sets = {plain};
  const auto add = [&](auto change) { change(sets.emplace_back(plain)); };
  add([](ArgumentSet& set) { set.text = {"'{operator}' # <b>\"\\", "{assistant", "a|b", "", "", "", ""}; });
  for (const std::string& channel : rulebook.vocabulary.channel_types)
    for (const char* named : {"yes", "no"})
      add([&](ArgumentSet& set) {
        set.text[3] = channel;
        set.text[6] = named;
      });
  for (const std::string& action : rulebook.vocabulary.block_actions)
    add([&](ArgumentSet& set) { set.text[4] = action; });
  for (std::int32_t count : counts) add([&](ArgumentSet& set) { set.number = {count, count, count}; });
  for (std::int32_t day : days) add([&](ArgumentSet& set) { set.date = day; });
  for (const auto& list : item_lists) add([&](ArgumentSet& set) { set.list = {list, list, list}; });
  return sets;
}

icu::UnicodeString utf16(const std::string& text) { return icu::UnicodeString::fromUTF8(text); }

/// ICU's side: one message of one language.
class Oracle {
 public:
  Oracle(const std::string& pattern, const icu::Locale& locale)
      : format_(utf16(pattern), locale, status_),
        list_(icu::ListFormatter::createInstance(locale, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, status_)) {
    for (const MessageArgument& argument : message_arguments) names_.push_back(utf16(std::string(argument.name)));
  }

  std::string say(const ArgumentSet& set) {
    std::vector<icu::Formattable> values;
    for (const std::string& text : set.text) values.emplace_back(utf16(text));
    for (const auto& items : set.list) {
      std::vector<icu::UnicodeString> each;
      for (const std::string& item : items) each.push_back(utf16(item));
      icu::UnicodeString joined;
      list_->format(each.data(), static_cast<std::int32_t>(each.size()), joined, status_);
      values.emplace_back(joined);
    }
    for (std::int32_t number : set.number) values.emplace_back(number);
    values.emplace_back(set.date * 86400000.0, icu::Formattable::kIsDate);
    icu::UnicodeString out;
    format_.format(names_.data(), values.data(), static_cast<std::int32_t>(values.size()), out, status_);
    std::string said;
    out.toUTF8String(said);
    return U_SUCCESS(status_) ? said : u_errorName(status_);
  }

 private:
  UErrorCode status_ = U_ZERO_ERROR;
  icu::MessageFormat format_;
  std::unique_ptr<icu::ListFormatter> list_;
  std::vector<icu::UnicodeString> names_;
};

/// Our side: the runtime over a packed language.
class Speaker {
 public:
  Speaker(const Locale& locale, const Rulebook& rulebook) : pack_(pack_locale(locale, rulebook)) {
    const std::size_t before = runtime::header_size + runtime::section_header_size;
    EXPECT_TRUE(locale_->load({reinterpret_cast<const std::uint8_t*>(pack_.data()) + before,
                               static_cast<std::uint32_t>(pack_.size() - before)}));
  }

  std::string say(const std::string& bytecode, const ArgumentSet& set) {
    runtime::Arguments arguments;
    for (int i = 0; i < texts; ++i) arguments.texts[i] = set.text[static_cast<std::size_t>(i)].c_str();
    for (int i = 0; i < lists; ++i)
      for (const std::string& item : set.list[static_cast<std::size_t>(i)]) arguments.lists[i].push(item.c_str());
    for (int i = 0; i < numbers; ++i)
      arguments.numbers[i] = static_cast<std::int32_t>(set.number[static_cast<std::size_t>(i)]);
    arguments.numbers[numbers] = set.date;
    std::vector<char> buffer(16384);
    runtime::JsonWriter out(buffer.data(), static_cast<std::uint32_t>(buffer.size()));
    const auto* code = reinterpret_cast<const std::uint8_t*>(bytecode.data());
    out.begin();
    locale_->run(code, code + bytecode.size(), arguments, out);
    out.end();
    Issues issues;
    const std::string written(out.data(), out.size());
    const auto said = read_json(written, {}, issues);
    return said ? said->string : "no JSON: " + written;
  }

 private:
  std::string pack_;
  std::unique_ptr<runtime::Locale> locale_ = std::make_unique<runtime::Locale>();
};

struct Language {
  Json document;
  Locale locale;
};

Language language(const std::string& tag, const Rulebook& rulebook) {
  Issues issues;
  auto document = read_json(read_file("locales/" + tag + ".json"), tag, issues);
  auto locale = document ? read_locale(*document, tag, rulebook, issues) : std::nullopt;
  for (const Issue& issue : issues) ADD_FAILURE() << issue.path << ": " << issue.message;
  return {document.value_or(Json{}), locale.value_or(Locale{})};
}

std::vector<std::string> shipped_tags() {
  std::vector<std::string> tags;
  for (const auto& [name, text] : json_files("locales"))
    if (name != "glossary.json") tags.push_back(name.substr(0, name.size() - std::string(".json").size()));
  return tags;
}

class MessageOracle : public testing::TestWithParam<std::string> {};

void compare(const std::string& pattern, const std::string& bytecode, Speaker& speaker, const icu::Locale& locale,
             const std::vector<ArgumentSet>& sets) {
  Oracle oracle(pattern, locale);
  for (std::size_t i = 0; i < sets.size(); ++i)
    ASSERT_EQ(speaker.say(bytecode, sets[i]), oracle.say(sets[i])) << pattern << " with set " << i;
}

TEST_P(MessageOracle, SaysWhatIcuSays) {
  icu::TimeZone::adoptDefault(icu::TimeZone::createTimeZone("UTC"));
  const icu::Locale icu_locale((GetParam() + "@calendar=gregorian").c_str());
  const Rulebook rulebook = shipped_rulebook();
  const Language shipped = language(GetParam(), rulebook);
  const std::vector<std::string> keys = message_keys(rulebook);
  const std::vector<ArgumentSet> sets = argument_sets(rulebook);
  Speaker speaker(shipped.locale, rulebook);
  const Json* messages = shipped.document.find("messages");
  ASSERT_TRUE(messages && messages->members.size() > 100);
  for (const auto& [key, pattern] : messages->members) {
    const auto found = std::find(keys.begin(), keys.end(), key);
    Issues issues;
    const std::string bytecode =
        found != keys.end() ? shipped.locale.messages[static_cast<std::size_t>(found - keys.begin())]
                            : compile_message(pattern.string, needed_plurals(shipped.locale), key, issues).value_or("");
    SCOPED_TRACE(key);
    compare(pattern.string, bytecode, speaker, icu_locale, sets);
  }
}

/// Forms that no shipped message may happen to have.
TEST_P(MessageOracle, SaysEveryForm) {
  icu::TimeZone::adoptDefault(icu::TimeZone::createTimeZone("UTC"));
  const icu::Locale icu_locale((GetParam() + "@calendar=gregorian").c_str());
  const Rulebook rulebook = shipped_rulebook();
  const Language shipped = language(GetParam(), rulebook);
  Speaker speaker(shipped.locale, rulebook);
  const std::string every_plural = "zero {z#} one {o#} two {t#} few {f#} many {m#} other {x#}";
  for (const std::string& pattern : std::vector<std::string>{
           "{hours, number, integer}|{minutes, number, integer}", "{date, date, long}",
           "{providers}; {purposes}; {recipients}", "{hours, plural, =0 {none} =21 {exactly} " + every_plural + "}",
           "{named, select, yes {{operator} {days, plural, " + every_plural +
               "} {hours, number, integer}} other {''{channel}''}}",
           "it's '{quoted}' and {operator}'s, # ‎"}) {
    Issues issues;
    const auto bytecode = compile_message(pattern, needed_plurals(shipped.locale), "", issues);
    ASSERT_TRUE(bytecode) << pattern << ": " << issues[0].message;
    compare(pattern, *bytecode, speaker, icu_locale, argument_sets(rulebook));
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, MessageOracle, testing::ValuesIn(shipped_tags()), [](const auto& tag) {
  std::string name = tag.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace candor::compiler

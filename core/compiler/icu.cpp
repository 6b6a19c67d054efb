#include "core/compiler/icu.h"

#include <unicode/messagepattern.h>

#include <algorithm>

#include "core/compiler/locale.h"

namespace candor::compiler {
namespace {

using Part = icu::MessagePattern::Part;

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

/// Walks the parts of one pattern once, as MessageFormat does when it formats, and writes instructions instead of text.
class MessageCompiler {
 public:
  MessageCompiler(const icu::MessagePattern& pattern, std::uint8_t needed_plurals, const std::string& path,
                  Issues& issues)
      : pattern_(pattern), needed_plurals_(needed_plurals), path_(path), issues_(issues) {}

  /// Compiles the message that starts at part `start`; `number` is what `#` stands for, or -1.
  std::string message(int start, int number) {
    std::string out;
    int limit = pattern_.getLimitPartIndex(start);
    int text_from = pattern_.getPart(start).getLimit();
    for (int i = start + 1; i <= limit; ++i) {
      const Part& part = pattern_.getPart(i);
      append_text(out, text_from, part.getIndex());
      switch (part.getType()) {
        case UMSGPAT_PART_TYPE_REPLACE_NUMBER: instruction(out, bytecode::integer, number); break;
        case UMSGPAT_PART_TYPE_ARG_START: {
          int argument_limit = pattern_.getLimitPartIndex(i);
          argument(out, i);
          i = argument_limit;
          break;
        }
        default: break;  // SKIP_SYNTAX hides a quote; INSERT_CHAR is for those who quote the pattern anew
      }
      text_from = pattern_.getPart(i).getLimit();
    }
    return out;
  }

 private:
  void refuse(const char* code, std::string message, std::string fix = {}) {
    issues_.push_back({code, path_, std::move(message), std::move(fix)});
  }

  void append_text(std::string& out, int from, int to) {
    std::string text = utf8(pattern_.getPatternString().tempSubStringBetween(from, to));
    if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
      return refuse("bad-message", "the message has a control character; expected printable text");
    out += text;
  }

  static void instruction(std::string& out, char op, int argument) {
    out += op;
    out += static_cast<char>(argument);
  }

  /// The index in `message_arguments`, or -1 after a complaint.
  int resolve(const std::string& name) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < message_arguments.size(); ++i) {
      if (message_arguments[i].name == name) return static_cast<int>(i);
      names.emplace_back(message_arguments[i].name);
    }
    refuse("unknown-argument", "`{" + name + "}` is no argument of a message", nearest(name, names));
    return -1;
  }

  void argument(std::string& out, int start) {
    const std::string name = utf8(pattern_.getSubstring(pattern_.getPart(start + 1)));
    const int index = resolve(name);
    const UMessagePatternArgType form = pattern_.getPart(start).getArgType();
    if (index < 0) return;
    const ArgumentKind kind = message_arguments[static_cast<std::size_t>(index)].kind;
    const auto allow = [&](bool allowed) {
      if (!allowed) refuse_form(name, kind);
      return allowed;
    };
    switch (form) {
      case UMSGPAT_ARG_TYPE_NONE:
        if (allow(kind == ArgumentKind::text || kind == ArgumentKind::list)) instruction(out, bytecode::text, index);
        return;
      case UMSGPAT_ARG_TYPE_SIMPLE: {
        const std::string type = utf8(pattern_.getSubstring(pattern_.getPart(start + 2)));
        const bool styled = pattern_.getPartType(start + 3) == UMSGPAT_PART_TYPE_ARG_STYLE;
        const std::string style =
            styled ? utf8(icu::UnicodeString(pattern_.getSubstring(pattern_.getPart(start + 3))).trim())
                   : std::string();
        const bool number = kind == ArgumentKind::number && type == "number" && style == "integer";
        const bool date = kind == ArgumentKind::date && type == "date" && style == "long";
        if (allow(number || date)) instruction(out, number ? bytecode::integer : bytecode::date, index);
        return;
      }
      case UMSGPAT_ARG_TYPE_PLURAL:
        if (allow(kind == ArgumentKind::number)) plural(out, start, name, index);
        return;
      case UMSGPAT_ARG_TYPE_SELECT:
        if (allow(kind == ArgumentKind::text)) select(out, start, index);
        return;
      default: refuse_form(name, kind);
    }
  }

  void refuse_form(const std::string& name, ArgumentKind kind) {
    constexpr const char* forms[] = {"{%}", "{%}", "{%, number, integer}", "{%, date, long}"};
    constexpr const char* others[] = {" or `{%, select, …}`", "", " or `{%, plural, …}`", ""};
    const auto spell = [&name](std::string form) {
      if (std::size_t at = form.find('%'); at != std::string::npos) form.replace(at, 1, name);
      return form;
    };
    const auto index = static_cast<std::size_t>(kind);
    refuse("wrong-argument",
           "`" + name + "` is used in another form; expected `" + spell(forms[index]) + "`" + spell(others[index]),
           spell(forms[index]));
  }

  void add_body(std::string& out, const std::string& body) {
    out += static_cast<char>(body.size() & 0xff);
    out += static_cast<char>(body.size() >> 8 & 0xff);
    out += body;
  }

  void plural(std::string& out, int start, const std::string& name, int argument) {
    const int limit = pattern_.getLimitPartIndex(start);
    int i = start + 2;
    if (Part::hasNumericValue(pattern_.getPartType(i)))
      return refuse("bad-message", "the plural of `" + name + "` has an offset; expected none");
    std::string exact, categories, other;
    int count = 0;
    std::uint8_t seen = 0;
    std::vector<int> values;
    while (i < limit) {
      const std::string selector = utf8(pattern_.getSubstring(pattern_.getPart(i++)));
      if (Part::hasNumericValue(pattern_.getPartType(i))) {
        const double value = pattern_.getNumericValue(pattern_.getPart(i++));
        if (value < 0 || value > 255 || value != static_cast<int>(value))
          refuse("bad-message",
                 "`" + selector + "` of the plural of `" + name + "` is out of range; expected `=0` to `=255`");
        else if (std::count(values.begin(), values.end(), static_cast<int>(value)))
          refuse("bad-message", "`" + selector + "` stands twice in the plural of `" + name + "`");
        values.push_back(static_cast<int>(value));
        exact += bytecode::exact;
        exact += static_cast<char>(static_cast<int>(value));
        add_body(exact, message(i, argument));
      } else {
        const auto* found = std::find(plural_categories.begin(), plural_categories.end(), selector);
        const auto category = static_cast<unsigned>(found - plural_categories.begin());
        if (found == plural_categories.end())
          refuse("bad-message", "`" + selector + "` is no plural category",
                 nearest(selector, {plural_categories.begin(), plural_categories.end()}));
        else if (seen >> category & 1)
          refuse("bad-message", "`" + selector + "` stands twice in the plural of `" + name + "`");
        else seen = static_cast<std::uint8_t>(seen | 1u << category);
        std::string& branch = category == plural_other ? other : categories;
        branch += static_cast<char>(category);
        add_body(branch, message(i, argument));
      }
      ++count;
      i = pattern_.getLimitPartIndex(i) + 1;
    }
    for (unsigned category = 0; category < plural_categories.size(); ++category)
      if (((needed_plurals_ | 1u << plural_other) & ~seen) >> category & 1)
        refuse("missing-plural",
               "the plural of `" + name + "` lacks `" + std::string(plural_categories[category]) +
                   "`, which this language has",
               std::string(plural_categories[category]) + " {…}");
    begin_branches(out, bytecode::plural, argument, count);
    out += exact + categories + other;
  }

  void select(std::string& out, int start, int argument) {
    const int limit = pattern_.getLimitPartIndex(start);
    std::vector<std::string> seen;
    std::string named, other;
    int count = 0;
    for (int i = start + 2; i < limit; i = pattern_.getLimitPartIndex(i) + 1) {
      const std::string selector = utf8(pattern_.getSubstring(pattern_.getPart(i++)));
      if (std::count(seen.begin(), seen.end(), selector))
        refuse("bad-message", "`" + selector + "` stands twice in a select");
      seen.push_back(selector);
      const std::string value = selector == "other" ? std::string() : selector;
      if (value.size() > 255) refuse("bad-message", "the selector `" + selector + "` is too long");
      std::string& branch = value.empty() ? other : named;
      branch += static_cast<char>(value.size());
      branch += value;
      add_body(branch, message(i, -1));
      ++count;
    }
    begin_branches(out, bytecode::select, argument, count);
    out += named + other;
  }

  void begin_branches(std::string& out, char op, int argument, int count) {
    instruction(out, op, argument);
    out += static_cast<char>(count);
    if (count > 32) refuse("bad-message", "a plural or select has more than 32 branches");
  }

  static constexpr unsigned plural_other = 5;

  const icu::MessagePattern& pattern_;
  const std::uint8_t needed_plurals_;
  const std::string& path_;
  Issues& issues_;
};

/// MessagePattern recurses as deep as the braces; measured beforehand, since a stack in WebAssembly is small.
bool too_deep(std::string_view pattern) {
  int depth = 0;
  for (char c : pattern) {
    if (c == '{' && ++depth > message_depth_limit) return true;
    if (c == '}' && depth > 0) --depth;
  }
  return false;
}

/// ICU takes a `}` that closes nothing as text; here it is a slip of the pen. Quoting as MessagePattern has it.
bool closes_nothing(std::string_view pattern) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i], next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (c == '\'' && next == '\'') ++i;
    else if (c == '\'') quoted = !quoted && (next == '{' || next == '}' || next == '#');
    else if (!quoted && c == '{') ++depth;
    else if (!quoted && c == '}' && --depth < 0) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> compile_message(std::string_view pattern, std::uint8_t needed_plurals,
                                           const std::string& path, Issues& issues) {
  if (pattern.size() > message_size_limit || too_deep(pattern)) {
    issues.push_back({"too-large",
                      path,
                      "the message is longer than " + std::to_string(message_size_limit) +
                          " bytes or nested deeper than " + std::to_string(message_depth_limit) + " braces",
                      {}});
    return std::nullopt;
  }
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(pattern.data(), static_cast<std::int32_t>(pattern.size())));
  icu::MessagePattern parsed(text, &where, status);
  if (U_SUCCESS(status) && closes_nothing(pattern)) {
    issues.push_back({"bad-message", path, "the message has a `}` without a `{`; expected matching braces", {}});
    return std::nullopt;
  }
  if (U_FAILURE(status)) {
    const std::string near = utf8(text.tempSubString(where.offset, 16));
    issues.push_back({"bad-message",
                      path,
                      "the message breaks off at character " + std::to_string(where.offset) +
                          (near.empty() ? "" : ", before `" + near + "`") +
                          "; expected an ICU message with matching braces and an `other` in each plural and select",
                      {}});
    return std::nullopt;
  }
  const std::size_t before = issues.size();
  std::string code = MessageCompiler(parsed, needed_plurals, path, issues).message(0, -1);
  if (issues.size() != before) return std::nullopt;
  return code;
}

}  // namespace candor::compiler

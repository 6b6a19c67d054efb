#include "core/compiler/json.h"

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "core/compiler/reader.h"

namespace candor::compiler {
namespace {

constexpr std::size_t most_duplicates = 100;  ///< reported of one document

/// Bytes of the UTF-8 character (RFC 3629) at `at`, or 0 where none stands there.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto continues = [byte](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool second = continues(at + 1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && continues(at + 2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool second = continues(at + 1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && continues(at + 2) && continues(at + 3) ? 4 : 0;
  }
  return 0;
}

/// The first byte that begins no character, or npos. NUL counts: nlohmann's lexer takes it for the end of the text.
std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = text[i] == '\0' ? 0 : utf8_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::string line_and_column(std::string_view text, std::size_t at) {
  std::size_t line = 1, column = 1;
  for (const char c : text.substr(0, at)) {
    if (c == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++column;
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// What nlohmann found wrong, without its prefix and without the bytes it quotes.
std::string reason_of(std::string_view what) {
  if (const std::size_t at = what.find(" - "); at != std::string_view::npos) what.remove_prefix(at + 3);
  else if (const std::size_t end = what.find("] "); end != std::string_view::npos) what.remove_prefix(end + 2);
  return std::string(what.substr(0, what.find("; last read")));
}

/// Builds the value on a stack of its own, so that no input can exhaust the machine's.
class Builder {
 public:
  Builder(std::string_view text, std::string_view file, Issues& issues)
      : text_(text), root_(root_path(file)), issues_(issues) {}

  Json take() { return std::move(result_); }

  // --- events of nlohmann's SAX reader; false stops it ---
  bool null() { return add({}); }
  bool boolean(bool value) {
    Json json;
    json.kind = Json::Kind::boolean;
    json.boolean = value;
    return add(std::move(json));
  }
  bool number_integer(std::int64_t value) {
    Json json;
    json.kind = Json::Kind::number;
    json.number = static_cast<double>(value);
    json.integral = true;
    json.integer = value;
    return add(std::move(json));
  }
  bool number_unsigned(std::uint64_t value) {
    if (value <= INT64_MAX) return number_integer(static_cast<std::int64_t>(value));
    return number_float(static_cast<double>(value), {});
  }
  bool number_float(double value, const std::string&) {
    Json json;
    json.kind = Json::Kind::number;
    json.number = value;
    return add(std::move(json));
  }
  bool string(std::string& value) {
    Json json;
    json.kind = Json::Kind::string;
    json.string = std::move(value);
    return add(std::move(json));
  }
  bool binary(std::vector<std::uint8_t>&) { return false; }
  bool start_object(std::size_t) { return open(Json::Kind::object); }
  bool start_array(std::size_t) { return open(Json::Kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    Level& level = levels_.back();
    level.key = std::move(name);
    level.duplicate = !level.keys.insert(level.key).second;
    if (!level.duplicate) return true;
    issues_.push_back({"duplicate-key", here(), "the key " + in_backticks(level.key) + " stands twice in one object",
                       "keep one of the two"});
    return ++duplicates_ < most_duplicates;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) {
    const std::size_t at = position > 0 ? position - 1 : 0;
    issues_.push_back({"bad-json", here(), line_and_column(text_, at) + ": " + reason_of(error.what()), {}});
    return false;
  }

 private:
  struct Level {
    Json value;
    std::string key;         ///< of the member that is being read
    bool duplicate = false;  ///< that member is dropped
    std::unordered_set<std::string> keys;
  };

  std::string here() const {
    std::string path = root_;
    for (const Level& level : levels_) {
      if (level.value.is(Json::Kind::array)) path = pointer(path, level.value.items.size());
      else if (!level.keys.empty()) path = pointer(path, level.key);
    }
    return path;
  }

  bool open(Json::Kind kind) {
    if (levels_.size() == json_depth_limit) {
      issues_.push_back(
          {"too-deep", here(), "more than " + std::to_string(json_depth_limit) + " levels of nesting", {}});
      return false;
    }
    levels_.emplace_back();
    levels_.back().value.kind = kind;
    return true;
  }

  bool close() {
    Json value = std::move(levels_.back().value);
    levels_.pop_back();
    return add(std::move(value));
  }

  bool add(Json value) {
    if (levels_.empty()) {
      result_ = std::move(value);
      return true;
    }
    Level& level = levels_.back();
    if (level.value.is(Json::Kind::array)) level.value.items.push_back(std::move(value));
    else if (!level.duplicate) level.value.members.push_back({level.key, std::move(value)});
    return true;
  }

  std::string_view text_;
  std::string root_;
  Issues& issues_;
  std::vector<Level> levels_;
  std::size_t duplicates_ = 0;
  Json result_;
};

/// The shortest of the usual forms that reads back as the same number.
std::string write_number(const Json& value) {
  if (value.integral) return std::to_string(value.integer);
  char buffer[32];
  for (const int digits : {15, 16, 17}) {
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value.number);
    if (std::strtod(buffer, nullptr) == value.number) break;
  }
  return buffer;
}

class Writer {
 public:
  explicit Writer(int indent) : indent_(indent) {}

  std::string write(const Json& value) {
    add(value, 0);
    return std::move(out_);
  }

 private:
  void add(const Json& value, int level) {
    switch (value.kind) {
      case Json::Kind::null: out_ += "null"; break;
      case Json::Kind::boolean: out_ += value.boolean ? "true" : "false"; break;
      case Json::Kind::number: out_ += write_number(value); break;
      case Json::Kind::string: out_ += quote_json(value.string); break;
      case Json::Kind::array:
        add_list('[', ']', value.items.size(), level, [&](std::size_t i) { add(value.items[i], level + 1); });
        break;
      case Json::Kind::object:
        add_list('{', '}', value.members.size(), level, [&](std::size_t i) {
          out_ += quote_json(value.members[i].key) + (indent_ ? ": " : ":");
          add(value.members[i].value, level + 1);
        });
    }
  }

  template <class AddItem>
  void add_list(char open, char close, std::size_t count, int level, AddItem add_item) {
    out_ += open;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      break_line(level + 1);
      add_item(i);
    }
    if (count > 0) break_line(level);
    out_ += close;
  }

  void break_line(int level) {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_) * static_cast<std::size_t>(level), ' ');
  }

  int indent_;
  std::string out_;
};

}  // namespace

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}

std::optional<Json> read_json(std::string_view text, std::string_view file, Issues& issues) {
  const std::size_t before = issues.size();
  if (text.size() > json_size_limit) {
    issues.push_back(
        {"too-large",
         root_path(file),
         std::to_string(text.size()) + " bytes, where at most " + std::to_string(json_size_limit) + " are read",
         {}});
    return std::nullopt;
  }
  if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos) {
    issues.push_back(
        {"bad-json", root_path(file), line_and_column(text, bad) + ": not UTF-8", "save the file as UTF-8"});
    return std::nullopt;
  }
  Builder builder(text, file, issues);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder) || issues.size() > before) return std::nullopt;
  return builder.take();
}

Json json_text(std::string text) {
  Json json;
  json.kind = Json::Kind::string;
  json.string = std::move(text);
  return json;
}

Json json_number(std::int64_t number) {
  Json json;
  json.kind = Json::Kind::number;
  json.number = static_cast<double>(number);
  json.integral = true;
  json.integer = number;
  return json;
}

Json json_list(std::vector<Json> items) {
  Json json;
  json.kind = Json::Kind::array;
  json.items = std::move(items);
  return json;
}

Json json_texts(const std::vector<std::string>& texts) {
  std::vector<Json> items;
  for (const std::string& text : texts) items.push_back(json_text(text));
  return json_list(std::move(items));
}

Json json_object(std::vector<Json::Member> members) {
  Json json;
  json.kind = Json::Kind::object;
  json.members = std::move(members);
  return json;
}

const std::string& text_at(const Json& object, std::string_view key) {
  static const std::string none;
  const Json* value = object.find(key);
  return value ? value->string : none;
}

const std::vector<Json>& items_at(const Json& object, std::string_view key) {
  static const std::vector<Json> none;
  const Json* list = object.find(key);
  return list ? list->items : none;
}

std::string quote_json(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    const auto byte = static_cast<unsigned char>(text[i]);
    if (length == 0) {
      out += "\uFFFD";
    } else if (byte == '"' || byte == '\\') {
      out += {'\\', text[i]};
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (byte < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(byte));
      out += escape;
    } else {
      out += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  return out + '"';
}

std::string write_json(const Json& value, int indent) { return Writer(indent).write(value); }

}  // namespace candor::compiler

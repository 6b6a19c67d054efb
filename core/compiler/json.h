#pragma once
/// @file The one checked JSON reader (RFC 8259). Only json.cpp sees nlohmann/json; everything else reads `Json`.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"

namespace candor::compiler {

/// An immutable JSON value. Objects keep the order of their keys, so that what is written follows what was read.
struct Json {
  enum class Kind { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  double number = 0;
  bool integral = false;  ///< the number was written without fraction or exponent and fits `integer`
  std::int64_t integer = 0;
  std::string string;
  struct Member;
  std::vector<Json> items;      ///< of an array
  std::vector<Member> members;  ///< of an object; keys are unique

  bool is(Kind k) const { return kind == k; }
  /// The member named `key`, or null where there is none or this is no object.
  const Json* find(std::string_view key) const;
};

struct Json::Member {
  std::string key;
  Json value;
};

constexpr int json_depth_limit = 64;
constexpr std::size_t json_size_limit = 4u << 20;  ///< bytes

/// Reads one document through a SAX pass that refuses, before anything is built: more than `json_size_limit` bytes
/// (`too-large`), more than `json_depth_limit` levels (`too-deep`), duplicate keys (`duplicate-key`), and what is not
/// JSON or not UTF-8 (`bad-json`). `file` prefixes paths (`file#/pointer`); empty: a bare JSON Pointer.
std::optional<Json> read_json(std::string_view text, std::string_view file, Issues& issues);

Json json_text(std::string text);
Json json_number(std::int64_t number);
Json json_list(std::vector<Json> items);
Json json_texts(const std::vector<std::string>& texts);
Json json_object(std::vector<Json::Member> members);

/// The text under `key`, or an empty one; the items under `key`, or none.
const std::string& text_at(const Json& object, std::string_view key);
const std::vector<Json>& items_at(const Json& object, std::string_view key);

/// `text` as a JSON string literal with its quotes.
std::string quote_json(std::string_view text);
/// Writes `value`; `indent` spaces a level, 0 for one line.
std::string write_json(const Json& value, int indent);

}  // namespace candor::compiler

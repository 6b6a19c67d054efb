#include "core/tools/canonical.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace candor::tools {
namespace {

using compiler::Json;

constexpr double largest = 9007199254740991;  // 2^53 - 1

/// The order of UTF-16 code units (RFC 8785, 3.2.3). UTF-8 has the same one, except that characters beyond U+FFFF,
/// which are surrogates in UTF-16, come before U+E000 to U+FFFF.
bool before(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto rank = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xF0 ? 0xED * 256 + byte : byte * 256;
  };
  return rank(*x) < rank(*y);
}

class Canonical {
 public:
  bool add(const Json& value, std::string_view omit = {}) {
    switch (value.kind) {
      case Json::Kind::null: out_ += "null"; return true;
      case Json::Kind::boolean: out_ += value.boolean ? "true" : "false"; return true;
      case Json::Kind::number: return add_number(value.number);
      case Json::Kind::string: add_text(value.string); return true;
      case Json::Kind::array: return add_array(value);
      case Json::Kind::object: return add_object(value, omit);
    }
    return false;
  }

  std::string take() { return std::move(out_); }

 private:
  bool add_number(double number) {
    if (!(std::fabs(number) <= largest) || number != std::floor(number)) return false;
    out_ += std::to_string(static_cast<std::int64_t>(number));
    return true;
  }

  void add_text(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef", escapes = "btn.fr";  // U+0008 to U+000D
    out_ += '"';
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') out_ += {'\\', c};
      else if (byte >= 8 && byte <= 13 && byte != 11) out_ += {'\\', escapes[byte - 8u]};
      else if (byte < 0x20) out_ += {'\\', 'u', '0', '0', digits[byte >> 4u], digits[byte & 15u]};
      else out_ += c;
    }
    out_ += '"';
  }

  bool add_array(const Json& value) {
    out_ += '[';
    for (const Json& item : value.items) {
      if (&item != value.items.data()) out_ += ',';
      if (!add(item)) return false;
    }
    out_ += ']';
    return true;
  }

  bool add_object(const Json& value, std::string_view omit) {
    std::vector<const Json::Member*> members;
    for (const Json::Member& member : value.members)
      if (omit.empty() || member.key != omit) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return before(a->key, b->key); });
    out_ += '{';
    for (const Json::Member* member : members) {
      if (member != members.front()) out_ += ',';
      add_text(member->key);
      out_ += ':';
      if (!add(member->value)) return false;
    }
    out_ += '}';
    return true;
  }

  std::string out_;
};

}  // namespace

std::optional<std::string> canonical_json(const Json& value, std::string_view omit) {
  Canonical canonical;
  if (!canonical.add(value, omit)) return std::nullopt;
  return canonical.take();
}

}  // namespace candor::tools

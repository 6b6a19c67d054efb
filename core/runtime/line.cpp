#include "core/runtime/line.h"

namespace candor::runtime {
namespace {

/// Printable UTF-8 (RFC 3629) with LF between lines: no control characters, no overlong forms, no surrogates.
bool is_printable_utf8(Text text, std::uint32_t size) {
  // The least character that is good, by the number of bytes behind its first one.
  static constexpr std::uint32_t least[] = {' ', 0xa0, 0x800, 0x10000};
  std::uint32_t code = 0, more = 0, length = 0;
  for (; size > 0; --size, ++text) {
    auto byte = static_cast<unsigned char>(*text);
    bool first = byte >> 6 != 2;
    if (first != !more) return false;
    if (first) {
      length = more = (byte >= 0xc0) + (byte >= 0xe0) + (byte >= 0xf0);
      code = byte & 0x7f >> more;
    } else {
      code = code << 6 | (byte & 0x3f);
      --more;
    }
    bool bad = code < least[length] || code == 0x7f || code > 0x10ffff || code >> 11 == 0xd800 >> 11;
    if (!more && bad && byte != '\n') return false;
  }
  return !more;
}

}  // namespace

bool Line::fits(Text pattern) {
  char *at = path, **part = parts;
  for (; *pattern && *pattern != '+'; ++pattern) {
    if (*pattern == '*') {
      *part++ = at;
      while (*at && *at != '.') ++at;
    } else if (*at++ != *pattern) {
      return false;
    }
  }
  if (*at && (*at != '.' || !*pattern)) return false;
  *part = *at ? at + 1 : at;
  while (part > parts) {
    char* rest = *--part;
    cut(rest, '.');
  }
  return true;
}

int Line::match(Words patterns) {
  for (int i = 0; *patterns; ++i, patterns += length(patterns) + 1)
    if (fits(patterns)) return i;
  return -1;
}

bool Lines::begin(char* text, std::uint32_t size, Problems& problems) {
  rest_ = text;
  seen_.clear();
  bool good = is_printable_utf8(text, size);
  if (!good) problems.add("bad-utf8", "", "", "printable UTF-8");
  return good;
}

bool Lines::is_new(Line& line) {
  Fingerprint key;
  key.begin();
  key.add(line.path);
  bool known = false;
  for (const Fingerprint& other : seen_) known |= other.halves[0] == key.halves[0] && other.halves[1] == key.halves[1];
  if (known) line.problems.add("duplicate-key", line.key, "", "each key once");
  else line.keep(seen_.push(key));
  return !known;
}

bool Lines::next(Line& line) {
  while (*rest_) {
    char* at = rest_;
    cut(rest_, '\n');
    line.path = line.value = at;
    if (!*at) continue;
    cut(line.value, '=');
    line.key = {at, length(at), -1};
    // What was cut off leaves its NUL right before the value.
    if (!*at || line.value[-1]) line.problems.add("bad-line", "", at, "key=value");
    else if (index_of(at, "place\0language\0") >= 0 || is_new(line)) return true;
  }
  return false;
}

}  // namespace candor::runtime

#include "core/runtime/json_writer.h"

#include "core/runtime/date.h"

namespace candor::runtime {

[[gnu::always_inline]] inline void JsonWriter::put(char c) {
  if (at_ < end_) *at_++ = c;
}

/// A value follows on what is no beginning: an opened bracket, or a key.
[[gnu::always_inline]] inline void JsonWriter::separate() {
  char last = at_ > first_ ? at_[-1] : '{';
  if (last != '{' && last != '[' && last != ':') put(',');
}

void JsonWriter::close(char bracket) { put(bracket); }

void JsonWriter::open(char bracket) {
  separate();
  put(bracket);
}

void JsonWriter::open(Text name, char bracket) {
  key(name);
  put(bracket);
}

void JsonWriter::string(Text value, Text after) {
  begin();
  append(value);
  if (overflow()) return;
  *at_++ = '"';
  if (*after) *at_++ = *after;
}

void JsonWriter::literal(Text value) {
  separate();
  while (*value) put(*value++);
}

void JsonWriter::field(Text name, Text value) {
  key(name);
  string(value);
}

void JsonWriter::field(Text name, bool value) {
  key(name);
  literal(value ? "true" : "false");
}

void JsonWriter::field_or_null(Text name, Text value) {
  if (!is_empty(value)) return field(name, value);
  key(name);
  literal("null");
}

void JsonWriter::field_day(Text name, std::int32_t day) {
  if (day == no_day) return field_or_null(name, "");
  begin(name);
  append_day(day);
  end();
}

void JsonWriter::begin(Text name) {
  key(name);
  begin();
}

void JsonWriter::begin() {
  separate();
  put('"');
}

void JsonWriter::append(const char* part, std::uint32_t most) {
  char* at = at_;
  for (; most > 0 && *part && at < end_; --most) {
    auto c = static_cast<unsigned char>(*part++);
    if (c <= '\\') {
      if (c == '"' || c == '\\') *at++ = '\\';
      // Requests hold printable text only; a pack that does not is not worth escapes.
      if (c < ' ') c = ' ';
    }
    *at++ = static_cast<char>(c);
  }
  at_ = at;
}

void JsonWriter::append_number(std::uint32_t number) {
  if (number >= 10) append_number(number / 10);
  put(static_cast<char>('0' + number % 10));
}

void JsonWriter::append_day(std::int32_t day) {
  char text[11];
  write_day(day, text);
  append(text);
}

}  // namespace candor::runtime

#include "core/runtime/json_writer.h"

#include "core/runtime/date.h"

namespace candor::runtime {

[[gnu::always_inline]] inline void JsonWriter::put(char c) {
  if (at_ < end_) *at_++ = c;
}

/// Inlined where it is hot: half of the time of an answer goes into its strings.
[[gnu::always_inline]] inline void JsonWriter::copy(Text part, const char* stop) {
  char *at = at_, *end = end_;
  while (part != stop && at < end) {
    auto c = static_cast<unsigned char>(*part++);
    // Most of all text is lower-case letters.
    if (c <= '\\') {
      if (!c) break;
      if (c == '"' || c == '\\') *at++ = '\\';
      // Requests hold printable text only; a pack that does not is not worth escapes.
      if (c < ' ') c = ' ';
    }
    *at++ = static_cast<char>(c);
  }
  at_ = at;
}

void JsonWriter::open(char bracket) { put(bracket); }

void JsonWriter::open(Text name, char bracket) {
  string(name, ':');
  put(bracket);
}

void JsonWriter::close(char bracket) {
  if (overflow()) return;
  if (at_[-1] == ',') --at_;
  *at_++ = bracket;
  *at_++ = ',';
}

[[gnu::always_inline]] inline void JsonWriter::finish(char after) {
  if (overflow()) return;
  *at_++ = '"';
  *at_++ = after;
}

void JsonWriter::end() { finish(','); }

void JsonWriter::string(Text value, char after) {
  put('"');
  copy(value, nullptr);
  finish(after);
}

void JsonWriter::literal(Text name, Text value) {
  string(name, ':');
  append(value);
  put(',');
}

void JsonWriter::field(Text name, Text value) {
  string(name, ':');
  string(value);
}

void JsonWriter::field(Text name, bool value) { literal(name, value ? "true" : "false"); }

void JsonWriter::field_or_null(Text name, Text value) {
  if (is_empty(value)) literal(name, "null");
  else field(name, value);
}

void JsonWriter::field_day(Text name, std::int32_t day) {
  if (day == no_day) return literal(name, "null");
  begin(name);
  append_day(day);
  end();
}

void JsonWriter::begin(Text name) {
  string(name, ':');
  put('"');
}

void JsonWriter::begin() { put('"'); }

void JsonWriter::append(Text part, const char* stop) { copy(part, stop); }

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

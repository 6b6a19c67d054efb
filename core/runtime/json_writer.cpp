#include "core/runtime/json_writer.h"

#include "core/runtime/date.h"

namespace candor::runtime {

void JsonWriter::reset() {
  size_ = 0;
  overflow_ = comma_ = false;
}

void JsonWriter::put(char c) {
  if (size_ == capacity_) overflow_ = true;
  else buffer_[size_++] = c;
}

void JsonWriter::separate() {
  if (comma_) put(',');
  comma_ = false;
}

void JsonWriter::open(char bracket) {
  separate();
  put(bracket);
}

void JsonWriter::open(Text name, char bracket) {
  key(name);
  open(bracket);
}

void JsonWriter::close(char bracket) {
  put(bracket);
  comma_ = true;
}

void JsonWriter::key(Text name) {
  string(name);
  put(':');
  comma_ = false;
}

void JsonWriter::string(Text value) {
  begin();
  append(value);
  end();
}

void JsonWriter::literal(Text value) {
  separate();
  while (*value) put(*value++);
  comma_ = true;
}

void JsonWriter::field(Text name, Text value) {
  begin(name);
  append(value);
  end();
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

void JsonWriter::append(Text part) { append(part, length(part)); }

void JsonWriter::append(const char* part, std::uint32_t size) {
  for (; size > 0; --size, ++part) {
    auto c = static_cast<unsigned char>(*part);
    if (c == '"' || c == '\\') put('\\');
    // Requests hold printable text only; a pack that does not is not worth escapes.
    put(c < ' ' ? ' ' : *part);
  }
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

void JsonWriter::end() {
  put('"');
  comma_ = true;
}

}  // namespace candor::runtime

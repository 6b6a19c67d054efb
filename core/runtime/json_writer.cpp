#include "core/runtime/json_writer.h"

#include <cstring>

#include "core/runtime/date.h"

namespace candor::runtime {

void JsonWriter::put(const char* bytes, std::size_t size) {
  if (size > capacity_ - size_) {
    overflow_ = true;
    return;
  }
  std::memcpy(buffer_ + size_, bytes, size);
  size_ += static_cast<std::uint32_t>(size);
}

void JsonWriter::separate() {
  if (comma_) put(",", 1);
  comma_ = false;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  put(&bracket, 1);
  return *this;
}

JsonWriter& JsonWriter::open(const char* name, char bracket) { return key(name).open(bracket); }

JsonWriter& JsonWriter::close(char bracket) {
  put(&bracket, 1);
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(const Text& name) {
  string(name);
  put(":", 1);
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(const char* name) { return key(Text(name)); }

JsonWriter& JsonWriter::string(const Text& value) {
  begin_string();
  append(value);
  end_string();
  return *this;
}

JsonWriter& JsonWriter::string(const char* value) { return string(Text(value)); }

JsonWriter& JsonWriter::field(const char* name, const Text& value) { return key(name).string(value); }
JsonWriter& JsonWriter::field(const char* name, const char* value) { return key(name).string(value); }
JsonWriter& JsonWriter::field(const char* name, bool value) { return key(name).boolean(value); }
JsonWriter& JsonWriter::text_or_null(const char* name, const Text& value) {
  key(name);
  return value.empty() ? null() : string(value);
}

JsonWriter& JsonWriter::literal(const char* value) {
  separate();
  put(value, std::strlen(value));
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::day(std::int32_t day) {
  char text[10];
  write_day(day, text);
  return string(Text(text, sizeof text));
}

JsonWriter& JsonWriter::date_or_null(std::int32_t value) { return value == no_day ? null() : day(value); }

void JsonWriter::begin_string() {
  separate();
  put("\"", 1);
}

void JsonWriter::append(const Text& part) {
  const char* plain = part.data();
  const char* end = plain + part.size();
  for (const char* at = plain; at < end; ++at) {
    auto c = static_cast<unsigned char>(*at);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    put(plain, static_cast<std::size_t>(at - plain));
    plain = at + 1;
    constexpr char hex[] = "0123456789abcdef";
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (c >= 0x20) escape[1] = *at;
    put(escape, c >= 0x20 ? 2 : sizeof escape);
  }
  put(plain, static_cast<std::size_t>(end - plain));
}

void JsonWriter::append(const char* part) { append(Text(part)); }

void JsonWriter::append_number(std::uint32_t number) {
  char digits[10];
  char* at = digits + sizeof digits;
  do {
    *--at = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number);
  put(at, static_cast<std::size_t>(digits + sizeof digits - at));
}

void JsonWriter::end_string() {
  put("\"", 1);
  comma_ = true;
}

}  // namespace candor::runtime

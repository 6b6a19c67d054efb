#pragma once
/// @file Writes JSON (RFC 8259) into a fixed buffer.
#include <cstdint>

#include "core/runtime/bytes.h"

namespace candor::runtime {

/// Appends; commas are placed by it. What does not fit is dropped and makes `overflow` true.
class JsonWriter {
 public:
  JsonWriter(char* buffer, std::uint32_t capacity) : buffer_(buffer), capacity_(capacity) {}

  bool overflow() const { return overflow_; }
  Text written() const { return {buffer_, size_}; }
  void reset() {
    size_ = 0;
    overflow_ = comma_ = false;
  }

  JsonWriter& open(char bracket);   ///< `{` or `[`
  JsonWriter& close(char bracket);  ///< `}` or `]`
  JsonWriter& key(const char* name);
  JsonWriter& key(const Text& name);
  JsonWriter& string(const Text& value);
  JsonWriter& string(const char* value);
  JsonWriter& boolean(bool value) { return literal(value ? "true" : "false"); }
  JsonWriter& null() { return literal("null"); }
  JsonWriter& literal(const char* value);  ///< a value that is written as it stands
  JsonWriter& day(std::int32_t day);
  JsonWriter& date_or_null(std::int32_t day);

  JsonWriter& field(const char* name, const Text& value);
  JsonWriter& field(const char* name, const char* value);
  JsonWriter& field(const char* name, bool value);
  JsonWriter& text_or_null(const char* name, const Text& value);  ///< null where it is empty
  JsonWriter& open(const char* name, char bracket);               ///< a key, then `{` or `[`

  /// A string in parts: begin, any number of `append`, end.
  void begin_string();
  void append(const Text& part);
  void append(const char* part);
  void append_number(std::uint32_t number);
  void end_string();

 private:
  void put(const char* bytes, std::size_t size);
  void separate();

  char* buffer_;
  std::uint32_t capacity_;
  std::uint32_t size_ = 0;
  bool overflow_ = false;
  bool comma_ = false;  ///< a value has been written at this level, so the next one needs a comma
};

}  // namespace candor::runtime

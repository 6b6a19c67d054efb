#pragma once
/// @file Writes JSON (RFC 8259) into a fixed buffer.
#include <cstdint>

#include "core/runtime/text.h"

namespace candor::runtime {

/// Appends; commas are placed by it. What does not fit is dropped and makes `overflow` true.
class JsonWriter {
 public:
  JsonWriter(char* buffer, std::uint32_t capacity) : buffer_(buffer), capacity_(capacity) {}

  bool overflow() const { return overflow_; }
  const char* data() const { return buffer_; }
  std::uint32_t size() const { return size_; }
  void reset();

  void open(char bracket);             ///< `{` or `[`
  void open(Text name, char bracket);  ///< the same below a key
  void close(char bracket);            ///< `}` or `]`
  void key(Text name);
  void string(Text value);
  void literal(Text value);  ///< a value that is written as it stands

  void field(Text name, Text value);
  void field(Text name, bool value);
  void field_or_null(Text name, Text value);    ///< null where it is empty
  void field_day(Text name, std::int32_t day);  ///< null where it is `no_day`

  /// A string in parts: begin, any number of `append`, end.
  void begin(Text name);  ///< below a key
  void begin();
  void append(Text part);
  void append(const char* part, std::uint32_t size);
  void append_number(std::uint32_t number);
  void append_day(std::int32_t day);
  void end();

 private:
  void put(char c);
  void separate();

  char* buffer_;
  std::uint32_t capacity_;
  std::uint32_t size_ = 0;
  bool overflow_ = false;
  bool comma_ = false;  ///< a value has been written at this level, so the next one needs a comma
};

}  // namespace candor::runtime

#pragma once
/// @file Writes JSON (RFC 8259) into a fixed buffer.
#include <cstdint>

#include "core/runtime/text.h"

namespace candor::runtime {

/// Appends; commas are placed by it. What does not fit is dropped and makes `overflow` true.
class JsonWriter {
 public:
  JsonWriter(char* buffer, std::uint32_t capacity) : first_(buffer), at_(buffer), end_(buffer + capacity - 1) {}

  bool overflow() const { return at_ >= end_; }
  const char* data() const { return first_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(at_ - first_); }
  void reset() { at_ = first_; }

  void open(char bracket);             ///< `{` or `[`
  void open(Text name, char bracket);  ///< the same below a key
  void close(char bracket);            ///< `}` or `]`
  void key(Text name) { string(name, ":"); }
  void string(Text value, Text after = "");  ///< `after` follows the closing quote
  void literal(Text value);                  ///< a value that is written as it stands

  void field(Text name, Text value);
  void field(Text name, bool value);
  void field_or_null(Text name, Text value);    ///< null where it is empty
  void field_day(Text name, std::int32_t day);  ///< null where it is `no_day`

  /// A string in parts: begin, any number of `append`, end.
  void begin(Text name);  ///< below a key
  void begin();
  /// As many bytes of a text, or all of it.
  void append(const char* part, std::uint32_t most = UINT32_MAX);
  void append_number(std::uint32_t number);
  void append_day(std::int32_t day);
  void end() { close('"'); }

 private:
  void separate();
  void put(char c);

  char *first_, *at_;
  char* end_;  ///< one before the last, so that below it there is room for two
};

}  // namespace candor::runtime

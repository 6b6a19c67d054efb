#pragma once
/// @file Writes JSON (RFC 8259) into a fixed buffer.
#include <cstdint>

#include "core/runtime/text.h"

namespace candor::runtime {

/// Appends. A comma follows on every value; closing a bracket takes back the last one. What does not fit is dropped and
/// makes `overflow` true.
class JsonWriter {
 public:
  JsonWriter(char* buffer, std::uint32_t capacity) : first_(buffer), at_(buffer), end_(buffer + capacity - 1) {}

  bool overflow() const { return at_ >= end_; }
  const char* data() const { return first_; }
  /// Of all that is written, which must be one whole value: without the comma behind it.
  std::uint32_t size() const { return static_cast<std::uint32_t>(at_ - first_) - 1; }
  void reset() { at_ = first_; }

  void open(char bracket);             ///< `{` or `[`
  void open(Text name, char bracket);  ///< the same below a key
  void close(char bracket);            ///< `}` or `]`
  void string(Text value, char after = ',');
  void literal(Text name, Text value);  ///< a value that is written as it stands, below a key

  void field(Text name, Text value);
  void field(Text name, bool value);
  void field_or_null(Text name, Text value);    ///< null where it is empty
  void field_day(Text name, std::int32_t day);  ///< null where it is `no_day`

  /// A string in parts: begin, any number of `append`, end.
  void begin(Text name);  ///< below a key
  void begin();
  void append(Text part, const char* stop = nullptr);  ///< the text up to `stop`, or all of it
  void append_number(std::uint32_t number);
  void append_day(std::int32_t day);
  void end();

 private:
  void put(char c);
  void copy(Text part, const char* stop);
  void finish(char after);

  char *first_, *at_;
  char* end_;  ///< one before the last, so that below it there is room for two
};

}  // namespace candor::runtime

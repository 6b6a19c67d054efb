#pragma once
/// @file Reads a JSON object field by field and reports everything that is wrong with it at once.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"
#include "core/compiler/json.h"

namespace candor::compiler {

/// The index of `name` in `names`, or -1.
int index_of(const std::vector<std::string>& names, std::string_view name);

/// The path of `key` below `path`, escaped after RFC 6901.
std::string pointer(std::string_view path, std::string_view key);
std::string pointer(std::string_view path, std::size_t index);

/// An ISO 8601 duration in whole numbers that is longer than nothing: P6M, PT3H, P1Y2M10DT30M.
bool is_duration(std::string_view text);

/// Days since 1970-01-01 of a calendar date written YYYY-MM-DD; none where it is no date that exists.
std::optional<std::int32_t> parse_date(std::string_view text);
std::string format_date(std::int32_t days);

/// A view of one object. Each getter reports a wrong type with code `wrong-type`, a value that is outside its closed
/// list with `unknown-value` and the nearest one as fix, text with control characters with `control-character`, and
/// remembers the key; `finish` reports every key never asked for as `unknown-key` with the nearest one that was.
class ObjectReader {
 public:
  /// `value` must outlive the reader. Reports `wrong-type` and behaves as an empty object where it is none.
  ObjectReader(const Json& value, std::string path, Issues& issues);

  const std::string& path() const { return path_; }
  Issues& issues() { return issues_; }
  bool has(std::string_view key);
  bool required(std::string_view key);    ///< `missing-key` and false where absent
  const Json* raw(std::string_view key);  ///< marks the key as known

  std::string string(std::string_view key, std::string fallback = {});
  std::string required_string(std::string_view key);  ///< `missing-key` where absent or empty
  bool boolean(std::string_view key, bool fallback = false);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<std::int32_t> date(std::string_view key);     ///< `bad-date`
  std::optional<std::string> url(std::string_view key);       ///< https, http, mailto or a path; `bad-url`
  std::optional<std::string> duration(std::string_view key);  ///< ISO 8601, positive, e.g. P6M, PT3H; `bad-duration`
  /// One of `allowed`, or empty.
  std::string choice(std::string_view key, const std::vector<std::string>& allowed, std::string fallback = {});
  /// The index in `allowed` of the one that stands there, or -1.
  int index(std::string_view key, const std::vector<std::string>& allowed);
  /// The indices in `allowed` of those in a list, in its order.
  std::vector<int> indices(std::string_view key, const std::vector<std::string>& allowed);
  /// A list of strings out of `allowed` (any string where `allowed` is empty); a bare string counts as a list of one.
  std::vector<std::string> strings(std::string_view key, const std::vector<std::string>& allowed = {});
  void objects(std::string_view key, const std::function<void(const Json&, const std::string& path)>& each);  ///< array
  void members(std::string_view key,
               const std::function<void(const std::string& name, const Json&, const std::string& path)>& each);

  void report(std::string code, std::string path, std::string message, std::string fix = {});
  void finish();

 private:
  const Json& value_;
  std::string path_;
  Issues& issues_;
  std::vector<std::string> known_;
};

}  // namespace candor::compiler

#pragma once
/// @file Calendar days and ISO 8601 durations. Proleptic Gregorian calendar, no zones, no clock.
#include <cstdint>

#include "core/runtime/format.h"
#include "core/runtime/text.h"

namespace candor::runtime {

using Day = std::int32_t;  ///< days since 1970-01-01

inline constexpr Day last_day = 2932896;  ///< 9999-12-31, the last one that can be written

struct Civil {
  int year, month, day;  ///< month and day count from 1
};

Civil to_civil(Day day);

/// A calendar date written YYYY-MM-DD, or the date part of an RFC 3339 instant; `no_day` where it is none that exists.
Day parse_day(Text text);
/// A date alone.
Day parse_date(Text text);
/// Whether `text` is an instant after RFC 3339: a day that exists, `T`, a time of day, and `Z` or an offset.
bool is_instant(Text text);
/// Writes YYYY-MM-DD into `out`, ten bytes and NUL.
void write_day(Day day, char* out);

/// Writes the date, hour and minute of `instant` plus `minutes` into `out`, sixteen bytes and NUL, in the zone of
/// `instant`. False: that is a day which cannot be written.
bool write_later(Text instant, std::uint32_t minutes, char* out);

/// `day` plus an ISO 8601 duration of years, months, weeks and days (P6M, P13M, P180D); a day beyond the end of the
/// month becomes its last. `no_day` where the duration is empty or of another form.
Day add_duration(Day day, Text duration);

/// The length of an ISO 8601 duration or `businessDays:N` in minutes, for comparing two of them: months count 30 days,
/// business days 1.4 days. 0 where it is neither.
std::uint32_t approximate_minutes(Text duration);

}  // namespace candor::runtime

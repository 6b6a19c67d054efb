#pragma once
/// @file One moment, as the engine is asked about it.
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace candor {

/// What is known of one moment. Empty members are not stated.
struct Situation {
  std::string host = {};                          ///< `page` where any script may have stated the facts
  std::string at = {};                            ///< the day, YYYY-MM-DD, where the person is; required
  std::string now = {};                           ///< RFC 3339; for intervals only
  std::vector<std::string> jurisdictions = {};    ///< ISO 3166-1 or 3166-2, `EU`, `EEA`; none: unknown
  std::string channel = {};                       ///< the id of a declared channel, or a channel type
  std::vector<std::string> languages = {};        ///< BCP 47, best first
  std::map<std::string, std::string> facts = {};  ///< by name; sets joined by `,`
  std::string posture = {};                       ///< `strict` or `exact`
};

/// The request lines that ask for `op` (`decide` or `explain`) in `situation`: the protocol of `candor_call`.
inline std::string request_lines(std::string_view op, const Situation& situation) {
  std::string lines;
  auto line = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) lines.append(key).append("=").append(value).append("\n");
  };
  line("op", op);
  line("host", situation.host);
  line("at", situation.at);
  line("now", situation.now);
  for (const std::string& place : situation.jurisdictions) line("place", place);
  line("channel", situation.channel);
  for (const std::string& language : situation.languages) line("language", language);
  for (const auto& [name, value] : situation.facts) line("fact." + name, value);
  line("posture", situation.posture);
  return lines;
}

}  // namespace candor

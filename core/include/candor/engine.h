#pragma once
/// @file The engine: load packs or a bundle, then ask.
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "candor/situation.h"
#include "core/runtime/instance.h"

namespace candor {

/// Holds one rulebook, its languages, and at most one compiled-in deployment. Copies nothing out of what it is given
/// after a call returns. Not thread-safe: one engine a thread. It has no clock, reads no locale, and never touches
/// network or disk.
class Engine {
 public:
  /// Loads a bundle, or `rules.pack`, then language packs, then `sources.pack` where whole citations are wanted.
  /// Returns the envelope: `{"type":"success",…}`, or `{"type":"failure","errors":[…]}` with `integrity`,
  /// `unsupported-format`, `bad-pack`, `pack-mismatch` or `too-large`. At most 256 KiB a file.
  std::string load(std::string_view pack) { return call(pack); }

  /// The decision for `situation`: the envelope as JSON. Every error in what was asked comes at once, each with its
  /// path.
  std::string decide(const Situation& situation) { return call(request_lines("decide", situation)); }
  /// The same with a trace of every rule that was looked at.
  std::string explain(const Situation& situation) { return call(request_lines("explain", situation)); }

  /// The protocol itself: request lines (at most 64 KiB), or the bytes of a pack.
  std::string call(std::string_view input) {
    return std::string(instance_->call(std::span(reinterpret_cast<const std::uint8_t*>(input.data()), input.size())));
  }

 private:
  std::unique_ptr<runtime::Instance> instance_ = std::make_unique<runtime::Instance>();
};

}  // namespace candor

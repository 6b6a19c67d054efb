#pragma once
/// @file One engine: what is loaded, and the one call that everything goes through.
#include <cstdint>
#include <span>
#include <string_view>

#include "core/runtime/answer.h"
#include "core/runtime/bundle.h"
#include "core/runtime/decide.h"
#include "core/runtime/deployment.h"
#include "core/runtime/message.h"
#include "core/runtime/request.h"
#include "core/runtime/sources.h"

namespace candor::runtime {

/// All memory is inside; nothing is allocated. About 1.5 MB, so it belongs on the heap or in static storage.
class Instance {
 public:
  /// Bytes that begin `CNDR` load a pack or bundle, anything else is a request (request.h). Returns the JSON envelope,
  /// which stands until the next call. Never fails otherwise than by `{"type":"failure"}`; the next call works. Loading
  /// a rulebook or bundle replaces what was loaded; languages and sources add to it.
  std::string_view call(std::span<const std::uint8_t> input);

 private:
  static constexpr std::uint32_t pack_arena = 768 * 1024;

  void load(const std::uint8_t* file, std::uint32_t size, JsonWriter& out);
  /// False: refused, with `code` unless there are problems. `kind` becomes what the answer calls the pack.
  bool take_section(SectionTag tag, std::uint8_t* body, std::uint32_t size, Text& code, Text& kind);
  void answer_loaded(Text kind, JsonWriter& out);
  void decide_request(const std::uint8_t* text, std::uint32_t size, JsonWriter& out);
  void refuse(Text code, Text expected);

  // What is small stands first: its address is shorter.
  std::uint32_t locale_count_ = 0;
  std::uint32_t arena_used_ = 0;
  bool compiled_in_ = false;  ///< the deployment came with the bundle
  Sources sources_;
  Problems problems_;
  Book book_;
  Deployment deployment_;
  Situation situation_;
  Decision decision_;
  Lines lines_;
  Locale locales_[max_locales];
  std::uint8_t arena_[pack_arena] = {};
  char request_[request_limit + 1] = {};
  char answer_[answer_limit] = {};
};

}  // namespace candor::runtime

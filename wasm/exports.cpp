/// @file The C exports of candor.wasm over one instance (exports.txt). They carry bytes and decide nothing.
#include <cstdint>
#include <string_view>

#include "core/runtime/instance.h"
#include "wasm/arena.h"

namespace {

constexpr std::uint32_t abi = 1;
constexpr std::uint32_t input_bytes = (64 + 256) * 1024;  // one request and one bundle at a time

constinit candor::wasm::Arena<input_bytes> arena;
constinit std::string_view answer;
// A module without imports has nobody to run constructors when it starts, so this one needs none.
constinit candor::runtime::Instance instance;

}  // namespace

extern "C" {

/// What the standard library calls when a precondition is broken. A trap needs no import and makes the host drop the
/// instance.
_Noreturn void abort() { __builtin_trap(); }

/// The version of these exports. A host refuses a number it does not know.
std::uint32_t candor_abi() { return abi; }

/// A block for the host to write input into, or null where it does not fit.
std::uint8_t* candor_alloc(std::uint32_t size) { return arena.allocate(size); }

/// Ends a block. Pointers that are no block are ignored.
void candor_free(std::uint8_t* block) { arena.free(block); }

/// Loads a pack or bundle, or answers a request, and returns the length of the answer.
std::uint32_t candor_call(const std::uint8_t* input, std::uint32_t size) {
  answer = instance.call({input, size});
  return static_cast<std::uint32_t>(answer.size());
}

/// The answer of the last call. It belongs to the instance and stands until the next call.
const char* candor_answer() { return answer.data(); }
}

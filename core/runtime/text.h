#pragma once
/// @file Text: NUL-terminated UTF-8, never null; empty is "". One word wide, because in WebAssembly anything wider goes
/// through memory at every call.
#include <cstddef>
#include <cstdint>

namespace candor::runtime {

using Text = const char*;

[[gnu::always_inline]] inline bool is_empty(Text text) { return !*text; }
bool equal(Text a, Text b);
/// Whether `text` is what stands in so many bytes.
bool equal(Text text, const char* bytes, std::uint32_t size);
std::uint32_t length(Text text);

/// Words in one literal, each followed by NUL: `"no\0yes\0"`.
using Words = const char*;
/// The index of `text` among `words`, or -1.
int index_of(Text text, Words words);
Text word_at(Words words, int index);

/// Cuts `rest` at the first `separator`: returns the part before it, and `rest` goes on behind it (at "" where there
/// was none).
Text cut(char*& rest, char separator);

/// A whole number from 0, -1 where it is none. What is more than `most_number` counts as that many.
std::int32_t whole_number(Text text);
inline constexpr std::int32_t most_number = 2'000'000'000;

/// A lower-case letter or a digit.
bool is_id_letter(char c);
/// Lower-case letters, digits and hyphens, no hyphen first.
bool is_id(Text text);

}  // namespace candor::runtime

#pragma once
/// @file Text: NUL-terminated UTF-8, never null; empty is "". One word wide, because in WebAssembly anything wider goes
/// through memory at every call.
#include <cstddef>
#include <cstdint>

namespace candor::runtime {

using Text = const char*;

inline bool is_empty(Text text) { return !*text; }
bool equal(Text a, Text b);
std::uint32_t length(Text text);

/// Words in one literal, each followed by NUL: `"no\0yes\0"`.
using Words = const char*;
/// The index of `text` among `words`, or -1.
int index_of(Text text, Words words);
Text word_at(Words words, int index);

/// Cuts `rest` at the first `separator`: returns the part before it, and `rest` goes on behind it (at "" where there
/// was none).
Text cut(char*& rest, char separator);

/// A whole number from 0 of at most `digits` digits, or -1.
double whole_number(Text text, std::uint32_t digits);

/// Lower-case letters, digits and hyphens, no hyphen first.
bool is_id(Text text);

}  // namespace candor::runtime

#pragma once
/// @file Small things done with text. Words are NUL-terminated and texts are passed by reference: in WebAssembly a view passed
/// by value costs several instructions at every call.
#include <string_view>

namespace candor::runtime {

using Text = std::string_view;

bool is(const Text& text, const char* word);
/// Takes `prefix` from the front of `text` where it stands there.
bool eat(Text& text, const char* prefix);
/// The part before the first `separator`; `rest` keeps what follows it.
Text take_until(Text& rest, char separator);

/// Words in one string, with a space between two.
using Words = const char*;
/// The index of `text` among `words`, or -1.
int index_of(const Text& text, Words words);
Text word_at(Words words, int index);

/// A whole number from 0 of at most `digits` digits, or -1.
double whole_number(const Text& text, unsigned digits);

/// Lower-case letters, digits and hyphens, no hyphen first.
bool is_id(const Text& text);

}  // namespace candor::runtime

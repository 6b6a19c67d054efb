#pragma once
/// @file SHA-384 after FIPS 180-4, for subresource integrity.
/// @see https://www.w3.org/TR/SRI/
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace candor::tools {

std::array<std::uint8_t, 48> sha384(std::string_view bytes);

/// `sha384-<base64>`, as in an `integrity` attribute.
std::string integrity(std::string_view bytes);

}  // namespace candor::tools

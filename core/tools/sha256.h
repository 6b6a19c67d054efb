#pragma once
/// @file SHA-256 after FIPS 180-4, for the chain of receipts.
#include <string>
#include <string_view>

namespace candor::tools {

/// The digest in lower-case hexadecimal, 64 characters.
std::string sha256_hex(std::string_view bytes);

}  // namespace candor::tools

#pragma once
/// @file SHA-256 and SHA-384 after FIPS 180-4: the chain of receipts, and subresource integrity.
/// @see https://www.w3.org/TR/SRI/
#include <string>
#include <string_view>

namespace candor::tools {

/// The digest in lower-case hexadecimal, 64 characters.
std::string sha256_hex(std::string_view bytes);

/// The digest, 48 bytes.
std::string sha384(std::string_view bytes);

/// `sha384-<base64>`, as in an `integrity` attribute.
std::string integrity(std::string_view bytes);

}  // namespace candor::tools

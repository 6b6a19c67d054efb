#pragma once
/// @file Base64 after RFC 4648 section 4, padded.
#include <string>
#include <string_view>

namespace candor::tools {

std::string base64(std::string_view bytes);

}  // namespace candor::tools

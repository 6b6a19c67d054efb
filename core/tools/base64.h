#pragma once
/// @file Base64 after RFC 4648 section 4, padded.
#include <string>
#include <string_view>

namespace candor::tools {

std::string base64(std::string_view bytes);

/// Bytes as an ASCII ES module whose default export is their base64: for pages whose policy blocks fetch.
std::string base64_module(std::string_view bytes);

}  // namespace candor::tools

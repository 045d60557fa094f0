#include "gateway/domain/web_origin.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>

namespace limpid::gateway {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// A label of a host name (RFC 1123 §2.1); underscores occur in real ones.
bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return IsLetterOrDigit(c) || c == '-' || c == '_'; });
}

bool IsHost(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  while (true) {
    const size_t dot = host.find('.');
    if (!IsLabel(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

bool IsLoopback(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool IsPort(std::string_view port, unsigned schemes_own) {
  if (port.empty() || port.front() == '0') return false;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc() && end == port.data() + port.size() && number <= 65535 && number != schemes_own;
}

}  // namespace

bool IsWebOrigin(std::string_view origin) {
  const bool https = origin.substr(0, kHttps.size()) == kHttps;
  if (!https && origin.substr(0, kHttp.size()) != kHttp) return false;
  origin.remove_prefix(https ? kHttps.size() : kHttp.size());

  const size_t after_bracket = origin.substr(0, 1) == "[" ? origin.find(']') : 0;
  if (after_bracket == std::string_view::npos) return false;
  const size_t colon = origin.find(':', after_bracket);
  const std::string_view host = origin.substr(0, colon);
  if (colon != std::string_view::npos && !IsPort(origin.substr(colon + 1), https ? 443 : 80)) return false;
  return IsLoopback(host) || (https && IsHost(host));
}

}  // namespace limpid::gateway

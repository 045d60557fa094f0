#include "gateway/transcoding/url_text.h"

#include <algorithm>

namespace limpid::gateway {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> FormDecode(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return PercentDecode(spaced, /*keep_slash=*/false);
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text, bool keep_slash) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    const int high = i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? HexValue(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    const char byte = static_cast<char>(high * 16 + low);
    if (byte == '/' && keep_slash) {
      decoded.append(text, i, 3);
    } else {
      decoded.push_back(byte);
    }
    i += 2;
  }
  return decoded;
}

std::vector<QueryParameter> ParseQuery(std::string_view query) {
  std::vector<QueryParameter> parameters;
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    const auto name = FormDecode(pair.substr(0, equals));
    parameters.push_back({.name = name.value_or(std::string(pair.substr(0, equals))),
                          .value = name ? FormDecode(value) : std::nullopt});
  }
  return parameters;
}

}  // namespace limpid::gateway

#pragma once

#include <cstddef>
#include <string_view>

namespace limpid {

inline constexpr std::string_view kAsciiSpaces = " \t\r\n\v\f";

/// Without the characters of `unwanted` at both ends. A part of `text`.
constexpr std::string_view Trim(std::string_view text, std::string_view unwanted = kAsciiSpaces) {
  const std::size_t begin = text.find_first_not_of(unwanted);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(unwanted) + 1 - begin);
}

}  // namespace limpid

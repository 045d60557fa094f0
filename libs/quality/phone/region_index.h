#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace limpid::quality {

/// Pairs of upper-case letters: as many as tables by region have places.
inline constexpr std::size_t kRegionIndices = std::size_t{26} * 26;

/// The place of a region (ISO 3166-1 alpha-2) in such a table; nothing for any other text.
inline std::optional<std::size_t> RegionIndex(std::string_view region) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (region.size() != 2 || !is_letter(region[0]) || !is_letter(region[1])) return std::nullopt;
  return static_cast<std::size_t>((region[0] - 'A') * 26 + (region[1] - 'A'));
}

}  // namespace limpid::quality

#pragma once

#include <string_view>

namespace limpid::quality {

/// Regions (ISO 3166-1 alpha-2) that a number may be of although another one is assumed. Either may be empty;
/// the code of no country is passed over.
struct LikelyRegions {
  /// Of the person's address: believed even where the number is valid in the region assumed.
  std::string_view home;
  /// Of most people who are asked: believed where the region assumed has no such number.
  std::string_view usual;

  bool empty() const { return home.empty() && usual.empty(); }
};

}  // namespace limpid::quality

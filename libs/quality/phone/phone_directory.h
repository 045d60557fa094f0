#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/quality/phone/prefix_table.h"
#include "libs/quality/phone/verdict.h"

namespace limpid::quality {

/// What tables tell of a number by its beginning: the network that it was first given to, its time zones and
/// its place. Apart from QualityData, because only who shows verdicts needs it. Immutable; thread-safe. Must
/// outlive the verdicts that it describes.
class PhoneDirectory {
 public:
  /// Of the data folder.
  static constexpr std::array<std::string_view, 4> kFiles = {"phone/carriers.tsv", "phone/time_zones.tsv",
                                                             "phone/places_en.tsv", "phone/places_fr.tsv"};
  /// NOT_FOUND names the file that is missing from `directory`, INVALID_ARGUMENT the line that cannot be
  /// read.
  static absl::StatusOr<std::shared_ptr<const PhoneDirectory>> Load(const std::string& directory);

  /// Fills `carrier_original`, `time_zones` and `location` of a verdict on a valid number: three searches, no
  /// allocation. The place is in `language` (`fr`, `en`) and in French for every other.
  void Describe(std::string_view language, PhoneVerdict& verdict) const;

  std::size_t bytes() const;

 private:
  PhoneDirectory() = default;

  PrefixTable carriers_;
  PrefixTable zones_;
  PrefixTable places_english_;
  PrefixTable places_french_;
  std::vector<std::vector<std::string_view>> zones_of_;  ///< The single zones of each name of `zones_`.
};

}  // namespace limpid::quality

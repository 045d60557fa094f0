#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "libs/quality/phone/likely_regions.h"
#include "libs/quality/phone/verdict.h"
#include "libs/quality/quality_data.h"

namespace limpid::quality {

/// Judges a phone number without the network: number plan, formats, flags, and what was probably meant. Any
/// input gets a verdict. Thread-safe. Make a new one when the data is reloaded.
class PhoneRules {
 public:
  explicit PhoneRules(std::shared_ptr<const QualityData> data);
  /// `default_region` (ISO 3166-1 alpha-2, either case) is assumed for numbers without a calling code; empty
  /// or unknown: only international forms are read. What is valid in one of the `likely` regions is proposed.
  PhoneVerdict Verify(std::string_view input, std::string_view default_region,
                      const LikelyRegions& likely = {}) const;
  /// The verdict's `e164` alone, at some half of the verdict's cost: for match keys.
  std::string E164(std::string_view input, std::string_view default_region) const;
  /// The number plan that the verdicts come from.
  const NumberPlan& plan() const { return data_->number_plan(); }

 private:
  std::shared_ptr<const QualityData> data_;
};

}  // namespace limpid::quality

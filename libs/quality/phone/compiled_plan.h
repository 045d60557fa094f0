#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/calling_code.h"
#include "libs/quality/phone/region_index.h"

namespace i18n::phonenumbers {
class PhoneMetadataCollection;
}

namespace limpid::quality {

/// The calling codes of a number plan, each compiled by the first call that needs it (a fraction of a
/// millisecond for most, some milliseconds for the largest): a program meets few of them. Thread-safe; no
/// locks.
class CompiledPlan {
 public:
  /// `metadata` outlives the plan.
  explicit CompiledPlan(const i18n::phonenumbers::PhoneMetadataCollection& metadata);
  ~CompiledPlan();

  /// A region as numbers are read in it.
  struct Home {
    int calling_code = 0;
    std::size_t territory = 0;  ///< Its place in the calling code.
  };
  /// Nothing for what is no region.
  std::optional<Home> Find(std::string_view region) const;

  /// The digits dialled before a national number of the region; empty where there are none.
  std::string TrunkPrefix(std::string_view region) const;

  bool Exists(int calling_code) const {
    return calling_code > 0 && calling_code < static_cast<int>(codes_.size()) &&
           codes_[calling_code] != nullptr;
  }
  /// Null for a calling code that does not exist, or is left to libphonenumber.
  const CallingCode* Code(int calling_code) const;

 private:
  struct Slot {
    ~Slot();
    CallingCode::Metadata metadata;
    /// What it was compiled to; `left_to_library` where it could not be.
    std::atomic<const CallingCode*> compiled = nullptr;
    std::atomic<bool> left_to_library = false;
  };

  std::array<std::unique_ptr<Slot>, 1000> codes_;
  std::array<Home, kRegionIndices> homes_;  ///< By the two letters of the region.
};

}  // namespace limpid::quality

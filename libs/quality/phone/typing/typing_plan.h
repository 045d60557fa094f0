#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/digit_pattern.h"
#include "libs/quality/phone/typing/typing_format.h"

namespace i18n::phonenumbers {
class PhoneMetadata;
class PhoneMetadataCollection;
}  // namespace i18n::phonenumbers

namespace limpid::quality {

/// How numbers of one calling code are typed: by the rules of its main territory. Immutable; thread-safe.
class TypingTerritory {
 public:
  /// Of no region: numbers are read with their calling code only.
  TypingTerritory() = default;
  /// Nothing when a pattern is written in a way that is not understood.
  static std::optional<TypingTerritory> Compile(const i18n::phonenumbers::PhoneMetadata& metadata);

  int calling_code() const { return calling_code_; }
  /// How many digits of an international prefix the number begins with; nothing where none stands.
  std::optional<std::size_t> InternationalPrefix(std::string_view digits) const;
  /// How many digits of a national prefix; 0 where none stands.
  std::size_t NationalPrefix(std::string_view digits) const;

  const std::vector<TypingFormat>& national() const { return national_; }
  /// Empty: the national ones hold abroad too.
  const std::vector<TypingFormat>& international() const { return international_; }

 private:
  int calling_code_ = 0;
  std::optional<DigitPattern> international_prefix_;
  std::optional<DigitPattern> national_prefix_;
  std::vector<TypingFormat> national_;
  std::vector<TypingFormat> international_;
};

/// The territories of a number plan, each compiled by the first call that needs it. Thread-safe; no locks.
class TypingPlan {
 public:
  /// `metadata` outlives the plan.
  explicit TypingPlan(const i18n::phonenumbers::PhoneMetadataCollection& metadata);
  ~TypingPlan();

  /// Null for a calling code that nobody has. One whose rules are not understood has none.
  const TypingTerritory* Code(int calling_code) const;
  /// The territory of no region.
  const TypingTerritory& nowhere() const { return nowhere_; }

 private:
  struct Slot {
    ~Slot();
    const i18n::phonenumbers::PhoneMetadata* metadata = nullptr;
    std::atomic<const TypingTerritory*> compiled = nullptr;
  };

  TypingTerritory nowhere_;
  std::array<std::unique_ptr<Slot>, 1000> codes_;
};

}  // namespace limpid::quality

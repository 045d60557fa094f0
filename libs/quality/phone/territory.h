#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/quality/phone/digit_pattern.h"

namespace i18n::phonenumbers {
class PhoneMetadata;
}

namespace limpid::quality {

/// What the length of a national number says of it.
enum class LengthFit : uint8_t { kPossible, kLocalOnly, kTooShort, kTooLong, kInvalid };

/// How numbers are dialled in one territory: prefixes and lengths. Immutable; thread-safe.
class Territory {
 public:
  /// Nothing when a pattern is written in a way that is not understood.
  static std::optional<Territory> Compile(const i18n::phonenumbers::PhoneMetadata& metadata);

  const std::string& region() const { return region_; }
  LengthFit FitOf(std::size_t length) const {
    return fits_[length < fits_.size() ? length : fits_.size() - 1];
  }

  /// False for networks that are not of a country: nobody dials from there.
  bool dials() const { return international_.has_value(); }
  /// How many digits of an international prefix (`00`) the number begins with; nothing where none stands.
  /// The territory dials.
  std::optional<std::size_t> InternationalPrefix(std::string_view digits) const;

  /// The number without its national prefix, or as the territory's rule transforms it; nothing when it does
  /// not begin with one. Points into `digits` or into `transformed`.
  std::optional<std::string_view> WithoutNationalPrefix(std::string_view digits,
                                                        std::string& transformed) const;

 private:
  /// A pattern, and the text where it is one: `00`, `0`.
  struct Prefix {
    DigitPattern pattern;
    std::string literal;
  };
  static std::optional<Prefix> CompilePrefix(const std::string& expression);

  std::string region_;
  std::optional<Prefix> international_;
  std::optional<Prefix> national_;
  std::string transform_rule_;
  std::array<LengthFit, 19> fits_;  ///< The last for all that are longer.
};

}  // namespace limpid::quality

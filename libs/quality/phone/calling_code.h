#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/digit_automaton.h"
#include "libs/quality/phone/number_format.h"
#include "libs/quality/phone/territory.h"
#include "libs/quality/phone/verdict.h"

namespace limpid::quality {

/// All that the number plan knows of one calling code, in one automaton: a walk over the national number
/// tells region, type, formats, and which territories sharing the code have it. Immutable; thread-safe.
class CallingCode {
 public:
  using Metadata = std::vector<const i18n::phonenumbers::PhoneMetadata*>;

  /// `territories` in libphonenumber's order: the main one first. Null when a pattern among them is written
  /// in a way that is not understood.
  static std::unique_ptr<const CallingCode> Compile(const Metadata& territories);

  /// What a national number is.
  struct Standing {
    PhoneType type = PhoneType::kUnknown;  ///< kUnknown: the number is not valid.
    uint8_t territory = 0;                 ///< Whose number it is, when it is valid.
    uint32_t candidates = 0;               ///< Bit t: territory t has the number.
  };

  /// The code in digits.
  const std::string& text() const { return text_; }

  /// A set of patterns that a national number matches; the other calls take it.
  using PatternSet = std::size_t;
  PatternSet Find(std::string_view national) const { return automaton_.Find(national); }

  Standing StandingOf(PatternSet set, std::size_t length) const {
    return length > kLongest ? Standing() : groups_[set].standings[length];
  }
  /// Whether the number has the general form of those of the territory, of whatever length.
  bool LooksNational(PatternSet set, std::size_t territory) const {
    return (groups_[set].looks_national >> territory & 1) != 0;
  }
  /// Null: the digits stand ungrouped.
  const NumberFormat* NationalFormat(PatternSet set) const { return groups_[set].national; }
  const NumberFormat* InternationalFormat(PatternSet set) const { return groups_[set].international; }

  const std::vector<Territory>& territories() const { return territories_; }

 private:
  class Compiler;

  static constexpr std::size_t kLongest = 17;
  struct Group {
    std::array<Standing, kLongest + 1> standings;
    uint32_t looks_national = 0;
    const NumberFormat* national = nullptr;
    const NumberFormat* international = nullptr;
  };

  CallingCode() = default;

  std::string text_;
  std::vector<Territory> territories_;
  std::vector<std::unique_ptr<const NumberFormat>> formats_;
  DigitAutomaton automaton_;
  std::vector<Group> groups_;  ///< For each set of the automaton.
};

}  // namespace limpid::quality

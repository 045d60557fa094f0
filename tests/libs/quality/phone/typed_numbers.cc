#include "tests/libs/quality/phone/typed_numbers.h"

#include <random>
#include <vector>

#include <phonenumbers/phonemetadata.pb.h>

#include "libs/base/strings.h"
#include "libs/quality/phone/digit_pattern.h"
#include "libs/quality/phone/library_instance.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneNumberDesc;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t Roll(std::size_t sides) { return engine_() % sides; }
  char Digit() { return static_cast<char>('0' + Roll(10)); }
  template <class List>
  const auto& Pick(const List& list) {
    return list[Roll(std::size(list))];
  }

 private:
  std::mt19937 engine_;
};

std::vector<DigitPattern> PatternsOf(const PhoneMetadata& territory) {
  std::vector<DigitPattern> patterns;
  for (const PhoneNumberDesc* kind :
       {&territory.general_desc(), &territory.fixed_line(), &territory.mobile(), &territory.toll_free(),
        &territory.premium_rate(), &territory.shared_cost(), &territory.voip(), &territory.personal_number(),
        &territory.pager(), &territory.uan(), &territory.voicemail()}) {
    if (!kind->national_number_pattern().empty()) {
      patterns.push_back(DigitPattern::Parse(kind->national_number_pattern()).value());
    }
  }
  return patterns;
}

std::string Damage(std::string digits, Dice& dice) {
  switch (dice.Roll(12)) {
    case 0:
      digits[dice.Roll(digits.size())] = dice.Digit();
      break;
    case 1:
      digits.pop_back();
      break;
    case 2:
      digits.push_back(dice.Digit());
      break;
    case 3:
      digits.erase(0, 1);
      break;
    case 4:
      digits.insert(digits.begin(), dice.Digit());
      break;
    case 5:
      for (char& digit : digits) digit = dice.Digit();
      break;
    default:
      break;
  }
  return digits;
}

/// The digits in groups of two to four, parted by one of the usual signs.
std::string Part(std::string_view digits, Dice& dice) {
  static constexpr const char* kSigns[] = {" ", ".", "-", "/", "\u00A0", " (", ") ", "\u2011", "  "};
  const char* const sign = dice.Pick(kSigns);
  std::string parted;
  std::size_t left = 1 + dice.Roll(4);
  for (const char digit : digits) {
    if (left-- == 0) {
      parted += sign;
      left = 1 + dice.Roll(3);
    }
    parted.push_back(digit);
  }
  return parted;
}

std::string FullWidth(std::string_view digits) {
  std::string wide;
  for (const char digit : digits) {
    wide += "\xEF\xBC";
    wide.push_back(static_cast<char>('\x90' + (digit - '0')));
  }
  return wide;
}

/// The text with something at a place where it does not belong, as slips and copied texts have it.
std::string Disfigure(std::string text, Dice& dice) {
  static constexpr const char* kPieces[] = {"O",
                                            "l",
                                            "+",
                                            "x",
                                            "int",
                                            " ou 0612345678",
                                            "/ +33612345678",
                                            "\"",
                                            "|",
                                            ":",
                                            "\t",
                                            "\n",
                                            "(bureau)",
                                            "FLOWERS",
                                            ",",
                                            ";",
                                            "#",
                                            "*",
                                            "~",
                                            "\u200F",
                                            "\u202A",
                                            "é",
                                            "\u00BD",
                                            "_",
                                            " p. 12",
                                            "\u0967",
                                            "?",
                                            "ext"};
  return text.insert(dice.Roll(text.size() + 1), dice.Pick(kPieces));
}

std::string Type(const PhoneMetadata& territory, const std::string& national, Dice& dice) {
  const std::string code = StrCat(territory.country_code());
  const std::string& trunk = territory.national_prefix();
  switch (dice.Roll(22)) {
    case 0:
    case 1:
      return StrCat("+", code, national);
    case 2:
    case 3:
      return StrCat("+", Part(StrCat(code, national), dice));
    case 4:
      return StrCat("00", code, national);
    case 5:
      return Part(StrCat("00", code, national), dice);
    case 6:
      return StrCat("011 ", code, " ", national);
    case 7:
    case 8:
      return StrCat(trunk, national);
    case 9:
    case 10:
      return Part(StrCat(trunk, national), dice);
    case 11:
      return StrCat("+", code, " (", trunk, ") ", Part(national, dice));
    case 12:
      return StrCat("+", code, trunk, national);
    case 13:
      return StrCat(code, national);
    case 14:
      return FullWidth(StrCat(trunk, national));
    case 15:
      return StrCat("Tel: ", Part(national, dice), ".");
    case 16:
      return StrCat("\u202A+", code, " ", national, "\u202C");
    case 17:
    case 19: {
      static constexpr const char* kExtensions[] = {
          " ext. 12", " x3",    ";ext=45",    "#6",      " poste 4", ",,7",        " EXTENSION: 81",
          "/x5",      " / x 5", " ext 1234#", "-x.-7)",  " int 33",  ", ext 12",   " ext. 1234567890",
          " xt 4",    "x",      " x12 x13",   ";isub=1", "x5 ou 6",  ";ext=5;a=1", " - extn 9."};
      return StrCat(dice.Roll(2) == 0 ? StrCat("+", code) : trunk, Part(national, dice),
                    dice.Pick(kExtensions));
    }
    case 20:
      return Disfigure(Part(StrCat(dice.Roll(2) == 0 ? "+" : "", code, national), dice), dice);
    case 18: {
      static constexpr const char* kPrefixes[] = {"+", "++", "+ ",   "0",  "1",  "8",
                                                  "9", "00", "0011", "19", "(0)"};
      return StrCat(dice.Pick(kPrefixes), national);
    }
    default:
      return national;
  }
}

}  // namespace

TypedNumbers::TypedNumbers(const NumberPlan& plan, unsigned seed) : plan_(plan), seed_(seed) {}

void TypedNumbers::ForEach(
    std::size_t count, const std::function<void(const std::string& input, const std::string& region)>& use) {
  Dice dice(seed_);
  const std::vector<std::string> regions = plan_.Regions();
  for (const PhoneMetadata& territory : plan_.library().metadata().metadata()) {
    const std::vector<DigitPattern> patterns = PatternsOf(territory);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string national =
          Damage(dice.Pick(patterns).Sample([&](std::size_t n) { return dice.Roll(n); }), dice);
      std::string region = territory.id() == "001" ? "" : territory.id();
      if (dice.Roll(8) == 0) region = dice.Roll(4) == 0 ? "" : dice.Pick(regions);
      use(Type(territory, national, dice), region);
    }
  }
}

}  // namespace limpid::quality

#include <functional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/phone/phone_rules.h"
#include "tests/libs/quality/test_data.h"

/// Every rule of what people type, over many numbers and many spellings, so that no rule only fits its
/// example.
namespace limpid::quality {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSubsetOf;

/// From here on a capture asks the person.
constexpr double kDecides = 0.8;

const PhoneRules& Rules() {
  static const auto* const rules = new PhoneRules(TestData());
  return *rules;
}

PhoneVerdict Verify(std::string_view input, std::string_view region = "FR") {
  return Rules().Verify(input, region);
}

/// One generator with a fixed seed: every run sees the same numbers.
class Dice {
 public:
  char Digit() { return static_cast<char>('0' + engine_() % 10); }
  /// `#` in the pattern is any digit.
  std::string Fill(std::string_view pattern) {
    std::string filled(pattern);
    for (char& c : filled) {
      if (c == '#') c = Digit();
    }
    return filled;
  }
  /// A number of the pattern that is valid in the region and carries no mark.
  std::string Plain(std::string_view pattern, std::string_view region) {
    constexpr int kTries = 1000;
    for (int i = 0; i < kTries; ++i) {
      std::string number = Fill(pattern);
      const PhoneVerdict verdict = Verify(number, region);
      if (verdict.status == PhoneStatus::kValid && verdict.flags.empty() && verdict.reasons.empty())
        return number;
    }
    ADD_FAILURE() << pattern << " holds no plain number of " << region;
    return {};
  }

 private:
  std::mt19937 engine_{20261122};
};

/// Ten digits of the French plan, mobile and fixed.
const std::vector<std::string>& French() {
  static const auto* const numbers = [] {
    auto* const made = new std::vector<std::string>();
    Dice dice;
    for (int i = 0; i < 8; ++i) {
      for (const char* pattern : {"06########", "07########", "01########", "04########", "02########"}) {
        made->push_back(dice.Plain(pattern, "FR"));
      }
    }
    return made;
  }();
  return *numbers;
}

std::string E164(std::string_view number) { return StrCat("+33", number.substr(1)); }

std::string Pairs(std::string_view number, std::string_view between) {
  std::string pairs;
  for (std::size_t i = 0; i < number.size(); i += 2) {
    if (i > 0) pairs.append(between);
    pairs.append(number.substr(i, 2));
  }
  return pairs;
}

/// `+33` or the like, and the other pairs.
std::string Abroad(std::string_view prefix, std::string_view number, std::string_view between) {
  return StrCat(prefix, number.substr(1, 1), between, Pairs(number.substr(2), between));
}

std::vector<std::string> Spellings(std::string_view number) {
  return {std::string(number),          Pairs(number, " "),
          Pairs(number, "."),           Pairs(number, "-"),
          Abroad("+33 ", number, " "),  Abroad("+33", number, ""),
          Abroad("0033 ", number, " "), Abroad("+33 (0)", number, " ")};
}

void ExpectProposed(std::string_view input, std::string_view meant, std::string_view reason,
                    std::string_view region = "FR") {
  const PhoneVerdict verdict = Verify(input, region);
  ASSERT_EQ(verdict.suggestions.size(), 1u) << input;
  EXPECT_EQ(verdict.suggestions[0].e164, meant) << input;
  EXPECT_GE(verdict.suggestions[0].confidence, kDecides) << input;
  EXPECT_LE(verdict.suggestions[0].confidence, 1) << input;
  EXPECT_THAT(verdict.reasons, Contains(verdict.suggestions[0].reason)) << input;
  if (!reason.empty()) {
    EXPECT_EQ(verdict.suggestions[0].reason, reason) << input;
  }
}

TEST(AsTyped, ReadsEverySpellingWithoutARemark) {
  for (const std::string& number : French()) {
    for (const std::string& spelling : Spellings(number)) {
      const PhoneVerdict verdict = Verify(spelling);
      EXPECT_EQ(verdict.e164, E164(number)) << spelling;
      EXPECT_THAT(verdict.reasons, IsEmpty()) << spelling;
      EXPECT_THAT(verdict.suggestions, IsEmpty()) << spelling;
    }
  }
}

TEST(AsTyped, SpacesAndSignsThatNobodySeesAreNoFault) {
  for (const std::string sign :
       {"\u00a0", "\u2007", "\u2009", "\u202f", "\u200a", "\u3000", "\u200b", "\u200e", "\u200f", "\u202a",
        "\u202c", "\u202d", "\u2060", "\u2066", "\u2069", "\ufeff", "\u00ad"}) {
    for (const std::string& number : French()) {
      for (const std::string& spelling :
           {Pairs(number, sign), StrCat(sign, Pairs(number, " "), sign),
            Abroad(StrCat("+33", sign), number, sign), StrCat(sign, "+33", sign, number.substr(1))}) {
        const PhoneVerdict verdict = Verify(spelling);
        EXPECT_EQ(verdict.e164, E164(number)) << spelling;
        EXPECT_THAT(verdict.reasons, IsEmpty()) << spelling;
        EXPECT_EQ(Rules().E164(spelling, "FR"), E164(number)) << spelling;
      }
    }
  }
}

TEST(AsTyped, DigitsOfEveryScriptAreDigits) {
  for (const std::u32string_view zero : {U"０", U"٠", U"۰", U"०", U"০", U"𝟎"}) {
    for (const std::string& number : French()) {
      std::string typed;
      for (const char c : number) {
        const auto point = static_cast<uint32_t>(zero[0]) + static_cast<uint32_t>(c - '0');
        if (point >= 0x10000) {
          typed.push_back(static_cast<char>(0xF0 | point >> 18));
          typed.push_back(static_cast<char>(0x80 | (point >> 12 & 0x3F)));
        } else if (point >= 0x800) {
          typed.push_back(static_cast<char>(0xE0 | point >> 12));
        } else {
          typed.push_back(static_cast<char>(0xC0 | point >> 6));
        }
        if (point >= 0x800) typed.push_back(static_cast<char>(0x80 | (point >> 6 & 0x3F)));
        typed.push_back(static_cast<char>(0x80 | (point & 0x3F)));
      }
      EXPECT_EQ(Verify(typed).e164, E164(number)) << typed;
    }
  }
}

TEST(AsTyped, ProposesTheNumberAmongWords) {
  for (const std::string& number : French()) {
    for (const std::string& spelling : Spellings(number)) {
      for (const char* behind :
           {" (bureau)", " bureau", " - domicile", " perso.", " M. Dupont", " (appeler après 18h)",
            " mère de Léa", "(mobile)", " le matin", ", demander Paul", " 📞 portable"}) {
        ExpectProposed(StrCat(spelling, behind), E164(number), {});
      }
    }
  }
}

TEST(AsTyped, GivesTheExtensionThatAWordTells) {
  for (const std::string& number : French()) {
    for (const std::string& spelling : Spellings(number)) {
      for (const char* behind : {" poste 42", " Poste: 42", ", poste 42", " (poste 42)", " p. 42", " p42",
                                 " poste n° 42", " extension 42", " interne 42", " ext 42", " x42"}) {
        const std::string input = StrCat(spelling, behind);
        const PhoneVerdict verdict = Verify(input);
        EXPECT_EQ(verdict.extension, "42") << input;
        EXPECT_THAT(verdict.reasons, Contains("HAS_EXTENSION")) << input;
        const std::string meant = verdict.suggestions.empty() ? verdict.e164 : verdict.suggestions[0].e164;
        EXPECT_EQ(meant, E164(number)) << input;
      }
    }
  }
}

TEST(AsTyped, ListsBothOfTwoNumbers) {
  const std::vector<std::string>& numbers = French();
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
    const std::vector<std::string> first = Spellings(numbers[i]);
    const std::vector<std::string> second = Spellings(numbers[i + 1]);
    for (std::size_t k = 0; k < first.size(); ++k) {
      for (const char* between : {" ou ", " / ", "/", " et ", ", ", ",", ";", " - ", " ", " | ", "\n", " or ",
                                  " (fax) ", " Fixe : ", "\t", " & "}) {
        const std::string input = StrCat(first[k], between, second[k]);
        const PhoneVerdict verdict = Verify(input);
        EXPECT_EQ(verdict.status, PhoneStatus::kInvalid) << input;
        EXPECT_THAT(verdict.reasons, Contains("MULTIPLE_NUMBERS")) << input;
        ASSERT_EQ(verdict.suggestions.size(), 2u) << input;
        EXPECT_EQ(verdict.suggestions[0].e164, E164(numbers[i])) << input;
        EXPECT_EQ(verdict.suggestions[1].e164, E164(numbers[i + 1])) << input;
        EXPECT_LT(verdict.suggestions[0].confidence, kDecides) << "which one is wanted is not ours to say";
      }
    }
  }
}

TEST(AsTyped, ListsTheSameNumberOnceAndSurely) {
  for (const std::string& number : French()) {
    ExpectProposed(StrCat(Pairs(number, " "), " / ", number), E164(number), "MULTIPLE_NUMBERS");
  }
}

TEST(AsTyped, ReadsAnotherEndingAsAnotherNumber) {
  const PhoneVerdict verdict = Verify("01 42 68 53 00/01");
  ASSERT_EQ(verdict.suggestions.size(), 2u);
  EXPECT_EQ(verdict.suggestions[0].e164, "+33142685300");
  EXPECT_EQ(verdict.suggestions[1].e164, "+33142685301");
}

/// `06 12` with each `from` behind the first pair replaced; empty when there is none.
std::string Mistype(std::string_view number, char from, std::string_view to) {
  std::string typed;
  bool changed = false;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i > 1 && number[i] == from) {
      typed.append(to);
      changed = true;
    } else {
      typed.push_back(number[i]);
    }
  }
  return changed ? Pairs(typed, to.size() == 1 ? " " : "") : std::string();
}

TEST(AsTyped, ProposesDigitsForLettersThatLookLikeThem) {
  int seen = 0;
  for (const std::string& number : French()) {
    for (const auto& [digit, letter] : {std::pair<char, const char*>{'0', "O"},
                                        {'0', "o"},
                                        {'1', "l"},
                                        {'1', "I"},
                                        {'1', "i"},
                                        {'0', "О"},
                                        {'0', "Ο"},
                                        {'5', "S"},
                                        {'8', "B"},
                                        {'2', "Z"}}) {
      const std::string typed = Mistype(number, digit, letter);
      if (typed.empty()) continue;
      ++seen;
      ExpectProposed(typed, E164(number), "CONFUSABLE");
    }
  }
  EXPECT_GT(seen, 100);
}

TEST(AsTyped, ALetterForTheFirstZeroIsNoted) {
  for (const std::string& number : French()) {
    for (const char* zero : {"O", "o"}) {
      const PhoneVerdict verdict = Verify(StrCat(zero, number.substr(1)));
      EXPECT_EQ(verdict.status, PhoneStatus::kValid);
      EXPECT_EQ(verdict.e164, E164(number));
      EXPECT_THAT(verdict.reasons, ElementsAre("CONFUSABLE"));
    }
  }
}

TEST(AsTyped, ProposesTheNumberBetweenOddSigns) {
  for (const std::string& number : French()) {
    for (const char* sign : {"·", "•", "_", ",", ":", ";", "…", "‧", " · ", "\\", "°"}) {
      ExpectProposed(Pairs(number, sign), E164(number), "CONFUSABLE");
      ExpectProposed(Abroad("+33", number, sign), E164(number), "CONFUSABLE");
    }
  }
}

TEST(AsTyped, UndoesWhatASpreadsheetDid) {
  for (const std::string& number : French()) {
    const std::string amount = number.substr(1);
    const std::string abroad = StrCat("33", amount);
    const std::string thousands =
        StrCat(amount.substr(0, 3), ",", amount.substr(3, 3), ",", amount.substr(6));
    for (const std::string& typed :
         {StrCat(amount.substr(0, 1), ",", amount.substr(1), "E+08"),
          StrCat(amount.substr(0, 1), ".", amount.substr(1), "e8"),
          StrCat(amount.substr(0, 1), ".", amount.substr(1), "E+08 "),
          StrCat(abroad.substr(0, 1), ",", abroad.substr(1), "E+10"), StrCat(amount, ".0"),
          StrCat(abroad, ".0"), thousands, StrCat(thousands, ".00")}) {
      ExpectProposed(typed, E164(number), "EXCEL_DAMAGE");
    }
    EXPECT_EQ(Verify(amount).e164, E164(number)) << "a lost zero is no fault";
    EXPECT_EQ(Verify(StrCat(amount, ",00")).e164, E164(number));
    EXPECT_EQ(Verify(StrCat(amount, ",00")).extension, "");
    for (const std::string& cut : {StrCat(amount.substr(0, 1), ",", amount.substr(1, 2), "E+08"),
                                   StrCat(amount.substr(0, 1), ".", amount.substr(1, 5), "E+08")}) {
      const PhoneVerdict verdict = Verify(cut);
      EXPECT_THAT(verdict.reasons, Contains("EXCEL_DAMAGE")) << cut;
      EXPECT_THAT(verdict.suggestions, IsEmpty()) << "digits that are lost cannot be found: " << cut;
    }
  }
  for (const char* cell : {"#####", "########", "#REF!", "#NOM?", "#N/A"}) {
    EXPECT_THAT(Verify(cell).reasons, Contains("EXCEL_DAMAGE")) << cell;
  }
}

TEST(AsTyped, CollapsesFaultsOfThePrefix) {
  for (const std::string& number : French()) {
    const std::string rest = StrCat(number.substr(1, 1), " ", Pairs(number.substr(2), " "));
    for (const char* prefix :
         {"+33 +33 ", "+33+33", "0033 0033 ", "+33 33 ", "0033 33 ", "+33 0033 ", "0033 +33 ", "+033 ",
          "+33 (0)0", "+33 (0) 0", "033 ", "(033) ", "33 33 ", "011 33 ", "+0 33 "}) {
      ExpectProposed(StrCat(prefix, rest), E164(number), {});
    }
  }
}

struct Territory {
  const char* dialled;  ///< `#` is any digit.
  const char* calling_code;
  std::size_t dropped;  ///< Digits of the dialled number, its zero included, that are not behind the plus.
};

/// A number of the territory as it is dialled from the mainland, and in E.164.
std::pair<std::string, std::string> Dialled(Dice& dice, const Territory& territory) {
  constexpr int kTries = 1000;
  for (int i = 0; i < kTries; ++i) {
    const std::string number = dice.Fill(territory.dialled);
    const std::string meant = StrCat("+", territory.calling_code, number.substr(territory.dropped));
    if (Verify(meant).status == PhoneStatus::kValid && Verify(meant).flags.empty() &&
        Verify(number).flags.empty()) {
      return {number, meant};
    }
  }
  ADD_FAILURE() << territory.dialled << " holds no number";
  return {};
}

TEST(AsTyped, FindsOverseasFranceBehindEachOfItsPrefixes) {
  Dice dice;
  for (const Territory& territory : {Territory{"0690######", "590", 1},
                                     {"0691######", "590", 1},
                                     {"0590######", "590", 1},
                                     {"0694######", "594", 1},
                                     {"0594######", "594", 1},
                                     {"0696######", "596", 1},
                                     {"0697######", "596", 1},
                                     {"0596######", "596", 1},
                                     {"0692######", "262", 1},
                                     {"0693######", "262", 1},
                                     {"0262######", "262", 1},
                                     {"0263######", "262", 1},
                                     {"0639######", "262", 1},
                                     {"0269######", "262", 1},
                                     {"0508######", "508", 4},
                                     {"0708######", "508", 1}}) {
    for (int i = 0; i < 5; ++i) {
      const auto [number, meant] = Dialled(dice, territory);
      for (const std::string& typed :
           {number, Pairs(number, " "), Pairs(number, "."), StrCat("+33", number.substr(1)),
            StrCat("0033 ", number.substr(1)), number.substr(1)}) {
        ExpectProposed(typed, meant, "WRONG_DEFAULT_REGION");
      }
      EXPECT_THAT(Verify(meant).suggestions, IsEmpty()) << meant;
    }
  }
}

TEST(AsTyped, FindsTheMainlandFromOverseas) {
  for (const std::string& number : French()) {
    for (const char* region : {"GP", "MQ", "GF", "RE", "YT"}) {
      if (Verify(number, region).status == PhoneStatus::kValid) continue;
      ExpectProposed(number, E164(number), "WRONG_DEFAULT_REGION", region);
    }
  }
}

TEST(AsTyped, ProposesTheOnlyOtherRegion) {
  Dice dice;
  for (int i = 0; i < 20; ++i) {
    const std::string us = dice.Plain("(415) 2##-####", "US");
    ExpectProposed(us, Rules().E164(us, "US"), "WRONG_DEFAULT_REGION");
    const std::string digits = Rules().E164(us, "US").substr(2);
    for (const std::string& typed :
         {StrCat(digits.substr(0, 3), "-", digits.substr(3, 3), "-", digits.substr(6)), StrCat("1 ", digits),
          StrCat("1-", us)}) {
      ASSERT_FALSE(Verify(typed).suggestions.empty()) << typed;
      EXPECT_EQ(Verify(typed).suggestions[0].e164, StrCat("+1", digits)) << typed;
    }
    const std::string gb = dice.Plain("447911######", "GB");
    ExpectProposed(gb, StrCat("+", gb), "WRONG_DEFAULT_REGION");
  }
  for (const char* typed : {"1-800-FLOWERS", "1 800 FLOWERS", "(800) FLOWERS", "1-800-356-flow"}) {
    EXPECT_THAT(Verify(typed).reasons, Contains("WRONG_DEFAULT_REGION")) << typed;
  }
}

TEST(AsTyped, ProposesTheNumberOfThePersonsOwnCountry) {
  Dice dice;
  int valid_in_both = 0;
  for (int i = 0; i < 50; ++i) {
    // A fixed line of the Allier in France, a mobile number in Belgium.
    const std::string belgian = dice.Plain("0470######", "BE");
    const PhoneVerdict verdict = Rules().Verify(belgian, "FR", {.home = "BE"});
    if (verdict.status != PhoneStatus::kValid) continue;
    ++valid_in_both;
    EXPECT_EQ(verdict.e164, E164(belgian)) << "it is valid as it was typed";
    ASSERT_EQ(verdict.suggestions.size(), 1u) << belgian;
    EXPECT_EQ(verdict.suggestions[0].e164, StrCat("+32", belgian.substr(1)));
    EXPECT_EQ(verdict.suggestions[0].reason, "WRONG_DEFAULT_REGION");
    EXPECT_GE(verdict.suggestions[0].confidence, kDecides);
  }
  EXPECT_GT(valid_in_both, 25);
  // No French number at all.
  for (const auto& [typed, region, meant] : {std::tuple("07400 123456", "GB", "+447400123456"),
                                             std::tuple("0176 12345678", "DE", "+4917612345678"),
                                             std::tuple("9012345678", "US", "+19012345678")}) {
    const PhoneVerdict verdict = Rules().Verify(typed, "FR", {.home = region});
    ASSERT_FALSE(verdict.suggestions.empty()) << typed;
    EXPECT_EQ(verdict.suggestions[0].e164, meant) << typed;
    EXPECT_GE(verdict.suggestions[0].confidence, kDecides) << typed;
  }
}

TEST(AsTyped, ProposesTheNumberOfTheUsualCountryWhereThatOfTheAddressHasNone) {
  for (const std::string& number : French()) {
    const PhoneVerdict verdict = Rules().Verify(number, "BE", {.usual = "FR"});
    if (verdict.status == PhoneStatus::kValid) {
      EXPECT_THAT(verdict.suggestions, IsEmpty()) << number;
    } else {
      ASSERT_EQ(verdict.suggestions.size(), 1u) << number;
      EXPECT_EQ(verdict.suggestions[0].e164, E164(number));
      EXPECT_GE(verdict.suggestions[0].confidence, kDecides);
    }
  }
}

TEST(AsTyped, BelievesTheRegionAssumedUnlessTheOwnCountryIsLikelier) {
  const LikelyRegions belgian = {.home = "BE"};
  EXPECT_THAT(Rules().Verify("04 70 12 34 56", "FR", belgian).suggestions, IsEmpty())
      << "parted as in France";
  EXPECT_GT(Rules().Verify("0470 12 34 56", "FR", belgian).suggestions.at(0).confidence, 0.85)
      << "parted as in Belgium";
  EXPECT_THAT(Rules().Verify("0470123456", "FR", {.usual = "BE"}).suggestions, IsEmpty());
  for (const char* region : {"DE", "CH", "GB", "ES", "AQ", "??", "FR", "b"}) {
    EXPECT_THAT(Rules().Verify("0470123456", "FR", {.home = region}).suggestions, IsEmpty()) << region;
  }
  for (const std::string& number : French()) {
    if (number.starts_with("04")) continue;
    for (const std::string& spelling : Spellings(number)) {
      EXPECT_THAT(Rules().Verify(spelling, "FR", belgian).suggestions, IsEmpty()) << spelling;
    }
  }
}

TEST(AsTyped, RenewsNumbersOfPlansThatChanged) {
  struct Change {
    const char* old;
    const char* calling_code;
    const char* region;
    std::size_t kept;  ///< Digits at the end that stay as they are.
  };
  Dice dice;
  for (const auto& [old, calling_code, region, kept] : {Change{"07######", "225", "CI", 8},
                                                        {"05######", "225", "CI", 8},
                                                        {"01######", "225", "CI", 8},
                                                        {"47######", "225", "CI", 8},
                                                        {"2122####", "225", "CI", 8},
                                                        {"9#######", "229", "BJ", 8},
                                                        {"6#######", "229", "BJ", 8},
                                                        {"77######", "237", "CM", 8},
                                                        {"99######", "237", "CM", 8},
                                                        {"1183######", "55", "BR", 8},
                                                        {"2198######", "55", "BR", 8},
                                                        {"12######", "57", "CO", 7}}) {
    int proposed = 0;
    for (int i = 0; i < 20; ++i) {
      const std::string digits = dice.Fill(old);
      const std::string typed = StrCat("+", calling_code, digits);
      const PhoneVerdict verdict = Verify(typed);
      if (verdict.suggestions.empty()) continue;
      ++proposed;
      EXPECT_EQ(verdict.status, PhoneStatus::kInvalid) << typed;
      EXPECT_EQ(verdict.suggestions[0].reason, "RENUMBERED") << typed;
      EXPECT_THAT(verdict.suggestions[0].e164, ::testing::StartsWith(StrCat("+", calling_code))) << typed;
      EXPECT_THAT(verdict.suggestions[0].e164, ::testing::EndsWith(digits.substr(digits.size() - kept)))
          << typed;
      EXPECT_EQ(Verify(verdict.suggestions[0].e164).status, PhoneStatus::kValid) << typed;
      EXPECT_EQ(Verify(digits, region).suggestions[0].e164, verdict.suggestions[0].e164) << "typed at home";
    }
    EXPECT_GT(proposed, 0) << calling_code << " " << old;
  }
  EXPECT_EQ(Verify("+22507123456").suggestions[0].e164, "+2250707123456");
  EXPECT_EQ(Verify("+22995123456").suggestions[0].e164, "+2290195123456");
}

TEST(AsTyped, LeavesValidNumbersAlone) {
  Dice dice;
  for (const auto& [pattern, region] : {std::pair<const char*, const char*>{"06########", "FR"},
                                        {"01########", "FR"},
                                        {"0470######", "BE"},
                                        {"0791######", "CH"},
                                        {"0151########", "DE"},
                                        {"07911######", "GB"},
                                        {"+1 415 2######", "FR"},
                                        {"0690######", "GP"},
                                        {"0692######", "RE"},
                                        {"0106######", "CI"},
                                        {"0195######", "BJ"},
                                        {"6########", "CM"}}) {
    int marked = 0;
    for (int i = 0; i < 300; ++i) {
      const std::string number = dice.Fill(pattern);
      const PhoneVerdict verdict = Verify(number, region);
      if (verdict.status == PhoneStatus::kInvalid) continue;
      if (verdict.status != PhoneStatus::kValid || !verdict.reasons.empty()) ++marked;
      EXPECT_THAT(verdict.suggestions, IsEmpty()) << number;
    }
    EXPECT_LE(marked, 1) << pattern;
  }
}

TEST(AsTyped, HasNothingToRemarkOnTheVectorsThatAreValid) {
  for (const auto& row : ReadRows("phone/vectors.tsv")) {
    const PhoneVerdict verdict = Verify(row[0], row[1] == "-" ? "" : row[1]);
    if (verdict.status == PhoneStatus::kInvalid) continue;
    EXPECT_THAT(verdict.suggestions, IsEmpty()) << row[0];
    EXPECT_THAT(verdict.reasons,
                IsSubsetOf({std::string_view("HAS_EXTENSION"), std::string_view("PLACEHOLDER"),
                            std::string_view("FICTIONAL"), std::string_view("CONFUSABLE")}))
        << row[0];
  }
}

TEST(AsTyped, ProposesNothingForOtherKindsOfNumbers) {
  Dice dice;
  for (int i = 0; i < 100; ++i) {
    for (const char* pattern :
         {"7## ### ### 000##", "4970 #### #### ####", "FR76 #### #### #### #### #### ###",
          "1 8# 0# 75 ### ### ##", "1#/0#/19##", "2026-0#-1#", "#,##", "75###", "FR ## #########",
          "12 rue Victor Hugo 75###", "06 ## ## ##", "client no ######", "06 ## ## ## ###",
          "06########@example.fr", "https://example.fr/?id=06########"}) {
      const std::string input = dice.Fill(pattern);
      for (const PhoneSuggestion& suggestion : Verify(input).suggestions) {
        EXPECT_LT(suggestion.confidence, kDecides) << input << " " << suggestion.e164;
      }
    }
  }
}

TEST(AsTyped, FlagsDigitsTypedToPassAForm) {
  for (const char* typed :
       {"0606060606", "0707070707", "0101010101", "0600000000", "0666666666", "0123456789", "0987654321",
        "01 02 03 04 05", "02 03 04 05 06", "05 04 03 02 01", "06 07 08 09 10", "0147258369",
        "01 99 99 99 99", "0000000000", "1111111111", "1234567890", "9999999999"}) {
    EXPECT_THAT(Verify(typed).flags, Contains("PLACEHOLDER")) << typed;
    EXPECT_THAT(Verify(typed).reasons, Contains("PLACEHOLDER")) << typed;
  }
  for (const char* typed : {"0612345678", "06 12 12 12 12", "06 01 02 03 04", "0698765432", "01 40 00 00 00",
                            "06 78 78 78 78", "(0)06 12 34 56 78", "06 11 22 33 44"}) {
    EXPECT_THAT(Verify(typed).flags, IsEmpty()) << typed;
  }
}

TEST(AsTyped, FlagsFictionOfSeveralCountries) {
  Dice dice;
  for (const char* pattern : {"+33 1 99 00 ## ##", "+33 6 39 98 ## ##", "+44 20 7946 0###", "+44 7700 900###",
                              "+44 29 2018 0###", "+1 212 555 01##", "+1 604 555 01##", "+49 30 23125 ###",
                              "+353 20 91# ####", "+61 2 5550 ####", "+46 8 465 004 ##"}) {
    for (int i = 0; i < 10; ++i) {
      const std::string number = dice.Fill(pattern);
      const PhoneVerdict verdict = Verify(number);
      EXPECT_THAT(verdict.flags, Contains("FICTIONAL")) << number;
      EXPECT_NE(verdict.status, PhoneStatus::kValid) << number;
      EXPECT_THAT(verdict.suggestions, IsEmpty()) << number;
    }
  }
}

TEST(AsTyped, FlagsMachinesShortAndEmergencyNumbers) {
  Dice dice;
  for (int i = 0; i < 10; ++i) {
    const std::string machine = dice.Fill("0700##########");
    EXPECT_THAT(Verify(machine).flags, ElementsAre("M2M")) << machine;
    EXPECT_THAT(Verify(machine).suggestions, IsEmpty()) << machine;
  }
  for (const char* typed :
       {"3639", "36 39", "36-39", "３６３９", "118 218", "118712", "10 14", "31 14", "116 117"}) {
    EXPECT_THAT(Verify(typed).flags, ElementsAre("SHORT_CODE")) << typed;
    EXPECT_THAT(Verify(typed).suggestions, IsEmpty()) << typed;
  }
  for (const char* typed : {"15", "17", "18", "112", "1 1 2"}) {
    EXPECT_THAT(Verify(typed).flags, Contains("EMERGENCY")) << typed;
  }
  EXPECT_THAT(Verify("999", "GB").flags, Contains("EMERGENCY"));
  EXPECT_THAT(Verify("911", "US").flags, Contains("EMERGENCY"));
  EXPECT_THAT(Verify("999", "FR").flags, IsEmpty());
}

}  // namespace
}  // namespace limpid::quality

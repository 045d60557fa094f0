#include "libs/quality/phone/phone_rules.h"

#include <gmock/gmock.h>

#include "tests/libs/quality/test_data.h"

namespace limpid::quality {

void PrintTo(PhoneStatus status, std::ostream* out) { *out << Name(status); }

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const PhoneRules& Rules() {
  static const auto* const rules = new PhoneRules(TestData());
  return *rules;
}

PhoneVerdict Verify(std::string_view input, std::string_view region = "FR") {
  return Rules().Verify(input, region);
}

TEST(PhoneRules, DescribesAMobileNumber) {
  const PhoneVerdict verdict = Verify("06 12 34 56 78");
  EXPECT_EQ(verdict.status, PhoneStatus::kValid);
  EXPECT_THAT(verdict.reasons, IsEmpty());
  EXPECT_EQ(verdict.e164, "+33612345678");
  EXPECT_EQ(verdict.national, "06 12 34 56 78");
  EXPECT_EQ(verdict.international, "+33 6 12 34 56 78");
  EXPECT_EQ(verdict.rfc3966, "tel:+33-6-12-34-56-78");
  EXPECT_EQ(verdict.calling_code, 33);
  EXPECT_EQ(verdict.region_code, "FR");
  EXPECT_THAT(verdict.region_candidates, ElementsAre("FR"));
  EXPECT_EQ(Name(verdict.type), "MOBILE");
  EXPECT_EQ(verdict.line_type, "MOBILE");
  EXPECT_EQ(Name(verdict.sms), "YES");
  EXPECT_EQ(Name(verdict.reachability), "NOT_CHECKED");
  EXPECT_THAT(verdict.suggestions, IsEmpty());
  EXPECT_FALSE(verdict.metadata_version.empty());
}

TEST(PhoneRules, ReadsTheWaysOfTypingOneNumber) {
  for (const char* input :
       {"0612345678", "06.12.34.56.78", "+33 6 12 34 56 78", "0033612345678", "0033 (0)6 12 34 56 78",
        "+330612345678", "00330612345678", "(+33) 6 12 34 56 78", "++33612345678", "612345678",
        "06 12 34 56 78", "０６１２３４５６７８", "tel:+33-6-12-34-56-78", "33612345678"}) {
    EXPECT_EQ(Verify(input).e164, "+33612345678") << input;
    EXPECT_EQ(Verify(input, "fr").e164, "+33612345678") << input;
  }
}

TEST(PhoneRules, TheMatchKeyIsTheVerdictsE164) {
  for (const char* input : {"06 12 34 56 78", "+33 690 12 34 56", "0690123456", "12", "", "  ", "call me",
                            "+44 20 7946 0018", "0199001234", "06 12 34 56 78 poste 4"}) {
    EXPECT_EQ(Rules().E164(input, "FR"), Verify(input).e164) << input;
  }
}

TEST(PhoneRules, GivesTheExtensionApart) {
  const PhoneVerdict verdict = Verify("+33 1 42 68 53 00 ext. 45");
  EXPECT_EQ(verdict.status, PhoneStatus::kValid);
  EXPECT_THAT(verdict.reasons, ElementsAre("HAS_EXTENSION"));
  EXPECT_EQ(verdict.extension, "45");
  EXPECT_EQ(verdict.national, "01 42 68 53 00");
  EXPECT_EQ(verdict.rfc3966, "tel:+33-1-42-68-53-00;ext=45");
}

TEST(PhoneRules, FlagsWhatKindOfLineItIs) {
  EXPECT_THAT(Verify("0892 70 12 34").flags, ElementsAre("PREMIUM"));
  EXPECT_THAT(Verify("0800 123 456").flags, ElementsAre("TOLL_FREE"));
  EXPECT_THAT(Verify("09 72 12 34 57").flags, ElementsAre("VOIP"));
  EXPECT_THAT(Verify("06 12 34 56 78").flags, IsEmpty());
  EXPECT_EQ(Name(Verify("01 42 68 53 00").sms), "NO");
  EXPECT_EQ(Name(Verify("+1 202 456 1111").sms), "MAYBE");
}

TEST(PhoneRules, FlagsRangesWithAMeaning) {
  EXPECT_THAT(Verify("0162 12 34 57").flags, Contains("CANVASSING"));
  EXPECT_EQ(Verify("0162 12 34 57").status, PhoneStatus::kValid);
  EXPECT_THAT(Verify("0937 12 34 57").flags, Contains("TEMPORARY"));
  EXPECT_EQ(Verify("0937 12 34 57").status, PhoneStatus::kRisky);
  EXPECT_THAT(Verify("01 42 68 53 00").flags, IsEmpty());
}

TEST(PhoneRules, FlagsFictionalNumbers) {
  for (const char* input : {"01 99 00 12 34", "02 61 91 12 34", "03 53 01 12 34", "04 65 71 12 34",
                            "05 36 49 12 34", "06 39 98 12 34", "+44 7700 900123", "+1 415 555 0132"}) {
    const PhoneVerdict verdict = Verify(input);
    EXPECT_THAT(verdict.flags, Contains("FICTIONAL")) << input;
    EXPECT_THAT(verdict.reasons, Contains("FICTIONAL")) << input;
    EXPECT_NE(verdict.status, PhoneStatus::kValid) << input;
    EXPECT_THAT(verdict.suggestions, IsEmpty()) << input;
  }
  EXPECT_EQ(Verify("01 99 00 12 34").status, PhoneStatus::kRisky);
  EXPECT_THAT(Verify("+1 415 555 2671").flags, IsEmpty());
}

TEST(PhoneRules, FlagsPlaceholdersAndNothingThatOnlyLooksTidy) {
  for (const char* input : {"0606060606", "0600000000", "0123456789", "0101010101", "06 66 66 66 66",
                            "0611111111", "0987654321", "+33 1 23 45 67 89"}) {
    const PhoneVerdict verdict = Verify(input);
    EXPECT_THAT(verdict.flags, Contains("PLACEHOLDER")) << input;
    EXPECT_EQ(verdict.status, PhoneStatus::kRisky) << input;
  }
  EXPECT_THAT(Verify("0000000000").flags, Contains("PLACEHOLDER"));
  EXPECT_EQ(Verify("0000000000").status, PhoneStatus::kInvalid);
  for (const char* input :
       {"0612345678", "0612121212", "0678787878", "0601020304", "0142424242", "0698765432"}) {
    EXPECT_THAT(Verify(input).flags, IsEmpty()) << input;
    EXPECT_EQ(Verify(input).status, PhoneStatus::kValid) << input;
  }
}

TEST(PhoneRules, KnowsShortAndEmergencyNumbers) {
  EXPECT_THAT(Verify("112").flags, UnorderedElementsAre("EMERGENCY", "SHORT_CODE"));
  EXPECT_THAT(Verify("15").flags, UnorderedElementsAre("EMERGENCY", "SHORT_CODE"));
  EXPECT_THAT(Verify("118 218").flags, ElementsAre("SHORT_CODE"));
  EXPECT_THAT(Verify("36 39").flags, ElementsAre("SHORT_CODE"));
  EXPECT_EQ(Verify("36 39").status, PhoneStatus::kInvalid);
  EXPECT_THAT(Verify("36 39", "").flags, IsEmpty());
}

struct Case {
  std::string_view input;
  std::string_view region;
  std::string_view meant;
  std::string_view reason;
};

TEST(PhoneRules, ProposesWhatWasMeant) {
  const Case kCases[] = {
      {"06 l2 34 56 78", "FR", "+33612345678", "CONFUSABLE"},
      {"06 I2 34 56 7O", "FR", "+33612345670", "CONFUSABLE"},
      {"06·12·34·56·78", "FR", "+33612345678", "CONFUSABLE"},
      {"06•12•34•56•78", "FR", "+33612345678", "CONFUSABLE"},
      {"6,12345678E+08", "FR", "+33612345678", "EXCEL_DAMAGE"},
      {"612345678.0", "FR", "+33612345678", "EXCEL_DAMAGE"},
      {"3.3612345678E10", "FR", "+33612345678", "EXCEL_DAMAGE"},
      {"06 12 34 56 78 (bureau)", "FR", "+33612345678", "TOO_LONG"},
      {"01 42 68 53 00 poste 4", "FR", "+33142685300", "HAS_EXTENSION"},
      {"+33 +33 6 12 34 56 78", "FR", "+33612345678", "NOT_A_NUMBER"},
      {"0033 0033 6 12 34 56 78", "FR", "+33612345678", "TOO_LONG"},
      {"+33 33 6 12 34 56 78", "FR", "+33612345678", "TOO_LONG"},
      {"0690 12 34 56", "FR", "+590690123456", "WRONG_DEFAULT_REGION"},
      {"0692 12 34 56", "FR", "+262692123456", "WRONG_DEFAULT_REGION"},
      {"0262 12 34 56", "FR", "+262262123456", "WRONG_DEFAULT_REGION"},
      {"+33 696 12 34 56", "FR", "+596696123456", "WRONG_DEFAULT_REGION"},
      {"(415) 555-2671", "FR", "+14155552671", "WRONG_DEFAULT_REGION"},
      {"415-555-2671", "FR", "+14155552671", "WRONG_DEFAULT_REGION"},
      {"+225 07 12 34 56", "FR", "+2250707123456", "RENUMBERED"},
      {"06 12 34 56 78 / 01 42 68 53 00", "FR", "+33612345678", "MULTIPLE_NUMBERS"},
      {"06 12 34 56 78 ou 01 42 68 53 00", "FR", "+33612345678", "MULTIPLE_NUMBERS"},
  };
  for (const Case& c : kCases) {
    const PhoneVerdict verdict = Verify(c.input, c.region);
    EXPECT_EQ(verdict.status, PhoneStatus::kInvalid) << c.input;
    ASSERT_FALSE(verdict.suggestions.empty()) << c.input << testing::PrintToString(verdict.reasons);
    EXPECT_EQ(verdict.suggestions[0].e164, c.meant) << c.input;
    EXPECT_EQ(verdict.suggestions[0].reason, c.reason) << c.input;
    EXPECT_THAT(verdict.reasons, Contains(c.reason)) << c.input;
    EXPECT_GT(verdict.suggestions[0].confidence, 0.5);
    EXPECT_LE(verdict.suggestions[0].confidence, 1);
  }
}

TEST(PhoneRules, ListsBothOfTwoNumbersAndPrefersNone) {
  const PhoneVerdict verdict = Verify("06 12 34 56 78 ou 01 42 68 53 00");
  ASSERT_EQ(verdict.suggestions.size(), 2u);
  EXPECT_EQ(verdict.suggestions[1].e164, "+33142685300");
  EXPECT_LT(verdict.suggestions[0].confidence, 0.8) << "which one is meant is not ours to say";
}

TEST(PhoneRules, ProposesNothingWhereItWouldBeAGuess) {
  for (const char* input : {"x", "NC", "06 12", "6,1E+08", "12345678", "0000000000", "3639",
                            "06 12 34 56 789", "call me maybe", "+999 12345678"}) {
    EXPECT_THAT(Verify(input).suggestions, IsEmpty()) << input;
  }
  EXPECT_THAT(Verify("6,1E+08").reasons, Contains("EXCEL_DAMAGE"));
}

TEST(PhoneRules, GivesEveryInputAVerdict) {
  EXPECT_THAT(Verify("").reasons, ElementsAre("EMPTY"));
  EXPECT_THAT(Verify(" \t\r\n").reasons, ElementsAre("EMPTY"));
  for (const std::string& input :
       {std::string(1 << 20, '1'), std::string(1 << 20, '+'),
        std::string("06\0"
                    "12345678",
                    11),
        std::string("\xff\xfe"), std::string("\xd9"), std::string("06 12 34 56 78\r\nX: y"),
        std::string("/;,|&"), std::string("e"), std::string(".e+")}) {
    const PhoneVerdict verdict = Verify(input);
    EXPECT_EQ(verdict.status, PhoneStatus::kInvalid) << input.substr(0, 20);
    EXPECT_FALSE(verdict.reasons.empty());
    EXPECT_EQ(verdict.e164, "");
  }
  EXPECT_EQ(Verify("\u202a06 12 34 56 78\u202c").status, PhoneStatus::kValid)
      << "pasted with direction marks";
  for (const char* region : {"", "X", "ZZ", "001", "fr", "F\xc3", "FRANCE"}) {
    EXPECT_EQ(Verify("+33612345678", region).e164, "+33612345678") << region;
  }
}

}  // namespace
}  // namespace limpid::quality

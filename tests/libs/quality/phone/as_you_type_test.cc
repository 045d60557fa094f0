#include "libs/quality/phone/typing/as_you_type.h"

#include <random>
#include <string>

#include <gmock/gmock.h>
#include <phonenumbers/asyoutypeformatter.h>
#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include "absl/strings/str_split.h"

#include "libs/base/strings.h"
#include "libs/quality/phone/library_instance.h"
#include "libs/quality/phone/typing/typed_entry.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::AsYouTypeFormatter;
using i18n::phonenumbers::PhoneNumberUtil;

const NumberPlan& Plan() { return TestData()->number_plan(); }

TypedEntry Format(std::string_view typed, std::string_view region = "FR") {
  return FormatEntry(Plan(), typed, std::nullopt, region);
}

/// The text with `|` at the caret; `typed` has one too.
std::string WithCaret(std::string_view typed, std::string_view region = "FR") {
  const std::size_t bar = typed.find('|');
  const std::string text = StrCat(typed.substr(0, bar), typed.substr(bar + 1));
  TypedEntry entry = FormatEntry(Plan(), text, Utf16Length(typed.substr(0, bar)), region);
  return entry.text.insert(entry.caret, "|");
}

TEST(AsYouType, GroupsKeyForKeyAsTheVectorsSay) {
  int keys = 0;
  for (const auto& row : ReadRows("phone/asyoutype.tsv")) {
    const std::vector<std::string> after_each = absl::StrSplit(row[2], '|');
    std::string before;
    for (std::size_t i = 0; i < row[1].size(); ++i, ++keys) {
      const std::string all = row[1].substr(0, i + 1);
      ASSERT_EQ(Format(all, row[0]).text, after_each[i]) << row[0] << " " << all;
      // As a form does: what stood in the field, and one key more.
      ASSERT_EQ(Format(StrCat(before, row[1].substr(i, 1)), row[0]).text, after_each[i])
          << row[0] << " " << all;
      before = after_each[i];
    }
  }
  EXPECT_GT(keys, 4000);
}

// Random keys in every region: libphonenumber with the same number plan is the judge. Not for a call from
// abroad to the region assumed, where it goes on by the rules of whatever country it took the first digits
// for.
TEST(AsYouType, IsLibphonenumbersFormatterKeyForKey) {
  std::mt19937 dice{20261122};
  int compared = 0;
  int different = 0;
  for (const std::string& region : Plan().Regions()) {
    const std::unique_ptr<AsYouTypeFormatter> library(
        PhoneNumberUtil::GetInstance()->GetAsYouTypeFormatter(region));
    for (int round = 0; round < 40; ++round) {
      AsYouType ours(Plan().typing(), *Plan().typing().Code(CallingCodeOf(region)));
      library->Clear();
      std::string keys;
      const auto begin = round % 8;
      if (begin == 0) keys = StrCat("+", CallingCodeOf(region));
      if (begin == 1) keys = "0033";
      if (begin == 2) keys = Plan().TrunkPrefix(region);
      if (begin == 3) keys = "+";
      while (keys.size() < 15) keys.push_back(static_cast<char>('0' + dice() % 10));
      std::string expected;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        library->InputDigit(keys[i], &expected);
        ours.Key(keys[i]);
        ++compared;
        if (ours.text() == expected) continue;
        ++different;
        ADD_FAILURE() << region << " " << keys.substr(0, i + 1) << ": " << ours.text() << ", not "
                      << expected;
        break;
      }
    }
    if (different > 20) break;
  }
  EXPECT_GT(compared, 100'000);
}

TEST(AsYouType, UnderstandsTheRulesOfEveryRegion) {
  for (const auto& metadata : Plan().library().metadata().metadata()) {
    EXPECT_TRUE(TypingTerritory::Compile(metadata)) << metadata.id();
  }
}

TEST(TypedEntry, SetsSpacesAnew) {
  for (const char* typed :
       {"0612345678", "06 12 34 56 78", "06.12.34.56.78", "0 6 1 2 3 4 5 6 7 8", "06-12 34/5678",
        "０６１２３４５６７８", "٠٦١٢٣٤٥٦٧٨", "06\u00a012\u202f34 56 78", "\u202a06 12 34 56 78\u202c"}) {
    EXPECT_EQ(Format(typed).text, "06 12 34 56 78") << typed;
  }
  EXPECT_EQ(Format("＋33612345678").text, "+33 6 12 34 56 78");
}

TEST(TypedEntry, LeavesWhatIsMoreThanANumber) {
  for (const char* typed :
       {"0142685300 poste 4", "0142685300x4", "06 12 34 56 7O", "*123#", "+33+33", "06 12, 07"}) {
    const TypedEntry entry = Format(typed);
    EXPECT_EQ(entry.text, typed);
    EXPECT_EQ(entry.caret, Utf16Length(typed)) << typed;
  }
}

TEST(TypedEntry, KeepsTheCaretBehindTheDigitThatItStoodBehind) {
  EXPECT_EQ(WithCaret("0612345678|"), "06 12 34 56 78|");
  EXPECT_EQ(WithCaret("|0612345678"), "|06 12 34 56 78");
  EXPECT_EQ(WithCaret("0|612345678"), "0|6 12 34 56 78");
  EXPECT_EQ(WithCaret("06|12345678"), "06| 12 34 56 78");
  EXPECT_EQ(WithCaret("06 |12 34 56 78"), "06| 12 34 56 78");
  EXPECT_EQ(WithCaret("06 1|2 34 56 78"), "06 1|2 34 56 78");
  EXPECT_EQ(WithCaret("06 129| 34 56 7"), "06 12 9|3 45 67") << "a key in the middle";
  EXPECT_EQ(WithCaret("06 | 34 56 78"), "06| 34 56 78") << "two digits deleted";
  EXPECT_EQ(WithCaret("+33|"), "+33| ") << "so that the next key for deleting takes a digit";
  EXPECT_EQ(WithCaret("|"), "|");
  EXPECT_EQ(WithCaret("０６|１２３"), "06| 12 3") << "one unit each";
  EXPECT_EQ(WithCaret("𝟎𝟔|𝟏𝟐𝟑"), "06| 12 3") << "two units each";
  EXPECT_EQ(WithCaret("0142685300 p|oste 4"), "0142685300 p|oste 4");
}

TEST(TypedEntry, KeepsTheCaretAtEveryKeyOfANumberTypedBackwards) {
  // Each digit is typed before all others.
  std::string text;
  const std::string number = "0612345678";
  for (std::size_t i = number.size(); i-- > 0;) {
    const TypedEntry entry = FormatEntry(Plan(), StrCat(number.substr(i, 1), text), 1, "FR");
    EXPECT_EQ(entry.caret, 1u) << text;
    text = entry.text;
  }
  EXPECT_EQ(text, "06 12 34 56 78");
}

TEST(TypedEntry, SaysWhetherANumberMayComeOfIt) {
  for (const char* typed :
       {"", "0", "06", "06 1", "06 12 34 56 7", "+", "+3", "+33", "+33 6", "+2", "+21", "00", "0033"}) {
    EXPECT_TRUE(Format(typed).possible) << typed;
    EXPECT_FALSE(Format(typed).valid) << typed;
  }
  EXPECT_TRUE(Format("0612345678").possible);
  EXPECT_TRUE(Format("0612345678").valid);
  EXPECT_TRUE(Format("+32 470 12 34 56").valid);
  for (const char* typed : {"06123456789", "+999", "+0", "06 12 34 56 7O", "abc"}) {
    EXPECT_FALSE(Format(typed).possible) << typed;
    EXPECT_FALSE(Format(typed).valid) << typed;
  }
}

TEST(TypedEntry, WithoutARegionOnlyReadsInternationalNumbers) {
  EXPECT_EQ(Format("+33612345678", "").text, "+33 6 12 34 56 78");
  EXPECT_EQ(Format("0612345678", "").text, "0612345678");
}

TEST(TypedEntry, TakesTextOfAnyLength) {
  EXPECT_EQ(Format(std::string(256, '1')).text, std::string(256, '1'));
  EXPECT_EQ(Format(StrCat("+", std::string(255, '3'))).caret, 256u);
}

}  // namespace
}  // namespace limpid::quality

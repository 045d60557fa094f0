#include "verify-svc/domain/query.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `field REASON` of each violation.
template <class Query>
std::vector<std::string> FaultsOf(const Query& query) {
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(Check(query)).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  return faults;
}

std::string Repeated(int count, std::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(EmailQuery, TakesAnyTextAsTyped) {
  for (const std::string& text : {std::string("x"), std::string(" "), std::string("not an address"),
                                  std::string(1024, 'x'), Repeated(1024, "é")}) {
    EXPECT_THAT(FaultsOf(EmailQuery{.email = text}), IsEmpty());
  }
}

TEST(EmailQuery, NamesEveryFaultAtOnce) {
  const std::string long_id = Repeated(129, "é");
  EXPECT_THAT(FaultsOf(EmailQuery{.id = long_id, .email = "", .budget = absl::ZeroDuration()}),
              ElementsAre("id TOO_LONG", "email REQUIRED", "budget OUT_OF_RANGE"));
  EXPECT_THAT(FaultsOf(EmailQuery{.email = Repeated(1025, "é")}), ElementsAre("email TOO_LONG"));
}

TEST(EmailQuery, BoundsTheBudget) {
  const auto faults = [](absl::Duration budget) {
    return FaultsOf(EmailQuery{.email = "x", .budget = budget});
  };
  EXPECT_THAT(faults(absl::Nanoseconds(1)), IsEmpty());
  EXPECT_THAT(faults(absl::Seconds(60)), IsEmpty());
  for (const absl::Duration bad :
       {absl::Seconds(-1), absl::Seconds(60) + absl::Nanoseconds(1), absl::InfiniteDuration()}) {
    EXPECT_THAT(faults(bad), ElementsAre("budget OUT_OF_RANGE"));
  }
}

TEST(PhoneQuery, KnowsRegionsInUpperCaseOnly) {
  const auto faults = [](std::string_view region) {
    return FaultsOf(PhoneQuery{.phone = "1", .default_region = region});
  };
  for (const char* good : {"", "FR", "GP", "US"}) EXPECT_THAT(faults(good), IsEmpty()) << good;
  for (const char* bad : {"fr", "F", "FRA", "F1", "é", "001"}) {
    EXPECT_THAT(faults(bad), ElementsAre("default_region INVALID_FORMAT")) << bad;
  }
  EXPECT_THAT(faults("ZZ"), ElementsAre("default_region UNKNOWN_VALUE"));
}

TEST(PhoneQuery, BoundsTheTexts) {
  EXPECT_THAT(FaultsOf(PhoneQuery{.phone = ""}), ElementsAre("phone REQUIRED"));
  EXPECT_THAT(FaultsOf(PhoneQuery{.phone = Repeated(256, "é")}), IsEmpty());
  EXPECT_THAT(FaultsOf(PhoneQuery{.id = std::string(129, 'x'), .phone = std::string(257, '1')}),
              ElementsAre("id TOO_LONG", "phone TOO_LONG"));
}

TEST(PersonQuery, MayLackAnything) {
  EXPECT_THAT(FaultsOf(PersonQuery{}), IsEmpty());
  EXPECT_THAT(FaultsOf(PersonQuery{.email = std::string(1025, 'x'),
                                   .phone = std::string(257, '1'),
                                   .default_region = "fr",
                                   .budget = absl::Seconds(61)}),
              ElementsAre("email TOO_LONG", "phone TOO_LONG", "default_region INVALID_FORMAT",
                          "budget OUT_OF_RANGE"));
  EXPECT_THAT(FaultsOf(PersonQuery{.likely_regions = {.home = "AQ", .usual = "??"}}), IsEmpty())
      << "passed over";
}

TEST(TypingQuery, KnowsWhereACaretCanBe) {
  const auto faults = [](std::string_view digits, int64_t caret) {
    return FaultsOf(TypingQuery{.digits = digits, .caret = caret});
  };
  EXPECT_THAT(FaultsOf(TypingQuery{}), IsEmpty());
  for (const int64_t caret : {0, 1, 4}) EXPECT_THAT(faults("0612", caret), IsEmpty()) << caret;
  for (const int64_t caret : {-1, 5, 1'000'000}) {
    EXPECT_THAT(faults("0612", caret), ElementsAre("caret OUT_OF_RANGE")) << caret;
  }
  EXPECT_THAT(faults("𝟎𝟔", 4), IsEmpty()) << "two UTF-16 code units each";
  EXPECT_THAT(FaultsOf(TypingQuery{.digits = Repeated(257, "1"), .default_region = "fr"}),
              ElementsAre("digits TOO_LONG", "default_region INVALID_FORMAT"));
}

}  // namespace
}  // namespace limpid::verify

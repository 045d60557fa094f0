#include "cli/capture_row.h"

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using ::testing::ElementsAre;

TEST(CaptureRow, FillsWhatTheRowHolds) {
  const Columns columns =
      Columns::FromHeader({"first_name", "last_name", "email", "phone", "company", "address1", "address2",
                           "zip", "city", "country", "birth_date"});
  const auto request = RequestOf(columns,
                                 {" Jean ", "Dupont", "jean@example.fr", "06 12 34 56 78", "Acme",
                                  "12 rue de la Paix", "Bât. B", "75002", "Paris", "fr", "1980-02-29"},
                                 {.default_region = "BE", .language_code = "en", .form = "import"});
  EXPECT_EQ(request.given_name(), "Jean");
  EXPECT_EQ(request.family_name(), "Dupont");
  EXPECT_EQ(request.email(), "jean@example.fr");
  EXPECT_EQ(request.phone(), "06 12 34 56 78");
  EXPECT_EQ(request.company(), "Acme");
  EXPECT_THAT(request.postal_address().address_lines(), ElementsAre("12 rue de la Paix", "Bât. B"));
  EXPECT_EQ(request.postal_address().postal_code(), "75002");
  EXPECT_EQ(request.postal_address().locality(), "Paris");
  EXPECT_EQ(request.postal_address().region_code(), "FR");
  EXPECT_EQ(request.birth_date(), "1980-02-29");
  EXPECT_EQ(request.default_region(), "BE");
  EXPECT_EQ(request.language_code(), "en");
  EXPECT_EQ(request.form(), "import");
}

TEST(CaptureRow, LeavesAnEmptyAddressOut) {
  const Columns columns = Columns::FromHeader({"email", "address", "city"});
  EXPECT_FALSE(RequestOf(columns, {"a@b.fr", " ", ""}, {}).has_postal_address());
}

TEST(CaptureRow, KnowsCountriesByNameInTwoLanguages) {
  const Columns columns = Columns::FromHeader({"email", "pays"});
  const auto region = [&](const char* country) {
    return RequestOf(columns, {"a@b.fr", country}, {}).postal_address().region_code();
  };
  EXPECT_EQ(region("France"), "FR");
  EXPECT_EQ(region("BELGIQUE"), "BE");
  EXPECT_EQ(region("États-Unis"), "US");
  EXPECT_EQ(region("ch"), "CH");
  EXPECT_EQ(region("Ruritanie"), "");
  EXPECT_EQ(region("é"), "");
}

TEST(CaptureRow, ReadsBirthDatesThatAreCertain) {
  const Columns columns = Columns::FromHeader({"email", "birth_date"});
  const auto date = [&](const char* text) { return RequestOf(columns, {"a@b.fr", text}, {}).birth_date(); };
  EXPECT_EQ(date("1980-02-29"), "1980-02-29");
  EXPECT_EQ(date("29/02/1980"), "1980-02-29");
  EXPECT_EQ(date("29.02.1980"), "1980-02-29");
  for (const char* text : {"1981-02-29", "02/29/1980", "1980-2-9", "29/02/80", "1880-01-01", "29/02-1980",
                           "abcdefghij", "1980/02/29", ""}) {
    EXPECT_EQ(date(text), "") << text;
  }
}

}  // namespace
}  // namespace limpid::cli

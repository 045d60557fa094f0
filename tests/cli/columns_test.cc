#include "cli/columns.h"

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Columns, AreFoundInEnglish) {
  const Columns columns =
      Columns::FromHeader({"id", "first_name", "last_name", "email", "phone", "address", "postcode", "city",
                           "country", "company", "birth_date", "source", "created_at"});
  EXPECT_THAT(columns.Of(ContactField::kGivenName), ElementsAre(1u));
  EXPECT_THAT(columns.Of(ContactField::kFamilyName), ElementsAre(2u));
  EXPECT_THAT(columns.Of(ContactField::kEmail), ElementsAre(3u));
  EXPECT_THAT(columns.Of(ContactField::kPhone), ElementsAre(4u));
  EXPECT_THAT(columns.Of(ContactField::kAddressLine), ElementsAre(5u));
  EXPECT_THAT(columns.Of(ContactField::kPostalCode), ElementsAre(6u));
  EXPECT_THAT(columns.Of(ContactField::kLocality), ElementsAre(7u));
  EXPECT_THAT(columns.Of(ContactField::kRegion), ElementsAre(8u));
  EXPECT_THAT(columns.Of(ContactField::kCompany), ElementsAre(9u));
  EXPECT_THAT(columns.Of(ContactField::kBirthDate), ElementsAre(10u));
  EXPECT_THAT(columns.ignored(), ElementsAre("id", "source", "created_at"));
}

TEST(Columns, AreFoundInFrenchWhateverTheirSpelling) {
  const Columns columns = Columns::FromHeader({"Prénom", "NOM", "Adresse e-mail", "N° de téléphone",
                                               "Code postal", "Ville", "Pays", "Société", "Date de naissance",
                                               " Courriel ", "TÉL. PORTABLE", "E-Mail", "Né(e) le"});
  EXPECT_THAT(columns.Of(ContactField::kGivenName), ElementsAre(0u));
  EXPECT_THAT(columns.Of(ContactField::kFamilyName), ElementsAre(1u));
  EXPECT_THAT(columns.Of(ContactField::kEmail), ElementsAre(2u, 9u, 11u));
  EXPECT_THAT(columns.Of(ContactField::kPhone), ElementsAre(3u, 10u));
  EXPECT_THAT(columns.Of(ContactField::kPostalCode), ElementsAre(4u));
  EXPECT_THAT(columns.Of(ContactField::kLocality), ElementsAre(5u));
  EXPECT_THAT(columns.Of(ContactField::kRegion), ElementsAre(6u));
  EXPECT_THAT(columns.Of(ContactField::kCompany), ElementsAre(7u));
  EXPECT_THAT(columns.Of(ContactField::kBirthDate), ElementsAre(8u, 12u));
  EXPECT_THAT(columns.ignored(), IsEmpty());
}

TEST(Columns, GiveTheFirstThatIsNotEmpty) {
  const Columns columns = Columns::FromHeader({"phone", "mobile", "email"});
  EXPECT_EQ(columns.First(ContactField::kPhone, {"01", "06", ""}), "01");
  EXPECT_EQ(columns.First(ContactField::kPhone, {"  ", " 06 ", ""}), "06");
  EXPECT_EQ(columns.First(ContactField::kPhone, {""}), "");
  EXPECT_EQ(columns.First(ContactField::kEmail, {"01", "06"}), "");
  EXPECT_EQ(columns.First(ContactField::kCompany, {"01", "06", "x"}), "");
}

}  // namespace
}  // namespace limpid::cli

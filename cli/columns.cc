#include "cli/columns.h"

#include <algorithm>
#include <array>
#include <optional>

#include "libs/base/trim.h"
#include "libs/text/unicode.h"

namespace limpid::cli {
namespace {

struct Heading {
  std::string_view word;  // folded, letters and digits only
  ContactField field;
};

// Column headings as CRMs, shops and spreadsheets write them. `nom` is the family name; `name` alone could be
// either and is left out.
constexpr std::array kHeadings = {
    Heading{"givenname", ContactField::kGivenName},
    Heading{"firstname", ContactField::kGivenName},
    Heading{"forename", ContactField::kGivenName},
    Heading{"prenom", ContactField::kGivenName},
    Heading{"prenoms", ContactField::kGivenName},
    Heading{"prenomcontact", ContactField::kGivenName},
    Heading{"contactfirstname", ContactField::kGivenName},

    Heading{"familyname", ContactField::kFamilyName},
    Heading{"lastname", ContactField::kFamilyName},
    Heading{"surname", ContactField::kFamilyName},
    Heading{"nom", ContactField::kFamilyName},
    Heading{"nomdefamille", ContactField::kFamilyName},
    Heading{"nomfamille", ContactField::kFamilyName},
    Heading{"nomcontact", ContactField::kFamilyName},
    Heading{"contactlastname", ContactField::kFamilyName},

    Heading{"email", ContactField::kEmail},
    Heading{"emailaddress", ContactField::kEmail},
    Heading{"mail", ContactField::kEmail},
    Heading{"courriel", ContactField::kEmail},
    Heading{"adresseemail", ContactField::kEmail},
    Heading{"adressemail", ContactField::kEmail},
    Heading{"adressecourriel", ContactField::kEmail},
    Heading{"adresseelectronique", ContactField::kEmail},
    Heading{"emailpro", ContactField::kEmail},
    Heading{"emailprofessionnel", ContactField::kEmail},
    Heading{"emailpersonnel", ContactField::kEmail},

    Heading{"phone", ContactField::kPhone},
    Heading{"phonenumber", ContactField::kPhone},
    Heading{"telephone", ContactField::kPhone},
    Heading{"telephonenumber", ContactField::kPhone},
    Heading{"tel", ContactField::kPhone},
    Heading{"tel1", ContactField::kPhone},
    Heading{"telfixe", ContactField::kPhone},
    Heading{"telmobile", ContactField::kPhone},
    Heading{"telportable", ContactField::kPhone},
    Heading{"telephonefixe", ContactField::kPhone},
    Heading{"telephonemobile", ContactField::kPhone},
    Heading{"telephoneportable", ContactField::kPhone},
    Heading{"numerodetelephone", ContactField::kPhone},
    Heading{"ndetelephone", ContactField::kPhone},
    Heading{"notelephone", ContactField::kPhone},
    Heading{"nodetelephone", ContactField::kPhone},
    Heading{"mobile", ContactField::kPhone},
    Heading{"mobilephone", ContactField::kPhone},
    Heading{"mobilenumber", ContactField::kPhone},
    Heading{"portable", ContactField::kPhone},
    Heading{"cellphone", ContactField::kPhone},
    Heading{"fixe", ContactField::kPhone},

    Heading{"company", ContactField::kCompany},
    Heading{"companyname", ContactField::kCompany},
    Heading{"organization", ContactField::kCompany},
    Heading{"organisation", ContactField::kCompany},
    Heading{"societe", ContactField::kCompany},
    Heading{"entreprise", ContactField::kCompany},
    Heading{"raisonsociale", ContactField::kCompany},
    Heading{"nomsociete", ContactField::kCompany},
    Heading{"nomentreprise", ContactField::kCompany},

    Heading{"address", ContactField::kAddressLine},
    Heading{"addressline", ContactField::kAddressLine},
    Heading{"addressline1", ContactField::kAddressLine},
    Heading{"addressline2", ContactField::kAddressLine},
    Heading{"addressline3", ContactField::kAddressLine},
    Heading{"address1", ContactField::kAddressLine},
    Heading{"address2", ContactField::kAddressLine},
    Heading{"street", ContactField::kAddressLine},
    Heading{"streetaddress", ContactField::kAddressLine},
    Heading{"adresse", ContactField::kAddressLine},
    Heading{"adresse1", ContactField::kAddressLine},
    Heading{"adresse2", ContactField::kAddressLine},
    Heading{"adresse3", ContactField::kAddressLine},
    Heading{"adressepostale", ContactField::kAddressLine},
    Heading{"complementadresse", ContactField::kAddressLine},
    Heading{"complementdadresse", ContactField::kAddressLine},
    Heading{"rue", ContactField::kAddressLine},
    Heading{"voie", ContactField::kAddressLine},

    Heading{"postcode", ContactField::kPostalCode},
    Heading{"postalcode", ContactField::kPostalCode},
    Heading{"zip", ContactField::kPostalCode},
    Heading{"zipcode", ContactField::kPostalCode},
    Heading{"codepostal", ContactField::kPostalCode},
    Heading{"cp", ContactField::kPostalCode},

    Heading{"city", ContactField::kLocality},
    Heading{"town", ContactField::kLocality},
    Heading{"locality", ContactField::kLocality},
    Heading{"ville", ContactField::kLocality},
    Heading{"commune", ContactField::kLocality},
    Heading{"localite", ContactField::kLocality},

    Heading{"country", ContactField::kRegion},
    Heading{"countrycode", ContactField::kRegion},
    Heading{"region", ContactField::kRegion},
    Heading{"regioncode", ContactField::kRegion},
    Heading{"pays", ContactField::kRegion},
    Heading{"codepays", ContactField::kRegion},

    Heading{"birthdate", ContactField::kBirthDate},
    Heading{"birthday", ContactField::kBirthDate},
    Heading{"dateofbirth", ContactField::kBirthDate},
    Heading{"dob", ContactField::kBirthDate},
    Heading{"datedenaissance", ContactField::kBirthDate},
    Heading{"datenaissance", ContactField::kBirthDate},
    Heading{"naissance", ContactField::kBirthDate},
    Heading{"neele", ContactField::kBirthDate},
};

std::optional<ContactField> FieldOf(std::string_view heading) {
  const std::string folded = text::Fold(heading);
  std::string word;
  std::ranges::copy_if(folded, std::back_inserter(word),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  const auto it = std::ranges::find(kHeadings, word, &Heading::word);
  if (it == kHeadings.end()) return std::nullopt;
  return it->field;
}

}  // namespace

std::string_view FieldName(ContactField field) {
  switch (field) {
    case ContactField::kGivenName:
      return "given_name";
    case ContactField::kFamilyName:
      return "family_name";
    case ContactField::kEmail:
      return "email";
    case ContactField::kPhone:
      return "phone";
    case ContactField::kCompany:
      return "company";
    case ContactField::kAddressLine:
      return "address_line";
    case ContactField::kPostalCode:
      return "postal_code";
    case ContactField::kLocality:
      return "locality";
    case ContactField::kRegion:
      return "region";
    case ContactField::kBirthDate:
      return "birth_date";
  }
  return "";
}

Columns Columns::FromHeader(const std::vector<std::string>& header) {
  Columns columns;
  for (size_t i = 0; i < header.size(); ++i) {
    if (const auto field = FieldOf(header[i])) {
      columns.columns_[static_cast<size_t>(*field)].push_back(i);
    } else if (!Trim(header[i]).empty()) {
      columns.ignored_.emplace_back(Trim(header[i]));
    }
  }
  return columns;
}

std::string_view Columns::First(ContactField field, const std::vector<std::string>& cells) const {
  for (const size_t column : Of(field)) {
    if (column >= cells.size()) continue;
    if (const std::string_view value = Trim(cells[column]); !value.empty()) return value;
  }
  return {};
}

}  // namespace limpid::cli

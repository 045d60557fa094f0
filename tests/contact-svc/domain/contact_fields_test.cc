#include "contact-svc/domain/contact_fields.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<std::string> Paths(const std::vector<std::string>& mask, const Contact& contact = {}) {
  const auto fields = FieldsToWrite(mask, contact);
  EXPECT_TRUE(fields.ok()) << fields.status();
  std::vector<std::string> paths;
  if (!fields.ok()) return paths;
  for (const ContactField* field : *fields) paths.emplace_back(field->path);
  return paths;
}

// Every field that a caller writes, set.
Contact Full() {
  Contact contact;
  contact.given_name = "Jean";
  contact.family_name = "Dupont";
  contact.honorific = "M.";
  contact.birth_date = "1980-02-29";
  contact.emails = {{.value = "a"}};
  contact.phones = {{.value = "1"}};
  contact.postal_addresses = {{.value = {.locality = "Paris"}}};
  contact.company = {.display_name = "X", .domain = "x.example"};
  contact.job_title = "Director";
  contact.external_ids = {{"crm", "1"}};
  contact.tags = {"vip"};
  contact.custom_fields = {{"a", "1"}};
  contact.source = Source();
  return contact;
}

TEST(ContactFields, WithoutAMaskWhatIsSetIsWritten) {
  EXPECT_THAT(Paths({}, {.given_name = "Jean", .company = {.domain = "x.example"}}),
              ElementsAre("given_name", "company.domain"));
}

TEST(ContactFields, AMaskNamesFieldsAndWholeMessages) {
  EXPECT_THAT(Paths({"tags", "company"}), ElementsAre("company.display_name", "company.domain", "tags"));
  EXPECT_THAT(Paths({"company.domain"}), ElementsAre("company.domain"));
}

TEST(ContactFields, AStarIsEveryField) { EXPECT_THAT(Paths({"*"}), SizeIs(WritableFields().size())); }

TEST(ContactFields, WhatIsNoFieldOrTheServersIsRefused) {
  const std::vector<std::string> mask = {"shoe_size", "etag", "compan"};
  const auto fields = FieldsToWrite(mask, {});
  std::vector<std::string> reasons;
  for (const FieldViolation& violation : DetailsOf(fields.status()).violations) {
    EXPECT_EQ(violation.field, "update_mask");
    reasons.push_back(violation.reason);
  }
  EXPECT_THAT(reasons, ElementsAre("UNKNOWN_FIELD", "READ_ONLY", "UNKNOWN_FIELD"));
}

TEST(ContactFields, EachIsCopiedNoticedAndKnownToBeSet) {
  const Contact full = Full();
  Contact copy;
  for (const ContactField& field : WritableFields()) {
    EXPECT_FALSE(field.is_set(copy)) << field.path;
    EXPECT_TRUE(field.is_set(full)) << field.path;
    EXPECT_FALSE(field.equal(full, copy)) << field.path;
    field.copy(full, copy);
    EXPECT_TRUE(field.equal(full, copy)) << field.path;
  }
  // Nothing that a caller writes is missing in the table.
  EXPECT_EQ(copy, full);
}

TEST(ContactFields, ChangesAreNamed) {
  Contact after = Full();
  after.job_title.clear();
  after.consents = {{.purpose = "newsletter"}};
  EXPECT_THAT(ChangedFields(Full(), after), ElementsAre("job_title", "consents"));
}

}  // namespace
}  // namespace limpid::contact

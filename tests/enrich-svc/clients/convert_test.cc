#include "enrich-svc/clients/convert.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "google/protobuf/util/message_differencer.h"

namespace limpid::enrich {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;

contact::v1::Contact FullContact() {
  contact::v1::Contact contact;
  contact.set_name("contacts/c1");
  contact.set_etag("e7");
  contact.set_family_name("Dupont");
  contact.add_emails()->set_value("first@example.com");
  contact.add_emails()->set_value("primary@example.com");
  contact.mutable_emails(1)->set_primary(true);
  contact.add_phones()->set_value("0612345678");
  contact.add_postal_addresses()->mutable_value()->set_postal_code("69001");
  type::v1::PostalAddress& address = *contact.add_postal_addresses()->mutable_value();
  contact.mutable_postal_addresses(1)->set_primary(true);
  contact.mutable_postal_addresses(1)->set_source("form");
  contact.mutable_postal_addresses(1)->mutable_provenance()->set_origin("CAPTURE");
  address.set_region_code("FR");
  address.set_postal_code("75002");
  address.set_locality("Paris");
  address.add_address_lines("12 rue de la Paix");
  address.set_commune_code("75102");
  address.set_department_code("75");
  address.set_department("Paris (dep)");
  address.set_administrative_area_code("11");
  address.set_administrative_area("Île-de-France");
  contact.mutable_company()->set_display_name("Acme");
  contact.mutable_company()->set_domain("acme.example");
  return contact;
}

TEST(ContactFromProto, TakesEachFieldThatCanBeEnriched) {
  const StoredContact stored = FromProto(FullContact());
  EXPECT_EQ(stored.id, ContactId("c1"));
  EXPECT_EQ(stored.etag, "e7");
  const Profile expected{.email = "primary@example.com",
                         .phone = "0612345678",
                         .address = {.region_code = "FR",
                                     .postal_code = "75002",
                                     .locality = "Paris",
                                     .commune_code = "75102",
                                     .department_code = "75",
                                     .department = "Paris (dep)",
                                     .administrative_area_code = "11",
                                     .administrative_area = "Île-de-France"},
                         .company = "Acme",
                         .company_domain = "acme.example"};
  EXPECT_EQ(stored.profile, expected);
}

TEST(ContactFromProto, KeepsTheWholeContactForTheDoor) {
  contact::v1::Contact again;
  ASSERT_TRUE(again.ParseFromString(FromProto(FullContact()).wire));
  EXPECT_TRUE(MessageDifferencer::Equals(again, FullContact()));
}

TEST(ContactFromProto, AnEmptyContactIsAnEmptyProfile) {
  EXPECT_EQ(FromProto(contact::v1::Contact()).profile, Profile());
}

TEST(EventFromProto, TakesEachField) {
  contact::v1::ContactEvent event;
  event.set_id("ev1");
  event.set_cursor("17");
  event.set_type("limpid.contact.created");
  event.mutable_time()->set_seconds(1'800'000'000);
  event.mutable_time()->set_nanos(250'000'000);
  event.set_tenant("acme");
  event.set_contact("contacts/c1");
  event.add_causes("ev0");
  event.add_causes("ev0-fill-empty-on-create");
  const ContactEvent taken = FromProto(event);
  EXPECT_EQ(taken.id, "ev1");
  EXPECT_EQ(taken.cursor, "17");
  EXPECT_EQ(taken.type, "limpid.contact.created");
  EXPECT_EQ(taken.time, absl::FromUnixMillis(1'800'000'000'250));
  EXPECT_EQ(taken.tenant, TenantId("acme"));
  EXPECT_EQ(taken.contact, ContactId("c1"));
  EXPECT_THAT(taken.causes, ElementsAre("ev0", "ev0-fill-empty-on-create"));
}

TEST(ToUpdate, WritesTheCompletionsAndLeavesTheRestAsItWas) {
  const contact::v1::UpdateContactRequest request =
      ToUpdate(FullContact(), {{Field::kCommuneCode, "75101", "fr-communes", 1}});
  EXPECT_EQ(request.contact().name(), "contacts/c1");
  EXPECT_EQ(request.contact().etag(), "e7");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("postal_addresses"));
  contact::v1::Contact expected = FullContact();
  expected.mutable_postal_addresses(1)->clear_source();  // the server's to set
  expected.mutable_postal_addresses(1)->clear_provenance();
  expected.mutable_postal_addresses(1)->mutable_value()->set_commune_code("75101");
  ASSERT_EQ(request.contact().postal_addresses_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(
        MessageDifferencer::Equals(request.contact().postal_addresses(i), expected.postal_addresses(i)));
  }
  EXPECT_FALSE(request.contact().has_company());
}

TEST(ToUpdate, WritesEveryField) {
  Completions completions;
  for (const Field field : kAllFields) completions.push_back({field, std::string(FieldPath(field)), "x", 1});
  const contact::v1::UpdateContactRequest request = ToUpdate(contact::v1::Contact(), completions);
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("postal_addresses", "company"));
  const Profile written = FromProto(request.contact()).profile;
  for (const Field field : kAllFields) EXPECT_EQ(FieldOf(written, field), FieldPath(field));
}

TEST(ToUpdate, KeepsTheCompanysName) {
  const contact::v1::UpdateContactRequest request =
      ToUpdate(FullContact(), {{Field::kCompanyDomain, "acme.com", "email-domain", 0.9}});
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("company"));
  EXPECT_EQ(request.contact().company().display_name(), "Acme");
  EXPECT_EQ(request.contact().company().domain(), "acme.com");
}

}  // namespace
}  // namespace limpid::enrich

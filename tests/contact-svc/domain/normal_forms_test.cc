#include "contact-svc/domain/normal_forms.h"

#include <gmock/gmock.h>

#include "contact-svc/domain/match_key.h"
#include "tests/contact-svc/quality.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(2'000);

TEST(NormalForms, ValuesGetTheirFormsVerdictsAndAPrimary) {
  Contact contact;
  contact.emails = {{.value = "Jean.Dupont@GMAIL.com"}, {.value = "broken@"}};
  contact.phones = {{.value = "06 12 34 56 78"}, {.value = "12", .primary = true}};
  TestForms().Complete(contact, "", kNow);
  EXPECT_EQ(contact.emails[0].normalized, "Jean.Dupont@gmail.com");
  EXPECT_EQ(contact.emails[0].match_key, "jeandupont@gmail.com");
  EXPECT_EQ(contact.emails[0].verdict->status, "UNKNOWN");
  EXPECT_EQ(contact.emails[0].verify_time, kNow);
  EXPECT_TRUE(contact.emails[0].primary);
  EXPECT_EQ(contact.emails[1].normalized, "");
  EXPECT_EQ(contact.emails[1].match_key, "");
  EXPECT_EQ(contact.emails[1].verdict->status, "UNDELIVERABLE");
  EXPECT_EQ(contact.emails[1].verdict->reason, "SYNTAX");
  EXPECT_EQ(contact.phones[0].normalized, "+33612345678");
  EXPECT_EQ(contact.phones[0].verdict->type, "MOBILE");
  EXPECT_FALSE(contact.phones[0].primary);
  EXPECT_EQ(contact.phones[1].verdict->status, "INVALID");
}

TEST(NormalForms, NumbersWithoutACountryAreOfTheRegionNamed) {
  EXPECT_EQ(TestForms().PhoneKey("0470 12 34 56", "BE"), "+32470123456");
  EXPECT_EQ(TestForms().PhoneKey("06 12 34 56 78", ""), "+33612345678");
}

TEST(NormalForms, AKeyIsThatOfAStoredValue) {
  Contact contact;
  contact.emails = {{.value = "Zoë@Exämple.org"}};
  contact.phones = {{.value = "+1 650 253 0000"}};
  TestForms().Complete(contact, "", kNow);
  EXPECT_EQ(TestForms().EmailKey("zoë@xn--exmple-cua.org"), contact.emails[0].match_key);
  EXPECT_EQ(TestForms().PhoneKey("00 1 650 253 0000", "FR"), contact.phones[0].match_key);
}

TEST(MatchKeys, AreSortedOnceEachAndTagsDoNotIdentify) {
  Contact contact;
  contact.emails = {{.value = "b", .match_key = "b"}, {.value = "?"}};
  contact.phones = {{.value = "1", .match_key = "+1"}};
  contact.external_ids = {{"crm", "9"}};
  contact.tags = {"vip"};
  EXPECT_THAT(IdentifyingKeysOf(contact),
              ElementsAre(MatchKey{KeyKind::kEmail, "b"}, MatchKey{KeyKind::kPhone, "+1"},
                          MatchKey{KeyKind::kExternalId, "crm:9"}));
  EXPECT_EQ(KeysOf(contact).back(), (MatchKey{KeyKind::kTag, "vip"}));
  EXPECT_THAT(KeysOf(Contact()), IsEmpty());
}

}  // namespace
}  // namespace limpid::contact

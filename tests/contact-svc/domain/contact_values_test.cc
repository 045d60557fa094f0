#include "contact-svc/domain/contact_values.h"

#include <gmock/gmock.h>

namespace limpid::contact {
namespace {

const absl::Time kThen = absl::FromUnixSeconds(1'000);
const absl::Time kNow = absl::FromUnixSeconds(2'000);

TEST(ContactValues, AValueThatStaysKeepsWhatIsKnownOfIt) {
  Contact known;
  known.emails = {
      {.value = "a@example.org", .verdict = Assessment{.status = "UNKNOWN"}, .verify_time = kThen}};
  known.postal_addresses = {{.value = {.locality = "Paris"}}};
  Stamp(known, {.origin = Origin::kCapture, .time = kThen}, "newsletter");
  Contact changed = known;
  changed.emails.push_back({.value = "b@example.org"});
  changed.emails[0].verify_time = kNow;
  Stamp(changed, {.origin = Origin::kApi, .time = kNow}, "");
  CarryOver(known, changed);
  EXPECT_EQ(changed.emails[0], known.emails[0]);
  EXPECT_EQ(changed.emails[1].provenance.origin, Origin::kApi);
  EXPECT_EQ(changed.emails[1].confidence, 1);
  EXPECT_EQ(changed.postal_addresses, known.postal_addresses);
}

TEST(ContactValues, AVerdictThatChangedHasItsOwnTime) {
  Contact known;
  known.phones = {{.value = "1", .verdict = Assessment{.status = "VALID"}, .verify_time = kThen}};
  Contact changed = known;
  changed.phones[0].verdict->status = "INVALID";
  changed.phones[0].verify_time = kNow;
  CarryOver(known, changed);
  EXPECT_EQ(changed.phones[0].verify_time, kNow);
}

}  // namespace
}  // namespace limpid::contact

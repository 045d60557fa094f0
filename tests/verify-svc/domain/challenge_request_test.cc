#include "verify-svc/domain/challenge_request.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;

ChallengeRequest Good() {
  return {.channel = ChallengeChannel::kSms,
          .destination = "06 12 34 56 78",
          .default_region = "FR",
          .purpose = "newsletter-2",
          .language = "en",
          .brand = "Café Léon",
          .autofill_host = "www.example.fr",
          .notice_version = "2026-11",
          .source = "form: footer",
          .remote_address = "2001:db8::1"};
}

TEST(ChallengeRequests, AreAdmittedWhole) { EXPECT_EQ(CheckRequest(Good()), absl::OkStatus()); }

TEST(ChallengeRequests, NeedADestinationAndAPurpose) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : DetailsOf(CheckRequest({})).violations) {
    EXPECT_EQ(violation.reason, reason::kRequired);
    fields.push_back(violation.field);
  }
  EXPECT_THAT(fields, ElementsAre("destination", "purpose"));
}

TEST(ChallengeRequests, NameEveryViolation) {
  ChallengeRequest request = Good();
  request.destination = std::string(257, '1');
  request.default_region = "XX";
  request.purpose = "Newsletter";
  request.language = "de";
  request.brand = "a\r\nBcc: b@c.fr";
  request.autofill_host = "example.fr #123456";
  request.notice_version = std::string(101, 'a');
  request.source = std::string(201, 'a');
  request.remote_address = "192.0.2";
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(CheckRequest(request)).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  EXPECT_THAT(
      faults,
      ElementsAre("destination TOO_LONG", "default_region UNKNOWN_VALUE", "purpose INVALID_FORMAT",
                  "language_code UNKNOWN_VALUE", "brand INVALID_FORMAT", "autofill_host INVALID_FORMAT",
                  "notice_version TOO_LONG", "source TOO_LONG", "remote_address INVALID_FORMAT"));
}

}  // namespace
}  // namespace limpid::verify

#include "verify-svc/domain/policy.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

std::vector<std::pair<std::string, std::string>> FaultsOf(const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> faults;
  for (const FieldViolation& violation : DetailsOf(status).violations) {
    faults.emplace_back(violation.field, violation.reason);
  }
  return faults;
}

std::vector<std::string> Paths(const std::vector<const PolicyField*>& fields) {
  std::vector<std::string> paths;
  for (const PolicyField* field : fields) paths.emplace_back(field->path);
  return paths;
}

TEST(PolicyCheck, AdmitsWhatATenantMayChoose) {
  EXPECT_EQ(CheckPolicy({}), absl::OkStatus());
  Policy policy;
  policy.email.known_domains = {"example.com", "xn--dj-kia8a.example", "a-b.co.uk"};
  policy.phone.allowed_calling_codes = {33, 1, 999};
  policy.phone.denied_regions = {"FR", "GP"};
  policy.phone.denied_types = {"PREMIUM_RATE"};
  policy.phone.providers = {"smsfactor", "hlr-lookups"};
  policy.phone.daily_lookups = 1'000'000'000;
  policy.challenges.daily_messages = 0;
  EXPECT_EQ(CheckPolicy(policy), absl::OkStatus());
}

TEST(PolicyCheck, NamesEveryViolationWithItsPath) {
  Policy policy;
  policy.email.known_domains = {"example.com", "no dot", "-a.fr", "a-.fr", "A.fr", "a..fr", "a.fr,b.fr"};
  policy.phone.allowed_calling_codes = {33, 0};
  policy.phone.denied_calling_codes = {1000};
  policy.phone.allowed_regions = {"fr"};
  policy.phone.denied_regions = {"FR", "XX"};
  policy.phone.providers = {"", "a,b"};
  policy.phone.daily_lookups = -1;
  policy.challenges.daily_messages = -1;
  const std::string format(reason::kInvalidFormat);
  const std::string range(reason::kOutOfRange);
  const std::string value(reason::kUnknownValue);
  using Fault = std::pair<std::string, std::string>;
  EXPECT_THAT(FaultsOf(CheckPolicy(policy)),
              ElementsAre(Fault("email.known_domains[1]", format), Fault("email.known_domains[2]", format),
                          Fault("email.known_domains[3]", format), Fault("email.known_domains[4]", format),
                          Fault("email.known_domains[5]", format), Fault("email.known_domains[6]", format),
                          Fault("phone.allowed_calling_codes[1]", range),
                          Fault("phone.denied_calling_codes[0]", range),
                          Fault("phone.allowed_regions[0]", value), Fault("phone.denied_regions[1]", value),
                          Fault("phone.providers[0]", format), Fault("phone.providers[1]", format),
                          Fault("phone.daily_lookups", range), Fault("challenges.daily_messages", range)));
}

TEST(PolicyCheck, BoundsEveryList) {
  Policy policy;
  policy.email.known_domains.assign(501, "a.fr");
  policy.phone.allowed_calling_codes.assign(301, 33);
  policy.phone.denied_calling_codes.assign(301, 33);
  policy.phone.allowed_regions.assign(301, "FR");
  policy.phone.denied_regions.assign(301, "FR");
  policy.phone.denied_types.assign(13, "MOBILE");
  policy.phone.providers.assign(21, "a");
  const ErrorDetails details = DetailsOf(CheckPolicy(policy));
  EXPECT_THAT(details.violations, SizeIs(7));
  for (const FieldViolation& violation : details.violations) EXPECT_EQ(violation.reason, reason::kTooMany);
}

TEST(PolicyMask, WithoutOneWritesWhatIsSet) {
  Policy policy;
  policy.challenges = {.daily_messages = 0, .allow_voip = true};
  policy.phone.providers = {"telnyx"};
  const std::vector<std::string> none;
  EXPECT_THAT(Paths(*PolicyFieldsToWrite(none, policy)),
              ElementsAre("phone.providers", "challenges.allow_voip"));
}

TEST(PolicyMask, NamesFieldsMessagesOrAll) {
  const auto paths = [](std::vector<std::string> mask) { return Paths(*PolicyFieldsToWrite(mask, {})); };
  EXPECT_THAT(paths({"email.known_domains"}), ElementsAre("email.known_domains"));
  EXPECT_THAT(paths({"challenges", "challenges.allow_voip"}),
              ElementsAre("challenges.daily_messages", "challenges.allow_voip"));
  EXPECT_THAT(paths({"*"}), SizeIs(12));
}

TEST(PolicyMask, RefusesWhatIsNoFieldToWrite) {
  const std::vector<std::string> mask = {"etag", "phone.nothing", "pho", "email"};
  const ErrorDetails details = DetailsOf(PolicyFieldsToWrite(mask, {}).status());
  EXPECT_THAT(details.violations, ElementsAre(Field(&FieldViolation::reason, reason::kReadOnly),
                                              Field(&FieldViolation::reason, reason::kUnknownField),
                                              Field(&FieldViolation::reason, reason::kUnknownField)));
}

TEST(PolicyMask, CopiesTheFieldAndNoOther) {
  Policy from;
  from.email = {.allow_callouts = true, .admit_quoted = true, .known_domains = {"a.fr"}};
  from.phone = {.allowed_calling_codes = {1},
                .denied_calling_codes = {2},
                .allowed_regions = {"FR"},
                .denied_regions = {"BE"},
                .denied_types = {"VOIP"},
                .providers = {"p"},
                .daily_lookups = 3};
  from.challenges = {.daily_messages = 4, .allow_voip = true};
  const std::vector<std::string> all = {"*"};
  Policy copied;
  const auto fields = PolicyFieldsToWrite(all, from);
  ASSERT_TRUE(fields.ok()) << fields.status();
  for (const PolicyField* field : *fields) {
    EXPECT_TRUE(field->is_set(from)) << field->path;
    const Policy before = copied;
    field->copy(from, copied);
    EXPECT_NE(copied, before) << field->path;
  }
  EXPECT_EQ(copied, from);
}

}  // namespace
}  // namespace limpid::verify

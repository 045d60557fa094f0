#include "cli/check_one.h"

#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::array kFlags = {
    Flag{"email", "T", ""},       Flag{"phone", "T", ""},    Flag{"given-name", "T", ""},
    Flag{"family-name", "T", ""}, Flag{"company", "T", ""},  Flag{"address-line", "T", "", true},
    Flag{"postal-code", "T", ""}, Flag{"locality", "T", ""}, Flag{"region", "T", ""},
    Flag{"birth-date", "T", ""},  Flag{"depth", "T", ""},    Flag{"budget", "T", ""},
    Flag{"language", "T", ""},    Flag{"form", "T", ""},     Flag{"default-region", "T", ""}};

absl::StatusOr<gateway::v1::CheckRequest> Read(const std::vector<std::string>& words) {
  return RequestOf(*Arguments::Parse(words, {kFlags}));
}

TEST(CheckOne, SendsWhatTheFlagsSay) {
  const auto request =
      Read({"--email=a@b.fr", "--phone=06", "--given-name=Jean", "--family-name=Dupont", "--company=Acme",
            "--address-line=1 rue A", "--address-line=Bât. B", "--postal-code=75002", "--locality=Paris",
            "--region=FR", "--birth-date=1980-02-29", "--depth=standard", "--budget=1500ms", "--language=en",
            "--form=f", "--default-region=BE"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->email(), "a@b.fr");
  EXPECT_EQ(request->phone(), "06");
  EXPECT_EQ(request->given_name(), "Jean");
  EXPECT_EQ(request->family_name(), "Dupont");
  EXPECT_EQ(request->company(), "Acme");
  EXPECT_EQ(request->postal_address().address_lines_size(), 2);
  EXPECT_EQ(request->postal_address().postal_code(), "75002");
  EXPECT_EQ(request->postal_address().locality(), "Paris");
  EXPECT_EQ(request->postal_address().region_code(), "FR");
  EXPECT_EQ(request->birth_date(), "1980-02-29");
  EXPECT_EQ(request->depth(), type::v1::Depth::STANDARD);
  EXPECT_EQ(request->budget().seconds(), 1);
  EXPECT_EQ(request->budget().nanos(), 500'000'000);
  EXPECT_EQ(request->language_code(), "en");
  EXPECT_EQ(request->form(), "f");
  EXPECT_EQ(request->default_region(), "BE");
}

TEST(CheckOne, NamesFlagsThatCannotBeRead) {
  const absl::Status status = Read({"--depth=bottomless", "--budget=soon"}).status();
  ASSERT_EQ(DetailsOf(status).violations.size(), 2u);
  EXPECT_EQ(DetailsOf(status).violations[0].field, "--depth");
  EXPECT_EQ(DetailsOf(status).violations[1].field, "--budget");
  EXPECT_FALSE(Read({"--budget=inf"}).ok());
}

TEST(CheckOne, IsDescribedForAPerson) {
  gateway::v1::CheckResponse response;
  response.set_decision(gateway::v1::Decision::SUGGEST);
  auto* finding = response.add_findings();
  finding->set_field("email");
  finding->set_reason("DOMAIN_TYPO");
  finding->set_message("Vouliez-vous dire jean@gmail.com ?");
  response.mutable_email()->set_status(type::v1::EmailStatus::RISKY);
  response.mutable_email()->set_reason("DOMAIN_TYPO");
  response.mutable_email()->set_score(40);
  response.mutable_email()->set_normalized("jean@gmial.com");
  response.mutable_phone()->set_status(type::v1::PhoneStatus::VALID);
  response.mutable_phone()->set_type(verify::v1::PhoneType::MOBILE);
  response.mutable_phone()->set_region_code("FR");
  response.mutable_phone()->set_e164("+33612345678");
  response.mutable_phone()->set_national("06 12 34 56 78");
  auto* part = response.add_incomplete();
  part->set_part("MATCHES");
  part->set_reason("BUDGET_SPENT");
  EXPECT_THAT(
      Describe(response),
      AllOf(::testing::StartsWith("SUGGEST\n"), HasSubstr("email  DOMAIN_TYPO  Vouliez-vous dire"),
            HasSubstr("RISKY DOMAIN_TYPO, score 40"), HasSubstr("VALID MOBILE FR"),
            HasSubstr("+33612345678  (06 12 34 56 78)"), HasSubstr("not known  MATCHES BUDGET_SPENT")));
}

}  // namespace
}  // namespace limpid::cli

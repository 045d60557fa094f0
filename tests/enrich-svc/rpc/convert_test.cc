#include "enrich-svc/rpc/convert.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;

TEST(IdFromName, TakesTheLastPartOfItsOwnCollection) {
  EXPECT_EQ(*IdFromName("contacts", "contacts/c1"), "c1");
  for (const std::string& name :
       {std::string(), std::string("c1"), std::string("contacts"), std::string("contacts/"),
        std::string("contacts/c1/x"), std::string("runs/c1"), "contacts/" + std::string(256, 'a')}) {
    const absl::Status status = IdFromName("contacts", name).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(DetailsOf(status).violations.front().field, "name");
  }
}

TEST(FromProto, TakesEachFieldOfAPreview) {
  v1::PreviewEnrichmentRequest request;
  request.set_email("a@example.com");
  request.set_phone("0612345678");
  request.set_default_region("BE");
  request.set_company("Acme");
  type::v1::PostalAddress& address = *request.mutable_postal_address();
  address.set_region_code("FR");
  address.set_postal_code("75002");
  address.set_locality("Paris");
  address.set_commune_code("75102");
  address.set_department_code("75");
  address.set_department("Paris (dep)");
  address.set_administrative_area_code("11");
  address.set_administrative_area("Île-de-France");
  const Profile expected{.email = "a@example.com",
                         .phone = "0612345678",
                         .default_region = "BE",
                         .address = {.region_code = "FR",
                                     .postal_code = "75002",
                                     .locality = "Paris",
                                     .commune_code = "75102",
                                     .department_code = "75",
                                     .department = "Paris (dep)",
                                     .administrative_area_code = "11",
                                     .administrative_area = "Île-de-France"},
                         .company = "Acme"};
  EXPECT_EQ(FromProto(request), expected);
  EXPECT_EQ(FromProto(v1::PreviewEnrichmentRequest()), Profile()) << "the region is FR where none is given";
}

TEST(ToProto, GivesEachFieldOfACompletion) {
  type::v1::Completion out;
  ToProto(Completion{Field::kDepartmentCode, "75", "fr-communes", 0.9}, out);
  EXPECT_EQ(out.field(), "postalAddress.departmentCode");
  EXPECT_EQ(out.value(), "75");
  EXPECT_EQ(out.source(), "fr-communes");
  EXPECT_EQ(out.confidence(), 0.9);
}

TEST(ToProto, GivesThePreview) {
  v1::PreviewEnrichmentResponse out;
  ToProto(ProviderAnswers{.completions = {{Field::kLocality, "Paris", "x", 1}}, .unreachable = {"far"}}, out);
  ASSERT_EQ(out.completions_size(), 1);
  EXPECT_EQ(out.completions(0).value(), "Paris");
  EXPECT_THAT(out.unreachable(), ElementsAre("far"));
}

TEST(ToProto, GivesTheContactAsItCame) {
  contact::v1::Contact contact;
  contact.set_name("contacts/c1");
  contact.add_tags("vip");
  const auto out = ToProto(EnrichedContact{.contact = {.wire = contact.SerializeAsString()},
                                           .filled = {{Field::kLocality, "Paris", "x", 1}},
                                           .unreachable = {"far"}});
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->contact().name(), "contacts/c1");
  EXPECT_THAT(out->contact().tags(), ElementsAre("vip"));
  EXPECT_EQ(out->completions(0).value(), "Paris");
  EXPECT_THAT(out->unreachable(), ElementsAre("far"));
  EXPECT_EQ(ToProto(EnrichedContact{.contact = {.wire = "\xff"}}).status().code(),
            absl::StatusCode::kInternal);
}

TEST(ToProto, GivesEachFieldOfAProvider) {
  const v1::Provider out = ToProto(ProviderInfo{.id = "fr-communes",
                                                .description = "Communes.",
                                                .licence = "MIT",
                                                .cost = "0.01 EUR",
                                                .offline = true,
                                                .fields = {Field::kLocality, Field::kCompanyDomain}});
  EXPECT_EQ(out.name(), "providers/fr-communes");
  EXPECT_EQ(out.description(), "Communes.");
  EXPECT_EQ(out.licence(), "MIT");
  EXPECT_EQ(out.cost(), "0.01 EUR");
  EXPECT_TRUE(out.offline());
  EXPECT_THAT(out.fields(), ElementsAre("postalAddress.locality", "company.domain"));
}

TEST(ToProto, GivesEachFieldOfAScenario) {
  Scenario scenario{.id = ScenarioId("s1"),
                    .display_name = "A scenario",
                    .trigger = "limpid.contact.created",
                    .steps = {"enrich"},
                    .fill_policy = "FILL_EMPTY"};
  const v1::Scenario out = ToProto(scenario);
  EXPECT_EQ(out.name(), "scenarios/s1");
  EXPECT_EQ(out.display_name(), "A scenario");
  EXPECT_EQ(out.trigger(), "limpid.contact.created");
  EXPECT_THAT(out.steps(), ElementsAre("enrich"));
  EXPECT_EQ(out.fill_policy(), "FILL_EMPTY");
  EXPECT_EQ(out.state(), v1::Scenario::State::ACTIVE);
  scenario.state = ScenarioState::kPaused;
  EXPECT_EQ(ToProto(scenario).state(), v1::Scenario::State::PAUSED);
}

TEST(ToProto, GivesEachFieldOfARun) {
  enrich::Run run{.tenant = TenantId("acme"),
                  .id = RunId("e1-s1"),
                  .scenario = ScenarioId("s1"),
                  .contact = ContactId("c1"),
                  .state = RunState::kFailed,
                  .attempts = 3,
                  .filled_fields = {"company.domain"},
                  .error_reason = "NOT_FOUND",
                  .create_time = absl::FromUnixMicros(1'800'000'000'250'000),
                  .end_time = absl::FromUnixSeconds(1'800'000'005)};
  const v1::Run out = ToProto(run);
  EXPECT_EQ(out.name(), "runs/e1-s1");
  EXPECT_EQ(out.scenario(), "scenarios/s1");
  EXPECT_EQ(out.contact(), "contacts/c1");
  EXPECT_EQ(out.state(), v1::Run::State::FAILED);
  EXPECT_EQ(out.attempts(), 3);
  EXPECT_THAT(out.filled_fields(), ElementsAre("company.domain"));
  EXPECT_EQ(out.error_reason(), "NOT_FOUND");
  EXPECT_EQ(out.create_time().seconds(), 1'800'000'000);
  EXPECT_EQ(out.create_time().nanos(), 250'000'000);
  EXPECT_EQ(out.end_time().seconds(), 1'800'000'005);
  run.end_time.reset();
  EXPECT_FALSE(ToProto(run).has_end_time());
}

TEST(ToProto, EachStateOfARunHasItsWord) {
  for (const RunState state :
       {RunState::kPending, RunState::kRunning, RunState::kSucceeded, RunState::kFailed}) {
    EXPECT_EQ(v1::Run::State::Value_Name(ToProto(enrich::Run{.state = state}).state()), Name(state));
  }
}

}  // namespace
}  // namespace limpid::enrich

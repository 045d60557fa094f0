#include "enrich-svc/domain/contact_event.h"

#include <gmock/gmock.h>

namespace limpid::enrich {
namespace {

using ::testing::IsEmpty;

ContactEvent Created() {
  return {.id = "ev1",
          .cursor = "17",
          .type = "limpid.contact.created",
          .time = absl::FromUnixSeconds(1'800'000'000),
          .tenant = TenantId("acme"),
          .contact = ContactId("c1")};
}

TEST(RunsFor, ANewContactIsEnriched) {
  const std::vector<enrich::Run> runs = RunsFor(Created(), BuiltInScenarios());
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs.front().id, RunId("ev1-fill-empty-on-create"));
  EXPECT_EQ(runs.front().scenario, ScenarioId("fill-empty-on-create"));
  EXPECT_EQ(runs.front().tenant, TenantId("acme"));
  EXPECT_EQ(runs.front().contact, ContactId("c1"));
  EXPECT_EQ(runs.front().state, RunState::kPending);
  EXPECT_EQ(runs.front().create_time, Created().time);
}

TEST(RunsFor, OtherChangesAreNotAnswered) {
  ContactEvent event = Created();
  event.type = "limpid.contact.updated";
  EXPECT_THAT(RunsFor(event, BuiltInScenarios()), IsEmpty());
}

TEST(RunsFor, AScenarioDoesNotAnswerToItsOwnChange) {
  ContactEvent event = Created();
  event.causes = {"ev0", "ev0-fill-empty-on-create"};
  EXPECT_THAT(RunsFor(event, BuiltInScenarios()), IsEmpty());
  event.causes = {"ev0", "ev0-another-scenario"};
  EXPECT_EQ(RunsFor(event, BuiltInScenarios()).size(), 1U);
}

}  // namespace
}  // namespace limpid::enrich

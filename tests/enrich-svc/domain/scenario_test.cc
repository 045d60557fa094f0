#include "enrich-svc/domain/scenario.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace limpid::enrich {
namespace {

TEST(Scenario, FillEmptyOnCreateAnswersToNewContactsFromTheFirstDay) {
  const Scenario* scenario = FindBuiltInScenario(ScenarioId("fill-empty-on-create"));
  ASSERT_NE(scenario, nullptr);
  EXPECT_EQ(scenario->trigger, "limpid.contact.created");
  EXPECT_EQ(scenario->state, ScenarioState::kActive);
  EXPECT_EQ(scenario->fill_policy, "FILL_EMPTY");
}

TEST(Scenario, AreListedById) { EXPECT_TRUE(std::ranges::is_sorted(BuiltInScenarios(), {}, &Scenario::id)); }

TEST(Scenario, AnUnknownIdFindsNone) { EXPECT_EQ(FindBuiltInScenario(ScenarioId("another")), nullptr); }

}  // namespace
}  // namespace limpid::enrich

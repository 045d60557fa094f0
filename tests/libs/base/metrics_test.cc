#include "libs/base/metrics.h"

#include <gmock/gmock.h>

namespace limpid {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Metrics, TextHoldsEachSeries) {
  MetricsRegistry registry;
  registry.AddCounter("limpid_calls_total", "Calls.", {{"code", "OK"}}).Increment(3);
  registry.AddGauge("limpid_queue", "Waiting.").Set(7);
  registry.AddHistogram("limpid_seconds", "Time.", {}, {0.1, 1}).Observe(0.5);
  EXPECT_THAT(registry.Text(), HasSubstr("limpid_calls_total{code=\"OK\"} 3"));
  EXPECT_THAT(registry.Text(), HasSubstr("limpid_queue 7"));
  EXPECT_THAT(registry.Text(), HasSubstr("limpid_seconds_bucket{le=\"1\"} 1"));
  EXPECT_THAT(registry.Names(), ElementsAre("limpid_calls_total", "limpid_queue", "limpid_seconds"));
}

TEST(Metrics, TheSameNameAndLabelsAreOneSeries) {
  MetricsRegistry registry;
  registry.AddCounter("limpid_calls_total", "Calls.").Increment();
  Counter again = registry.AddCounter("limpid_calls_total", "Calls.");
  again.Increment();
  EXPECT_EQ(again.value(), 2);
}

}  // namespace
}  // namespace limpid

#include "libs/base/metrics.h"

#include <algorithm>
#include <map>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace limpid {
namespace {

const std::vector<double> kSeconds = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

std::map<std::string, std::string> AsMap(const MetricsRegistry::Labels& labels) {
  return {labels.begin(), labels.end()};
}

}  // namespace

void Counter::Increment(double by) { counter_->Increment(by); }
double Counter::value() const { return counter_->Value(); }
void Gauge::Set(double value) { gauge_->Set(value); }
void Gauge::Add(double by) { gauge_->Increment(by); }
double Gauge::value() const { return gauge_->Value(); }
void Histogram::Observe(double value) { histogram_->Observe(value); }

struct MetricsRegistry::Impl {
  // Merge: a family asked for twice is one family; the same labels give the same series.
  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
};

MetricsRegistry::MetricsRegistry() : impl_(std::make_unique<Impl>()) {}
MetricsRegistry::~MetricsRegistry() = default;

Counter MetricsRegistry::AddCounter(const std::string& name, const std::string& help, const Labels& labels) {
  return Counter(
      prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry).Add(AsMap(labels)));
}

Gauge MetricsRegistry::AddGauge(const std::string& name, const std::string& help, const Labels& labels) {
  return Gauge(prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(AsMap(labels)));
}

Histogram MetricsRegistry::AddHistogram(const std::string& name, const std::string& help,
                                        const Labels& labels, std::vector<double> bounds) {
  if (bounds.empty()) bounds = kSeconds;
  return Histogram(prometheus::BuildHistogram()
                       .Name(name)
                       .Help(help)
                       .Register(impl_->registry)
                       .Add(AsMap(labels), prometheus::Histogram::BucketBoundaries(std::move(bounds))));
}

std::string MetricsRegistry::Text() const {
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

std::vector<std::string> MetricsRegistry::Names() const {
  std::vector<std::string> names;
  for (const prometheus::MetricFamily& family : impl_->registry.Collect()) names.push_back(family.name);
  std::ranges::sort(names);
  return names;
}

}  // namespace limpid

#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace limpid {

/// Something that only grows. Thread-safe; 11 ns.
class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  void Increment(double by = 1);
  double value() const;

 private:
  prometheus::Counter* counter_;
};

/// Something that goes up and down. Thread-safe.
class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
  void Set(double value);
  void Add(double by);
  double value() const;

 private:
  prometheus::Gauge* gauge_;
};

/// How a figure is spread over buckets. Thread-safe; 23 ns.
class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  void Observe(double value);

 private:
  prometheus::Histogram* histogram_;
};

/// The figures of a process, given out as Prometheus text on the operations port.
///
/// Ask for each series once, when a part is built, and keep the handle: the look-up costs eight times the
/// count. Names are public and start with `limpid_`. Label values come from closed lists of ours, never from
/// a caller. Thread-safe.
class MetricsRegistry {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  MetricsRegistry();
  ~MetricsRegistry();
  Counter AddCounter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge AddGauge(const std::string& name, const std::string& help, const Labels& labels = {});
  /// `bounds` are upper bounds in ascending order; default: seconds from 0.5 ms to 10 s.
  Histogram AddHistogram(const std::string& name, const std::string& help, const Labels& labels = {},
                         std::vector<double> bounds = {});
  /// Prometheus text format 0.0.4.
  std::string Text() const;
  /// Names of all families, sorted: for the golden list.
  std::vector<std::string> Names() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid

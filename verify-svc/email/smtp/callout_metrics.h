#pragma once

#include <string_view>

#include "absl/container/flat_hash_map.h"

#include "libs/base/metrics.h"

namespace limpid::verify {

/// The figures of callouts.
class CalloutMetrics {
 public:
  explicit CalloutMetrics(MetricsRegistry& registry);

  /// `reason`: one of email_reason.
  void CountAnswer(std::string_view reason);

  Gauge sessions;
  Gauge waiting;
  Gauge blocked;

 private:
  absl::flat_hash_map<std::string_view, Counter> answers_;
};

}  // namespace limpid::verify

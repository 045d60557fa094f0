#pragma once

#include <memory>

#include "enrich-svc/app/provider.h"
#include "libs/base/metrics.h"

namespace limpid::enrich {

/// Counts the questions, failures and time of another provider, under its name.
class CountedProvider final : public Provider {
 public:
  CountedProvider(std::unique_ptr<const Provider> provider, MetricsRegistry& metrics);
  const ProviderInfo& info() const override { return provider_->info(); }
  void Ask(const Call& call, const Profile& profile, Done<Completions> done) const override;

 private:
  /// The series of one provider; an answer may come when the provider is gone.
  struct Series {
    Counter answered;
    Counter failed;
    Histogram seconds;
  };

  const std::unique_ptr<const Provider> provider_;
  const std::shared_ptr<Series> series_;
};

}  // namespace limpid::enrich

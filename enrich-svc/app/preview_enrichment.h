#pragma once

#include "enrich-svc/app/ask_providers.h"

namespace limpid::enrich {

/// Says what could be added to a profile that is not stored. Thread-safe.
class PreviewEnrichment {
 public:
  explicit PreviewEnrichment(const ProvidersInForce& providers) : providers_(providers) {}

  /// INVALID_ARGUMENT names every field that is too long, or a region that is none. With offline providers
  /// only, `done` is called before Run returns, after some microseconds.
  void Run(const Call& call, Profile profile, Done<ProviderAnswers> done) const;

 private:
  const ProvidersInForce& providers_;
};

}  // namespace limpid::enrich

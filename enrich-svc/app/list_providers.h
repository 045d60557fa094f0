#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "enrich-svc/app/provider.h"
#include "libs/base/call.h"

namespace limpid::enrich {

/// Lists what is plugged in, in the order in which it is asked. Thread-safe.
class ListProviders {
 public:
  struct Page {
    std::vector<ProviderInfo> providers;
    std::string next_page_token;
  };

  explicit ListProviders(const ProvidersInForce& providers) : providers_(providers) {}
  absl::StatusOr<Page> Run(const Call& call, int page_size, std::string_view page_token) const;

 private:
  const ProvidersInForce& providers_;
};

}  // namespace limpid::enrich

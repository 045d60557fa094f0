#pragma once

#include <memory>

#include "enrich-svc/app/provider.h"
#include "enrich-svc/providers/commune_table.h"

namespace limpid::enrich {

/// Completes French addresses from each other's parts: commune, postcode, department, region.
///
/// A postcode gives department and region where all its communes agree on them, and the commune where there
/// is one only, or where the typed town names one of them. A town gives its postcode where a department says
/// which town it is and the town has one postcode. Parts that contradict each other give nothing. Offline;
/// thread-safe.
class FrCommunesProvider final : public Provider {
 public:
  explicit FrCommunesProvider(std::shared_ptr<const CommuneTable> table);
  const ProviderInfo& info() const override { return info_; }
  void Ask(const Call& call, const Profile& profile, Done<Completions> done) const override;

 private:
  const std::shared_ptr<const CommuneTable> table_;
  const ProviderInfo info_;
};

}  // namespace limpid::enrich

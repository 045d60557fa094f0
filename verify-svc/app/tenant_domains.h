#pragma once

#include <memory>

#include "absl/container/flat_hash_map.h"

#include "libs/base/ids.h"
#include "libs/base/mutex.h"
#include "libs/quality/email/known_domains.h"
#include "verify-svc/domain/policy.h"

namespace limpid::verify {

/// The domains that tenants list in their policies, ready to be searched for slips: made once for each
/// version of a policy, not for each address. Thread-safe; whoever finds what he looks for waits for nobody.
class TenantDomains {
 public:
  /// Null for a policy that lists none.
  std::shared_ptr<const quality::KnownDomains> Of(const TenantId& tenant,
                                                  const std::shared_ptr<const Policy>& policy) const;

 private:
  struct Made {
    std::shared_ptr<const Policy> from;
    std::shared_ptr<const quality::KnownDomains> domains;
  };
  using Map = absl::flat_hash_map<TenantId, Made>;

  mutable Mutex making_;
  mutable Snapshot<Map> made_{std::make_shared<const Map>()};
};

}  // namespace limpid::verify

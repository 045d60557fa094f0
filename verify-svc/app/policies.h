#pragma once

#include <memory>

#include "libs/base/ids.h"
#include "verify-svc/domain/policy.h"

namespace limpid::verify {

/// The tenants' policies, at hand without waiting: read from memory, renewed in the background within seconds
/// of a change by any replica. Thread-safe.
class Policies {
 public:
  virtual ~Policies() = default;
  /// Never null; the default for a tenant that chose nothing.
  virtual std::shared_ptr<const Policy> Of(const TenantId& tenant) const = 0;
};

}  // namespace limpid::verify

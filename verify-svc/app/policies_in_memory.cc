#include "verify-svc/app/policies_in_memory.h"

#include <utility>
#include <vector>

namespace limpid::verify {
namespace {

constexpr int kPage = 500;

}  // namespace

std::shared_ptr<const Policy> PoliciesInMemory::Of(const TenantId& tenant) const {
  const std::shared_ptr<const Map> policies = policies_.Get();
  const auto found = policies->find(tenant);
  return found == policies->end() ? default_ : found->second;
}

absl::Status PoliciesInMemory::Refresh(const Call& call) {
  MutexLock lock(refreshing_);
  while (true) {
    absl::StatusOr<std::vector<PolicyStore::Stored>> changed = store_.ChangedAfter(call, version_, kPage);
    if (!changed.ok()) return changed.status();
    if (changed->empty()) return absl::OkStatus();
    auto policies = std::make_shared<Map>(*policies_.Get());
    for (PolicyStore::Stored& stored : *changed) {
      version_ = stored.policy.version;
      (*policies)[stored.tenant] = std::make_shared<const Policy>(std::move(stored.policy));
    }
    policies_.Set(std::move(policies));
  }
}

}  // namespace limpid::verify

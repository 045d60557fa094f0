#include "verify-svc/app/tenant_domains.h"

namespace limpid::verify {

std::shared_ptr<const quality::KnownDomains> TenantDomains::Of(
    const TenantId& tenant, const std::shared_ptr<const Policy>& policy) const {
  if (policy->email.known_domains.empty()) return nullptr;
  const auto find = [&]() -> std::shared_ptr<const quality::KnownDomains> {
    const std::shared_ptr<const Map> made = made_.Get();
    const auto found = made->find(tenant);
    return found != made->end() && found->second.from == policy ? found->second.domains : nullptr;
  };
  if (auto domains = find()) return domains;
  MutexLock lock(making_);
  if (auto domains = find()) return domains;
  auto domains = std::make_shared<const quality::KnownDomains>(policy->email.known_domains);
  auto map = std::make_shared<Map>(*made_.Get());
  (*map)[tenant] = {policy, domains};
  made_.Set(std::move(map));
  return domains;
}

}  // namespace limpid::verify

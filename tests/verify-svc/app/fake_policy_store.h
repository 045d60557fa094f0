#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "verify-svc/app/policy_store.h"

namespace limpid::verify {

/// A PolicyStore in memory that can be away.
class FakePolicyStore final : public PolicyStore {
 public:
  absl::StatusOr<Policy> Get(const Call& call) override {
    if (away) return absl::UnavailableError("away");
    return policies_[call.tenant];
  }
  absl::StatusOr<Policy> Change(const Call& call, absl::Time now,
                                absl::FunctionRef<absl::Status(Policy&)> change) override {
    if (away) return absl::UnavailableError("away");
    Policy policy = policies_[call.tenant];
    if (absl::Status status = change(policy); !status.ok()) return status;
    policy.version = ++version_;
    policy.update_time = now;
    return policies_[call.tenant] = policy;
  }
  absl::StatusOr<std::vector<Stored>> ChangedAfter(const Call&, int64_t version, int limit) override {
    if (away) return absl::UnavailableError("away");
    std::vector<Stored> changed;
    for (const auto& [tenant, policy] : policies_) {
      if (policy.version > version) changed.push_back({tenant, policy});
    }
    std::ranges::sort(changed, {}, [](const Stored& stored) { return stored.policy.version; });
    if (changed.size() > static_cast<size_t>(limit)) changed.resize(limit);
    return changed;
  }

  bool away = false;

 private:
  std::map<TenantId, Policy> policies_;
  int64_t version_ = 0;
};

}  // namespace limpid::verify

#include "verify-svc/phone/combined_budget.h"

#include <algorithm>
#include <utility>

namespace limpid::verify {

void CombinedBudget::Reserve(const Call& call, int daily, int questions, OnGranted granted) {
  Reservations first;
  {
    MutexLock lock(mutex_);
    const auto [place, is_first] = reserving_.try_emplace(call.tenant);
    Reservations& reservations = is_first ? first : place->second;
    // Who is cancelled leaves the others alone: only the tenant and the time are the call's.
    reservations.call.tenant = call.tenant;
    const SteadyTime longest = reservations.asking.empty() ? SteadyTime::min() : reservations.call.deadline;
    reservations.call.deadline = std::max(longest, call.deadline);
    reservations.daily = daily;
    reservations.asking.push_back({.questions = questions, .granted = std::move(granted)});
    if (!is_first) return;
  }
  Write(std::move(first));
}

void CombinedBudget::Write(Reservations reservations) {
  int wanted = 0;
  for (const Asking& asking : reservations.asking) wanted += asking.questions;
  const Call call = reservations.call;
  next_.Reserve(call, reservations.daily, wanted,
                [this, tenant = call.tenant, asking = std::move(reservations.asking),
                 token = outstanding_.Begin()](const absl::StatusOr<int>& granted) mutable {
                  WriteNext(tenant);
                  int left = granted.value_or(0);
                  for (Asking& one : asking) {
                    if (!granted.ok()) {
                      one.granted(granted.status());
                      continue;
                    }
                    const int its = std::min(left, one.questions);
                    left -= its;
                    one.granted(its);
                  }
                });
}

void CombinedBudget::WriteNext(const TenantId& tenant) {
  Reservations next;
  {
    MutexLock lock(mutex_);
    const auto place = reserving_.find(tenant);
    if (place->second.asking.empty()) {
      reserving_.erase(place);
      return;
    }
    next = std::exchange(place->second, {});
  }
  Write(std::move(next));
}

void CombinedBudget::Release(const Call& call, int questions, OnReleased released) {
  Returns first;
  {
    MutexLock lock(mutex_);
    const auto [place, is_first] = returning_.try_emplace(call.tenant);
    Returns& returns = is_first ? first : place->second;
    returns.questions += questions;
    returns.released.push_back(std::move(released));
    if (!is_first) return;
  }
  GiveBack(call.tenant, std::move(first));
}

void CombinedBudget::GiveBack(const TenantId& tenant, Returns returns) {
  Call call;
  call.tenant = tenant;
  next_.Release(
      call, returns.questions,
      [this, tenant, released = std::move(returns.released), token = outstanding_.Begin()]() mutable {
        GiveBackNext(tenant);
        for (OnReleased& one : released) one();
      });
}

void CombinedBudget::GiveBackNext(const TenantId& tenant) {
  Returns next;
  {
    MutexLock lock(mutex_);
    const auto place = returning_.find(tenant);
    if (place->second.released.empty()) {
      returning_.erase(place);
      return;
    }
    next = std::exchange(place->second, {});
  }
  GiveBack(tenant, std::move(next));
}

}  // namespace limpid::verify

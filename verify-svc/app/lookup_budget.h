#pragma once

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"

namespace limpid::verify {

/// How many paid questions a tenant has left today (UTC). Kept where a restart and another replica see it.
/// Thread-safe.
class LookupBudget {
 public:
  /// How many of the questions may be asked: all, some or none. An error when that cannot be written down:
  /// then none may. From any thread; must not block.
  using OnGranted = absl::AnyInvocable<void(absl::StatusOr<int> granted)>;

  virtual ~LookupBudget() = default;
  /// Takes up to `questions` from what the call's tenant has of `daily` before they are asked, so that a
  /// crash costs questions and never money.
  virtual void Reserve(const Call& call, int daily, int questions, OnGranted granted) = 0;
  /// Gives back what was reserved today and surely not charged. `released` is called when that is written
  /// down, or could not be.
  using OnReleased = absl::AnyInvocable<void()>;
  virtual void Release(const Call& call, int questions, OnReleased released) = 0;
};

}  // namespace limpid::verify

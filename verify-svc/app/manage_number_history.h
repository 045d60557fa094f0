#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/app/number_history.h"

namespace limpid::verify {

/// Shows and forgets what the call's tenant has learned of a number. Thread-safe; waits for the disk.
class ManageNumberHistory {
 public:
  ManageNumberHistory(std::shared_ptr<const RulesInForce> rules, std::string default_region,
                      NumberHistory& history)
      : rules_(std::move(rules)), default_region_(std::move(default_region)), history_(history) {}

  /// A number as a person types it. INVALID_ARGUMENT when it is none.
  struct Number {
    std::string_view phone;
    std::string_view default_region;  ///< Empty: the installation's.
  };
  absl::StatusOr<std::vector<NumberHistory::Entry>> List(const Call& call, const Number& number) const;
  absl::Status Forget(const Call& call, const Number& number) const;

 private:
  absl::StatusOr<std::string> Read(const Number& number) const;

  const std::shared_ptr<const RulesInForce> rules_;
  const std::string default_region_;
  NumberHistory& history_;
};

}  // namespace limpid::verify

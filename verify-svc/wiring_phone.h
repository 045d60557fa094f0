#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/redis/key_hasher.h"
#include "verify-svc/app/format_phone.h"
#include "verify-svc/app/manage_number_history.h"
#include "verify-svc/app/verify_phone.h"
#include "verify-svc/phone/cache_clearing_history.h"
#include "verify-svc/phone/network.h"
#include "verify-svc/storage/sql_lookup_budget.h"
#include "verify-svc/storage/sql_number_history.h"
#include "verify-svc/storage/sql_used_tokens.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {

/// What answers for phone numbers.
class PhoneParts {
 public:
  /// Fails with the name of the setting that is wrong.
  static absl::StatusOr<std::unique_ptr<PhoneParts>> Build(SharedParts& shared);

  const std::shared_ptr<const VerifyPhone>& verify() const { return verify_; }
  const std::shared_ptr<const FormatPhone>& format() const { return format_; }
  const std::shared_ptr<const ManageNumberHistory>& history() const { return manage_history_; }
  /// Null when no provider is in use.
  NumberReports* reports() { return network_ == nullptr ? nullptr : &network_->reports(); }

 private:
  absl::Status OpenNetwork(SharedParts& shared);

  // In the order in which they are built: the network asks the others and ends first.
  std::unique_ptr<redis::KeyHasher> history_hasher_;
  std::unique_ptr<SqlNumberHistory> history_;
  std::unique_ptr<CacheClearingHistory> clearing_history_;
  std::shared_ptr<const ManageNumberHistory> manage_history_;
  std::unique_ptr<SqlLookupBudget> budget_;
  std::unique_ptr<SqlUsedTokens> used_tokens_;
  std::unique_ptr<PhoneNetwork> network_;  ///< Null when no provider is in use.
  std::shared_ptr<const VerifyPhone> verify_;
  std::shared_ptr<const FormatPhone> format_;
};

}  // namespace limpid::verify

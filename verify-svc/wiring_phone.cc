#include "verify-svc/wiring_phone.h"

#include <string>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/address_guard.h"
#include "libs/quality/phone/number_plan.h"
#include "verify-svc/storage/kept_key.h"

namespace limpid::verify {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(60);

absl::StatusOr<http::AddressGuard> GuardOf(const Settings& settings) {
  http::AddressGuard guard;
  for (const std::string& text : settings.List("verify.phone_allowed_cidrs")) {
    absl::StatusOr<http::AddressBlock> block = http::AddressBlock::Parse(text);
    if (!block.ok()) {
      return InvalidField("verify.phone_allowed_cidrs", reason::kInvalidFormat,
                          StrCat("verify.phone_allowed_cidrs: not a block of addresses: ", text));
    }
    guard.allowed.push_back(*block);
  }
  return guard;
}

// What the history is kept under: chosen by the operator, or one of the installation's own.
absl::StatusOr<std::string> HistoryKey(SharedParts& shared) {
  if (const std::string& chosen = shared.settings.Text("verify.number_key"); !chosen.empty()) return chosen;
  return KeptKey(*shared.database, Call().Within(kStartTimeout), "numbers", shared.random);
}

}  // namespace

absl::StatusOr<std::unique_ptr<PhoneParts>> PhoneParts::Build(SharedParts& shared) {
  const std::string& region = shared.settings.Text("verify.default_region");
  if (quality::CallingCodeOf(region) == 0) {
    return InvalidField("verify.default_region", reason::kUnknownValue,
                        StrCat("verify.default_region: no country has the code ", region));
  }
  auto parts = std::make_unique<PhoneParts>();
  if (absl::Status status = parts->OpenNetwork(shared); !status.ok()) return status;
  NumberLookup* const network = parts->network_ == nullptr ? nullptr : &parts->network_->lookup();
  parts->verify_ = std::make_shared<const VerifyPhone>(shared.rules, region, shared.clock, network);
  parts->format_ = std::make_shared<const FormatPhone>(shared.rules, region);
  return parts;
}

absl::Status PhoneParts::OpenNetwork(SharedParts& shared) {
  absl::StatusOr<http::AddressGuard> guard = GuardOf(shared.settings);
  if (!guard.ok()) return guard.status();
  absl::StatusOr<std::string> key = HistoryKey(shared);
  if (!key.ok()) return key.status();
  history_hasher_ = std::make_unique<redis::KeyHasher>(*key);
  history_ = std::make_unique<SqlNumberHistory>(
      SqlNumberHistory::Options{.retention = shared.settings.Duration("verify.phone_history_retention")},
      *shared.database, *shared.storage, *history_hasher_, shared.clock);
  clearing_history_ = std::make_unique<CacheClearingHistory>(*history_, *shared.cache.cache, *shared.hasher);
  manage_history_ = std::make_shared<const ManageNumberHistory>(
      shared.rules, shared.settings.Text("verify.default_region"), *clearing_history_);
  budget_ = std::make_unique<SqlLookupBudget>(*shared.database, shared.clock);
  used_tokens_ = std::make_unique<SqlUsedTokens>(*shared.database, shared.clock);
  auto network = PhoneNetwork::Build(shared.settings, {.policies = *shared.policies,
                                                       .budget = *budget_,
                                                       .history = *history_,
                                                       .used_tokens = *used_tokens_,
                                                       .cache = *shared.cache.cache,
                                                       .hasher = *shared.hasher,
                                                       .token_hasher = *history_hasher_,
                                                       .metrics = *shared.metrics,
                                                       .guard = *std::move(guard),
                                                       .clock = shared.clock});
  if (!network.ok()) return network.status();
  network_ = *std::move(network);
  return absl::OkStatus();
}

}  // namespace limpid::verify

#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/base/timers.h"
#include "libs/http/client.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "verify-svc/app/lookup_budget.h"
#include "verify-svc/app/number_history.h"
#include "verify-svc/app/number_lookup.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/app/used_tokens.h"
#include "verify-svc/phone/combined_budget.h"
#include "verify-svc/phone/paced_provider.h"
#include "verify-svc/phone/provider.h"
#include "verify-svc/phone/registry.h"
#include "verify-svc/phone/report_board.h"
#include "verify-svc/phone/report_inbox.h"
#include "verify-svc/phone/report_token.h"
#include "verify-svc/phone/waiting_lookup.h"

namespace limpid::verify {

/// The phone networks as verify-svc asks them: the providers that this installation has accounts with, and
/// around them, each a concern of its own, what keeps them cheap, polite and honest.
///
///   admitted → waiting → shared → cached → recalled → ordered → per provider: counted → budgeted → paced
///   → breaking → timed → HTTP, or reported for answers that come later
class PhoneNetwork {
 public:
  /// All must outlive the network.
  struct Parts {
    const Policies& policies;
    LookupBudget& budget;
    NumberHistory& history;
    UsedTokens& used_tokens;
    redis::Cache& cache;
    const redis::KeyHasher& hasher;
    /// Signs the tokens that reports come with; the same for all replicas.
    const redis::KeyHasher& token_hasher;
    MetricsRegistry& metrics;
    http::AddressGuard guard;
    const Clock& clock = SystemClock();
  };

  /// Null when no provider is in use. INVALID_ARGUMENT names the setting that is wrong or missing.
  static absl::StatusOr<std::unique_ptr<PhoneNetwork>> Build(const Settings& settings, const Parts& parts);
  /// Ends the questions that are under way.
  ~PhoneNetwork();
  PhoneNetwork(const PhoneNetwork&) = delete;
  PhoneNetwork& operator=(const PhoneNetwork&) = delete;

  NumberLookup& lookup() { return *layers_.back(); }
  NumberReports& reports() { return *inbox_; }

 private:
  PhoneNetwork() = default;
  absl::Status AddProviders(const Settings& settings, const Parts& parts);
  absl::Status AddProvider(const ProviderSpec& spec, const Settings& settings, const Parts& parts);
  absl::StatusOr<std::unique_ptr<PhoneProvider>> MakeProvider(const ProviderSpec& spec,
                                                              const Settings& settings, const Parts& parts);
  void AddLayers(const Settings& settings, const Parts& parts);
  template <class Layer, class... Args>
  Layer& AddLayer(Args&&... args);

  std::unique_ptr<CombinedBudget> budget_;
  std::unique_ptr<Timers> timers_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<ReportTokens> tokens_;
  std::unique_ptr<ReportBoard> board_;
  ReportInbox::Protocols reporting_;
  std::unique_ptr<ReportInbox> inbox_;
  std::vector<std::unique_ptr<PhoneProvider>> providers_;
  std::vector<PacedProvider*> paced_;
  std::vector<std::unique_ptr<NumberLookup>> layers_;  ///< The innermost first.
  WaitingLookup* waiting_ = nullptr;
};

}  // namespace limpid::verify

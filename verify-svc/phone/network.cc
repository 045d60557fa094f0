#include "verify-svc/phone/network.h"

#include <string>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "verify-svc/phone/admitted_lookup.h"
#include "verify-svc/phone/breaking_provider.h"
#include "verify-svc/phone/budgeted_provider.h"
#include "verify-svc/phone/cached_lookup.h"
#include "verify-svc/phone/counted_provider.h"
#include "verify-svc/phone/http_provider.h"
#include "verify-svc/phone/ordered_lookup.h"
#include "verify-svc/phone/recalled_lookup.h"
#include "verify-svc/phone/reported_provider.h"
#include "verify-svc/phone/shared_lookup.h"
#include "verify-svc/phone/timed_provider.h"

namespace limpid::verify {
namespace {

// An answer about a hundred numbers is some 60 KiB.
constexpr std::size_t kMaxAnswerBytes = 512 * 1024;

// Whether all that a provider needs is given, or nothing of it.
absl::StatusOr<bool> IsInUse(const ProviderSpec& provider, const ProviderSettings& settings) {
  std::string missing;
  int needed = 0;
  int given = 0;
  for (const OwnSetting& own : provider.own) {
    if (!own.needed) continue;
    ++needed;
    const bool empty =
        own.type == SettingType::kList ? settings.List(own.name).empty() : settings.Text(own.name).empty();
    if (empty) {
      missing = settings.Name(own.name);
    } else {
      ++given;
    }
  }
  if (given == 0) return false;
  if (settings.Text("url").empty()) missing = settings.Name("url");
  if (given == needed && !settings.Text("url").empty()) return true;
  return InvalidField(missing, reason::kRequired,
                      StrCat(missing, " is needed beside the other settings of ", provider.name));
}

NumberExpiry ExpiryOf(const Settings& settings) {
  return {.reachability = settings.Duration("verify.phone_reachability_expiry"),
          .absence = settings.Duration("verify.phone_absence_expiry"),
          .assignment = settings.Duration("verify.phone_assignment_expiry")};
}

}  // namespace

template <class Layer, class... Args>
Layer& PhoneNetwork::AddLayer(Args&&... args) {
  auto layer = std::make_unique<Layer>(std::forward<Args>(args)...);
  Layer& added = *layer;
  layers_.push_back(std::move(layer));
  return added;
}

absl::StatusOr<std::unique_ptr<PhoneNetwork>> PhoneNetwork::Build(const Settings& settings,
                                                                  const Parts& parts) {
  std::unique_ptr<PhoneNetwork> network(new PhoneNetwork());
  network->timers_ = std::make_unique<Timers>();
  http::Client::Options options;
  options.guard = parts.guard;
  options.max_response_bytes = kMaxAnswerBytes;
  options.connect_timeout = settings.Duration("verify.phone_connect_timeout");
  network->budget_ = std::make_unique<CombinedBudget>(parts.budget);
  network->client_ = std::make_unique<http::Client>(std::move(options));
  network->tokens_ = std::make_unique<ReportTokens>(parts.token_hasher);
  network->board_ = std::make_unique<ReportBoard>(*network->timers_);
  if (absl::Status status = network->AddProviders(settings, parts); !status.ok()) return status;
  if (network->providers_.empty()) return nullptr;
  network->AddLayers(settings, parts);
  return network;
}

absl::Status PhoneNetwork::AddProviders(const Settings& settings, const Parts& parts) {
  for (const ProviderSpec& spec : KnownProviders()) {
    const absl::StatusOr<bool> in_use = IsInUse(spec, ProviderSettings(settings, spec.name));
    if (!in_use.ok()) return in_use.status();
    if (!*in_use) continue;
    if (absl::Status status = AddProvider(spec, settings, parts); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<PhoneProvider>> PhoneNetwork::MakeProvider(const ProviderSpec& spec,
                                                                          const Settings& settings,
                                                                          const Parts& parts) {
  const ProviderSettings own(settings, spec.name);
  const std::string name(spec.name);
  if (spec.Reports(own)) {
    const std::string& url = settings.Text("verify.phone_reports_url");
    if (url.empty()) {
      return InvalidField("verify.phone_reports_url", reason::kRequired,
                          StrCat("verify.phone_reports_url is needed for the answers of ", name));
    }
    const std::shared_ptr<const ReportingProtocol> protocol = spec.make_reporting(own);
    reporting_.emplace(name, protocol);
    return std::make_unique<ReportedProvider>(
        ReportedProvider::Options{.name = name, .price = own.Text("price"), .public_url = url}, protocol,
        ReportedProvider::Parts{
            .client = *client_, .board = *board_, .tokens = *tokens_, .clock = parts.clock});
  }
  auto protocol = spec.make(own);
  if (!protocol.ok()) {
    return InvalidField(StrCat("verify.phone_", spec.name), reason::kInvalidFormat,
                        StrCat("verify.phone_", spec.name, "_…: ", Std(protocol.status().message())));
  }
  return std::make_unique<HttpProvider>(HttpProvider::Options{.name = name, .price = own.Text("price")},
                                        *std::move(protocol), *client_, parts.clock);
}

absl::Status PhoneNetwork::AddProvider(const ProviderSpec& spec, const Settings& settings,
                                       const Parts& parts) {
  const ProviderSettings own(settings, spec.name);
  auto made = MakeProvider(spec, settings, parts);
  if (!made.ok()) return made.status();
  std::unique_ptr<PhoneProvider> provider = *std::move(made);
  provider = std::make_unique<TimedProvider>(std::move(provider), own.Duration("timeout"), parts.clock);
  provider = std::make_unique<BreakingProvider>(std::move(provider), CircuitBreaker::Options(), parts.clock);
  const int at_once = static_cast<int>(own.Integer("at_once"));
  auto paced = std::make_unique<PacedProvider>(
      std::move(provider),
      PacedProvider::Options{.per_minute = static_cast<double>(own.Integer("per_minute")),
                             .burst = static_cast<double>(at_once),
                             .max_at_once = at_once},
      *timers_, parts.clock);
  paced_.push_back(paced.get());
  provider = std::make_unique<BudgetedProvider>(std::move(paced), *budget_, parts.policies);
  providers_.push_back(std::make_unique<CountedProvider>(std::move(provider), parts.metrics));
  return absl::OkStatus();
}

void PhoneNetwork::AddLayers(const Settings& settings, const Parts& parts) {
  std::vector<PhoneProvider*> providers;
  for (const auto& provider : providers_) providers.push_back(provider.get());
  NumberLookup& ordered =
      AddLayer<OrderedLookup>(std::move(providers), parts.policies, ExpiryOf(settings), parts.clock);
  NumberLookup& recalled = AddLayer<RecalledLookup>(ordered, parts.history, parts.clock);
  NumberLookup& cached = AddLayer<CachedLookup>(recalled, parts.cache, parts.hasher, parts.clock);
  NumberLookup& shared = AddLayer<SharedLookup>(cached);
  waiting_ =
      &AddLayer<WaitingLookup>(shared, *timers_, settings.Duration("verify.phone_lookup_time"), parts.clock);
  AddLayer<AdmittedLookup>(*waiting_, parts.policies);
  inbox_ = std::make_unique<ReportInbox>(reporting_, ReportInbox::Parts{.tokens = *tokens_,
                                                                        .used = parts.used_tokens,
                                                                        .board = *board_,
                                                                        .history = parts.history,
                                                                        .cache = parts.cache,
                                                                        .hasher = parts.hasher,
                                                                        .expiry = ExpiryOf(settings),
                                                                        .clock = parts.clock});
}

PhoneNetwork::~PhoneNetwork() {
  if (waiting_ != nullptr) {
    waiting_->Stop();
    for (PacedProvider* paced : paced_) paced->TurnAway();
    board_->Close();
    waiting_->AwaitEnd();
  }
  // Their threads may still be returning through the layers.
  client_.reset();
  timers_.reset();
}

}  // namespace limpid::verify

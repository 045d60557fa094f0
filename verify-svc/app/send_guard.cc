#include "verify-svc/app/send_guard.h"

#include "libs/base/error.h"
#include "libs/base/ip_network.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

constexpr absl::Duration kHour = absl::Hours(1);
constexpr absl::Duration kDay = absl::Hours(24);
// Tries without an address count towards one of so many scopes of their tenant, only to be written down.
constexpr int kUnlimitedScopes = 16;

}  // namespace

std::vector<Allowance> SendGuard::AllowancesFor(const Call& call, ChallengeChannel channel,
                                                const Destination& destination,
                                                std::string_view remote_address, const Policy& policy) const {
  const std::string& tenant = call.tenant.value();
  std::vector<Allowance> allowances;
  const auto add = [&](std::string scope, absl::Duration window, int64_t limit, std::string_view reason) {
    allowances.push_back({.scope = std::move(scope), .window = window, .limit = limit, .reason = reason});
  };
  // Somebody's own mailbox or telephone: whichever tenant is being used to annoy them.
  add(StrCat("to:", mint_.Tag({"to", destination.address})), kHour, options_.per_destination_hourly,
      reason::kDestinationLimit);
  if (!destination.prefix.empty()) {
    add(StrCat("prefix:", mint_.Tag({"prefix", tenant, destination.prefix})), kHour,
        options_.per_prefix_hourly, reason::kPrefixLimit);
  }
  if (const std::string network = NetworkOf(remote_address); !network.empty()) {
    add(StrCat("network:", mint_.Tag({"network", tenant, network})), kHour, options_.per_network_hourly,
        reason::kNetworkLimit);
  }
  if (IsEmail(channel)) {
    add(StrCat("emails:", tenant), kDay, options_.emails_per_tenant_daily, reason::kTenantLimit);
    add("all-emails", kDay, options_.emails_daily, reason::kSpendLimit);
  } else {
    add(StrCat("messages:", tenant), kDay, policy.challenges.daily_messages, reason::kTenantLimit);
    add("all-messages", kDay, options_.messages_daily, reason::kSpendLimit);
  }
  return allowances;
}

Allowance SendGuard::RefusalsFor(const Call& call, std::string_view subject,
                                 std::string_view remote_address) const {
  const std::string& tenant = call.tenant.value();
  if (const std::string network = NetworkOf(remote_address); !network.empty()) {
    return {.scope = StrCat("tries:", mint_.Tag({"tries", tenant, network})),
            .window = kHour,
            .limit = options_.refusals_per_network_hourly,
            .reason = reason::kNetworkLimit};
  }
  const size_t part = std::hash<std::string_view>()(subject) % kUnlimitedScopes;
  return {.scope = StrCat("tries:", tenant, ":", part),
          .window = kHour,
          .limit = INT64_MAX,
          .reason = reason::kNetworkLimit};
}

std::string SendGuard::PrefixTag(const Destination& destination) const {
  return destination.prefix.empty() ? std::string() : mint_.Tag({"range", destination.prefix});
}

bool SendGuard::Answered(const ChallengeStore::Conversion& conversion) const {
  if (conversion.sent < options_.conversion_min_sends) return true;
  return conversion.approved * 100 >= conversion.sent * options_.conversion_min_percent;
}

absl::Status SendGuard::CheckConversion(const Call& call, const Destination& destination, absl::Time now) {
  if (destination.prefix.empty()) return absl::OkStatus();
  const std::string prefix_tag = PrefixTag(destination);
  for (const std::string_view tag : {std::string_view(prefix_tag), std::string_view()}) {
    const auto conversion = store_.ConversionOf(call, {.region_code = destination.region_code,
                                                       .prefix_tag = tag,
                                                       .since = now - options_.conversion_window,
                                                       .now = now});
    if (!conversion.ok()) return conversion.status();
    if (Answered(*conversion)) continue;
    stops_.Increment();
    Log(LogLevel::kError, "challenges_stopped",
        {{"tenant", Label(call.tenant.value())},
         {"region", Label(destination.region_code)},
         {"sent", conversion->sent},
         {"approved", conversion->approved}});
    return WithRetryAfter(
        MakeError(absl::StatusCode::kResourceExhausted, reason::kConversionTooLow,
                  "Too few of the codes sent there were ever typed in: sending is stopped for now."),
        options_.conversion_window);
  }
  return absl::OkStatus();
}

}  // namespace limpid::verify

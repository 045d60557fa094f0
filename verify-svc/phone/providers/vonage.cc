#include "verify-svc/phone/providers/vonage.h"

#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_split.h"

#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"
#include "verify-svc/phone/providers/json_request.h"
#include "verify-svc/phone/providers/web_token.h"

namespace limpid::verify {
namespace {

using quality::Assumption;
using quality::Reachability;

constexpr absl::Duration kTokenLifetime = absl::Minutes(5);
constexpr std::array kRead = {"current_carrier", "original_carrier", "reachability", "roaming", "sim_swap"};

// The body but for the number.
std::string AfterNumber(const VonageOptions& options) {
  std::string text = ",\"purpose\":";
  http::AppendJsonString(options.purpose, text);
  text += ",\"insights\":{";
  bool first = true;
  for (const absl::string_view insight : absl::StrSplit(options.insights, ',', absl::SkipEmpty())) {
    if (!std::exchange(first, false)) text += ",";
    http::AppendJsonString(Std(insight), text);
    text += ":{}";
  }
  return text + "}}";
}

class Vonage final : public ProviderProtocol {
 public:
  Vonage(VonageOptions options, WebTokenSigner signer, const Clock& clock, Random& random)
      : options_(std::move(options)),
        after_number_(AfterNumber(options_)),
        signer_(std::move(signer)),
        clock_(clock),
        random_(random) {}

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    return PostJson(StrCat(options_.url, "/v0.1/identity-insights"),
                    StrCat("{\"phone_number\":\"", DigitsOf(numbers.front()), "\"", after_number_),
                    {{"Authorization", StrCat("Bearer ", Token())}});
  }

  // The answer does not repeat the number; a request holds one.
  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    return AnswerAll(numbers.size(), ReadInsights(body.At("/insights")));
  }

 private:
  // One token serves until half its life is over: to sign one takes a millisecond.
  std::string Token() const {
    const absl::Time now = clock_.Now();
    MutexLock lock(mutex_);
    if (now >= renew_time_) {
      token_ = NewToken(absl::ToUnixSeconds(now));
      renew_time_ = now + kTokenLifetime / 2;
    }
    return token_;
  }

  std::string NewToken(int64_t now) const {
    std::string claims = "{\"application_id\":";
    http::AppendJsonString(options_.application_id, claims);
    StrAppend(claims, ",\"iat\":", now, ",\"exp\":", now + absl::ToInt64Seconds(kTokenLifetime),
              ",\"jti\":\"", NewSecret(random_), "\"}");
    return signer_.Sign(claims);
  }

  static bool IsGood(const http::JsonValue& insight) {
    const std::string code = insight.At("/status/code").Text().value_or("");
    return code == "OK" || code == "PARTIAL_SUCCESS";
  }

  // An insight that failed counts as absent.
  static http::JsonValue Insight(const http::JsonValue& insights, const char* name) {
    const http::JsonValue insight = insights.At(StrCat("/", name));
    return IsGood(insight) ? insight : http::JsonValue();
  }

  // What all insights failing alike comes to.
  static ProviderAnswer Failure(const http::JsonValue& insights) {
    ProviderAnswer answer;
    for (const char* name : kRead) {
      const std::string code = insights.At(StrCat("/", name, "/status/code")).Text().value_or("");
      if (code == "NO_COVERAGE" || code == "NOT_FOUND" || code == "UNSUPPORTED_NETWORK_TYPE") {
        answer.outcome = LookupOutcome::kNoCoverage;
      } else if (code == "UNAUTHORIZED" || code == "INVALID_PURPOSE" || code == "INVALID_NUMBER_FORMAT") {
        return {.outcome = LookupOutcome::kRefused, .billed = false};
      }
    }
    return answer;
  }

  static ProviderAnswer ReadInsights(const http::JsonValue& insights) {
    bool any = false;
    for (const char* name : kRead) any |= IsGood(insights.At(StrCat("/", name)));
    if (!any) return Failure(insights);

    ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
    NumberFacts& facts = answer.facts;
    const http::JsonValue original = Insight(insights, "original_carrier");
    const http::JsonValue current = Insight(insights, "current_carrier");
    facts.carrier_original = ReadCarrier(original.At("/name"), original.At("/network_code"));
    facts.carrier_current = ReadCarrier(current.At("/name"), current.At("/network_code"));
    facts.line_type = ReadLineType(current.At("/network_type"));
    if (facts.line_type.empty()) facts.line_type = ReadLineType(original.At("/network_type"));
    facts.ported = PortedOf(facts);
    const http::JsonValue roaming = Insight(insights, "roaming");
    facts.roaming = ReadAssumption(roaming.At("/is_roaming"));
    facts.roaming_region = ReadRegion(roaming.At("/country_codes/0"));
    facts.reachability = ReachabilityOf(insights);
    facts.sim_swapped = Insight(insights, "sim_swap").At("/is_swapped").Truth();
    return answer;
  }

  // Vonage names both networks and does not say "ported"; they are compared by code, as names vary.
  static Assumption PortedOf(const NumberFacts& facts) {
    if (!facts.carrier_original || !facts.carrier_current) return Assumption::kUnknown;
    const std::string& from = facts.carrier_original->mccmnc;
    const std::string& to = facts.carrier_current->mccmnc;
    if (from.empty() || to.empty()) return Assumption::kUnknown;
    return from == to ? Assumption::kAssumedNo : Assumption::kAssumedYes;
  }

  static Reachability ReachabilityOf(const http::JsonValue& insights) {
    if (!insights.At("/reachability").IsObject()) return Reachability::kNotChecked;
    const std::optional<bool> told = Insight(insights, "reachability").At("/is_reachable").Truth();
    if (!told) return Reachability::kUnknown;
    return *told ? Reachability::kReachable : Reachability::kAbsent;
  }

  const VonageOptions options_;
  const std::string after_number_;
  const WebTokenSigner signer_;
  const Clock& clock_;
  Random& random_;
  mutable Mutex mutex_;
  mutable std::string token_ ABSL_GUARDED_BY(mutex_);
  mutable absl::Time renew_time_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace

absl::StatusOr<std::unique_ptr<const ProviderProtocol>> MakeVonage(VonageOptions options, const Clock& clock,
                                                                   Random& random) {
  absl::StatusOr<WebTokenSigner> signer = WebTokenSigner::Create(options.private_key);
  if (!signer.ok()) return signer.status();
  options.private_key.clear();
  return std::make_unique<Vonage>(std::move(options), *std::move(signer), clock, random);
}

}  // namespace limpid::verify

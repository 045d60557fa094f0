#include "verify-svc/phone/providers/twilio.h"

#include <array>
#include <optional>
#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/phone/providers/json_request.h"

namespace limpid::verify {
namespace {

using quality::Reachability;

// The packages that speak of the line or of its holder's SIM.
constexpr std::array kPackages = {"/line_type_intelligence", "/line_status", "/live_activity", "/sim_swap",
                                  "/sms_pumping_risk"};
// Their score goes to 100; from here on Twilio calls the risk high.
constexpr int64_t kHighPumpingRisk = 75;

std::optional<Reachability> ReachabilityOf(const std::string& word) {
  if (word == "reachable" || word == "active" || word == "connected") return Reachability::kReachable;
  if (word == "unreachable" || word == "disconnected") return Reachability::kAbsent;
  if (word == "inactive") return Reachability::kUnassigned;
  if (word == "unknown") return Reachability::kUnknown;
  return std::nullopt;
}

class Twilio final : public ProviderProtocol {
 public:
  explicit Twilio(TwilioOptions options) : options_(std::move(options)) {}

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    return GetJson(
        StrCat(options_.url, "/v2/PhoneNumbers/%2B", DigitsOf(numbers.front()), "?Fields=", options_.fields),
        {{"Authorization", BasicCredentials(options_.api_key, options_.api_secret)}});
  }

  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    return AnswerEach({body.root()}, "/phone_number", numbers, ReadLookup);
  }

 private:
  static ProviderAnswer ReadLookup(const http::JsonValue& lookup) {
    bool any = false;
    bool failed = false;
    for (const char* pointer : kPackages) {
      const http::JsonValue package = lookup.At(pointer);
      if (!package.IsObject()) continue;
      (package.At("/error_code").IsGiven() ? failed : any) = true;
    }
    // A package that Twilio would not sell for this number: another provider may know it.
    if (failed && !any) return {.outcome = LookupOutcome::kNoCoverage};
    if (!any && !lookup.At("/valid").Truth()) return {};

    ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
    ReadLine(Package(lookup, "/line_type_intelligence"), answer.facts);
    ReadActivity(Package(lookup, "/live_activity"), answer.facts);
    ReadStatus(Package(lookup, "/line_status"), answer.facts);
    answer.facts.sim_swapped = Package(lookup, "/sim_swap").At("/last_sim_swap/swapped_in_period").Truth();
    if (const auto score = Package(lookup, "/sms_pumping_risk").At("/sms_pumping_risk_score").Integer()) {
      answer.facts.pumping_risk = *score >= kHighPumpingRisk;
    }
    return answer;
  }

  // A package that failed counts as absent.
  static http::JsonValue Package(const http::JsonValue& lookup, const char* pointer) {
    const http::JsonValue package = lookup.At(pointer);
    return package.IsObject() && !package.At("/error_code").IsGiven() ? package : http::JsonValue();
  }

  static void ReadLine(const http::JsonValue& package, NumberFacts& facts) {
    facts.line_type = ReadLineType(package.At("/type"));
    facts.carrier_current = ReadCarrier(package.At("/carrier_name"), package.At("/mobile_country_code"),
                                        package.At("/mobile_network_code"));
  }

  static void ReadActivity(const http::JsonValue& package, NumberFacts& facts) {
    const auto carrier = [&](const char* pointer) {
      const http::JsonValue told = package.At(pointer);
      return ReadCarrier(told.At("/name"), told.At("/mobile_country_code"), told.At("/mobile_network_code"));
    };
    facts.ported = ReadAssumption(package.At("/ported"));
    facts.roaming = ReadAssumption(package.At("/roaming"));
    facts.carrier_original = carrier("/original_carrier");
    if (auto ported = carrier("/ported_carrier")) {
      facts.carrier_current = std::move(ported);
    } else if (facts.ported == quality::Assumption::kNo) {
      facts.carrier_current = facts.carrier_original;
    }
    if (const auto told = ReachabilityOf(package.At("/connectivity").Text().value_or(""))) {
      facts.reachability = *told;
    }
  }

  static void ReadStatus(const http::JsonValue& package, NumberFacts& facts) {
    if (const auto told = ReachabilityOf(package.At("/status").Text().value_or(""))) {
      facts.reachability = *told;
    }
  }

  const TwilioOptions options_;
};

}  // namespace

std::unique_ptr<const ProviderProtocol> MakeTwilio(TwilioOptions options) {
  return std::make_unique<Twilio>(std::move(options));
}

}  // namespace limpid::verify

#include "verify-svc/phone/providers/telnyx.h"

#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/phone/providers/json_request.h"

namespace limpid::verify {
namespace {

class Telnyx final : public ProviderProtocol {
 public:
  explicit Telnyx(TelnyxOptions options) : options_(std::move(options)) {}

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    return GetJson(StrCat(options_.url, "/v2/number_lookup/%2B", DigitsOf(numbers.front()), "?type=carrier"),
                   {{"Authorization", StrCat("Bearer ", options_.api_key)}});
  }

  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    if (body.At("/errors").IsGiven()) {
      return AnswerAll(numbers.size(), {.outcome = LookupOutcome::kRefused, .billed = false});
    }
    return AnswerEach({body.At("/data")}, "/phone_number", numbers, ReadLookup);
  }

 private:
  static ProviderAnswer ReadLookup(const http::JsonValue& lookup) {
    const http::JsonValue carrier = lookup.At("/carrier");
    const http::JsonValue portability = lookup.At("/portability");
    if (carrier.At("/error_code").IsGiven()) return {.outcome = LookupOutcome::kNoCoverage};
    if (!carrier.IsObject() && !portability.IsObject()) return {};
    ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
    NumberFacts& facts = answer.facts;
    facts.carrier_current = ReadCarrier(carrier.At("/name"), carrier.At("/mobile_country_code"),
                                        carrier.At("/mobile_network_code"));
    facts.line_type = ReadLineType(carrier.At("/type"));
    if (facts.line_type.empty()) facts.line_type = ReadLineType(portability.At("/line_type"));
    facts.ported = ReadAssumption(portability.At("/ported_status"));
    return answer;
  }

  const TelnyxOptions options_;
};

}  // namespace

std::unique_ptr<const ProviderProtocol> MakeTelnyx(TelnyxOptions options) {
  return std::make_unique<Telnyx>(std::move(options));
}

}  // namespace limpid::verify

#include "verify-svc/phone/providers/hlr_lookups.h"

#include <array>
#include <utility>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"

#include "libs/base/strings.h"
#include "verify-svc/phone/providers/json_request.h"

namespace limpid::verify {
namespace {

using quality::Assumption;
using quality::Reachability;

constexpr std::string_view kApi = "/api/v2";
constexpr std::string_view kEndpoint = "/hlr-lookup";

std::string Signature(const std::string& secret, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), size});
}

Reachability ReachabilityOf(const std::string& word) {
  if (word == "CONNECTED") return Reachability::kReachable;
  if (word == "ABSENT") return Reachability::kAbsent;
  if (word == "INVALID_MSISDN") return Reachability::kUnassigned;
  return Reachability::kUnknown;
}

class HlrLookups final : public ProviderProtocol {
 public:
  HlrLookups(HlrLookupsOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

  http::FetchRequest Request(std::span<const NumberQuestion> numbers) const override {
    const std::string body = StrCat("{\"msisdn\":\"", numbers.front().e164, "\"}");
    const std::string time = StrCat(absl::ToUnixSeconds(clock_.Now()));
    return PostJson(
        StrCat(options_.url, kApi, kEndpoint), body,
        {{"X-Digest-Key", options_.api_key},
         {"X-Digest-Timestamp", time},
         {"X-Digest-Signature", Signature(options_.api_secret, StrCat(kEndpoint, time, "POST", body))}});
  }

  std::vector<ProviderAnswer> Read(const http::JsonDocument& body,
                                   std::span<const NumberQuestion> numbers) const override {
    const std::string state = body.At("/processing_status").Text().value_or("");
    if (state == "FAILED") {
      return AnswerAll(numbers.size(), {.outcome = LookupOutcome::kRefused, .billed = false});
    }
    if (state == "REJECTED") return AnswerAll(numbers.size(), {.outcome = LookupOutcome::kNoCoverage});
    return AnswerEach({body.root()}, "/msisdn", numbers, ReadLookup);
  }

 private:
  static ProviderAnswer ReadLookup(const http::JsonValue& lookup) {
    if (!lookup.At("/connectivity_status").Text()) return {};
    ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
    NumberFacts& facts = answer.facts;
    facts.reachability = ReachabilityOf(*lookup.At("/connectivity_status").Text());
    facts.ported = ReadAssumption(lookup.At("/is_ported"));
    facts.roaming = ReadAssumption(lookup.At("/is_roaming"));
    facts.roaming_region = ReadRegion(lookup.At("/roaming_country_code"));
    // `mccmnc` is the network that serves the number now.
    const bool is_ported = facts.ported == Assumption::kYes;
    const http::JsonValue code = lookup.At("/mccmnc");
    facts.carrier_original =
        ReadCarrier(lookup.At("/original_network_name"), is_ported ? http::JsonValue() : code);
    facts.carrier_current =
        is_ported ? ReadCarrier(lookup.At("/ported_network_name"), code) : facts.carrier_original;
    // A decimal in a string; the account is in euros.
    double cost = 0;
    const std::string told = lookup.At("/cost").Text().value_or("");
    if (absl::SimpleAtod(told, &cost) && told.size() < 16) {
      facts.sources.push_back({.cost = StrCat(told, " EUR")});
    }
    return answer;
  }

  const HlrLookupsOptions options_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<const ProviderProtocol> MakeHlrLookups(HlrLookupsOptions options, const Clock& clock) {
  return std::make_unique<HlrLookups>(std::move(options), clock);
}

}  // namespace limpid::verify

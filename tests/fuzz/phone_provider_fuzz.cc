#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/http/json_document.h"
#include "tests/fuzz/require.h"
#include "tests/verify-svc/phone/test_key.h"
#include "verify-svc/domain/number_record.h"
#include "verify-svc/phone/providers/generic.h"
#include "verify-svc/phone/providers/hlr_lookups.h"
#include "verify-svc/phone/providers/infobip.h"
#include "verify-svc/phone/providers/smsfactor.h"
#include "verify-svc/phone/providers/telnyx.h"
#include "verify-svc/phone/providers/twilio.h"
#include "verify-svc/phone/providers/vonage.h"

namespace limpid::fuzz {
namespace {

using verify::LookupOutcome;
using verify::NumberFacts;
using verify::NumberQuestion;
using verify::ProviderAnswer;
using verify::ProviderProtocol;

std::vector<std::unique_ptr<const ProviderProtocol>> MakeProtocols() {
  std::vector<std::unique_ptr<const ProviderProtocol>> protocols;
  protocols.push_back(verify::MakeSmsFactor({}));
  protocols.push_back(verify::MakeInfobip({}));
  protocols.push_back(verify::MakeTwilio({}));
  protocols.push_back(verify::MakeVonage({.private_key = verify::kTestKey}).value());
  protocols.push_back(verify::MakeHlrLookups({}));
  protocols.push_back(verify::MakeTelnyx({}));
  protocols.push_back(
      verify::MakeGeneric({.method = "GET",
                           .facts = {"number=/to", "reachability=/status/name", "ported=/ported",
                                     "carrier=/originalNetwork/networkName", "carrier_mccmnc=/mccMnc",
                                     "roaming_region=/region", "cost=/cost", "error=/fault"},
                           .words = {"DELIVERED=REACHABLE"}})
          .value());
  return protocols;
}

bool IsCarrier(const std::optional<verify::Carrier>& carrier) {
  return !carrier || (carrier->name.size() <= 120 && carrier->mccmnc.size() <= 6 &&
                      carrier->mccmnc.find_first_not_of("0123456789") == std::string::npos);
}

void CheckAnswer(const ProviderAnswer& answer) {
  const NumberFacts& facts = answer.facts;
  Require(answer.outcome == LookupOutcome::kAnswered || facts == NumberFacts(), "only an answer holds facts");
  Require(answer.outcome != LookupOutcome::kBudgetSpent, "no provider speaks of our budget");
  Require(facts.reasons.empty(), "reasons are given by who asks");
  Require(IsCarrier(facts.carrier_original) && IsCarrier(facts.carrier_current), "a network is bounded");
  Require(facts.line_type.size() <= 80, "a line type is bounded");
  Require(facts.roaming_region.empty() || facts.roaming_region.size() == 2, "a region has two letters");
  NumberFacts kept = facts;
  kept.sources.clear();
  kept.reachability_expires = kept.assignment_expires = absl::UnixEpoch();
  Require(verify::ReadRecord(verify::WriteRecord(kept)) == kept, "facts are kept as they are");
}

}  // namespace
}  // namespace limpid::fuzz

/// The first byte chooses the provider, the rest is what its server sends.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  static const auto& protocols = *new auto(limpid::fuzz::MakeProtocols());
  static const std::array numbers = {limpid::verify::NumberQuestion{.e164 = "+33612345678"},
                                     limpid::verify::NumberQuestion{.e164 = "+33612345677"}};
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto document = limpid::http::JsonDocument::Parse(body);
  if (!document) return 0;
  const auto& protocol = *protocols[data[0] % protocols.size()];
  const std::size_t asked = std::min(protocol.max_numbers(), numbers.size());
  const auto answers = protocol.Read(*document, std::span(numbers).first(asked));
  limpid::fuzz::Require(answers.size() == asked, "as many answers as numbers");
  for (const auto& answer : answers) limpid::fuzz::CheckAnswer(answer);
  return 0;
}

#include "verify-svc/phone/providers/hlr_report.h"

#include <optional>
#include <string>

#include "absl/strings/match.h"

#include "libs/base/strings.h"
#include "verify-svc/phone/protocol.h"

namespace limpid::verify {
namespace {

using quality::Assumption;
using quality::Reachability;

// MAP errors (3GPP TS 29.002 §17.6.6) as these providers number them.
enum HlrError : int {
  kNoError = 0,
  kUnknownSubscriber = 1,
  kUnidentifiedSubscriber = 5,
  kAbsentSubscriberForMessages = 6,
  kUnknownEquipment = 7,
  kRoamingNotAllowed = 8,
  kIllegalSubscriber = 9,
  kIllegalEquipment = 12,
  kCallBarred = 13,
  kAbsentSubscriber = 27,
};

Reachability ReachabilityOf(const http::JsonValue& report) {
  const std::optional<int64_t> id = report.At("/error/id").Integer();
  const std::optional<bool> permanent = report.At("/error/permanent").Truth();
  if (!id) return Reachability::kUnknown;
  switch (*id) {
    case kNoError:
      break;
    case kCallBarred:
      return Reachability::kBarred;
    case kUnknownSubscriber:
    case kIllegalSubscriber:
      return permanent.value_or(true) ? Reachability::kUnassigned : Reachability::kUnknown;
    case kUnidentifiedSubscriber:
      return permanent.value_or(false) ? Reachability::kUnassigned : Reachability::kUnknown;
    case kAbsentSubscriber:
    case kAbsentSubscriberForMessages:
      return permanent.value_or(false) ? Reachability::kUnassigned : Reachability::kAbsent;
    // The line exists; the phone in use, or where it is, keeps it from being served.
    case kUnknownEquipment:
    case kIllegalEquipment:
    case kRoamingNotAllowed:
      return Reachability::kAbsent;
    default:
      return Reachability::kUnknown;
  }
  const std::string status =
      report.At("/status/groupName").Text().value_or(report.At("/status/name").Text().value_or(""));
  return absl::EqualsIgnoreCase(status, "DELIVERED") ? Reachability::kReachable : Reachability::kUnknown;
}

std::optional<LookupOutcome> Rejection(const http::JsonValue& report) {
  for (const char* pointer : {"/status/groupName", "/status/name", "/status/detailed"}) {
    const std::string word = report.At(pointer).Text().value_or("");
    if (absl::StrContains(word, "NOT_ENOUGH_CREDITS")) return LookupOutcome::kRefused;
    if (absl::StartsWith(word, "REJECTED")) {
      const std::string name = report.At("/status/name").Text().value_or("");
      return absl::StrContains(name, "CREDITS") ? LookupOutcome::kRefused : LookupOutcome::kNoCoverage;
    }
  }
  return std::nullopt;
}

std::optional<Carrier> Network(const http::JsonValue& report, const char* network, bool with_code) {
  const http::JsonValue told = report.At(network);
  return ReadCarrier(told.At("/networkName"), with_code ? report.At("/mccMnc") : http::JsonValue());
}

}  // namespace

ProviderAnswer ReadHlrReport(const http::JsonValue& report) {
  if (const std::optional<LookupOutcome> rejected = Rejection(report)) return {.outcome = *rejected};
  if (!report.At("/error").IsObject() && !report.At("/status").IsObject()) return {};
  ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
  NumberFacts& facts = answer.facts;
  facts.reachability = ReachabilityOf(report);
  facts.ported = ReadAssumption(report.At("/ported"));
  facts.roaming = ReadAssumption(report.At("/roaming"));
  // `mccMnc` is the network that serves the number now.
  const bool is_ported = facts.ported == Assumption::kYes;
  facts.carrier_original = Network(report, "/originalNetwork", !is_ported);
  facts.carrier_current = is_ported ? Network(report, "/portedNetwork", true) : facts.carrier_original;
  return answer;
}

}  // namespace limpid::verify

#include "verify-svc/domain/number.h"

#include <algorithm>
#include <utility>

#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

using quality::Assumption;
using quality::Reachability;

template <class T>
bool Fill(T& open, const T& nothing, const T& known) {
  if (open != nothing || known == nothing) return false;
  open = known;
  return true;
}

void AddOnce(std::vector<std::string_view>& words, std::string_view word) {
  if (std::ranges::find(words, word) == words.end()) words.push_back(word);
}

// A provider's finer kind of line decides what the number plan leaves open.
void ApplyLineType(std::string_view line_type, quality::PhoneVerdict& verdict) {
  using quality::CanReceive;
  if (line_type == "VOIP" || line_type == "FIXED_VOIP" || line_type == "NON_FIXED_VOIP") {
    AddOnce(verdict.flags, quality::phone_flag::kVoip);
  }
  if (verdict.sms != CanReceive::kMaybe) return;
  if (line_type == "MOBILE") verdict.sms = CanReceive::kYes;
  if (line_type == "FIXED_LINE") verdict.sms = CanReceive::kNo;
}

}  // namespace

void AddReason(NumberFacts& facts, std::string_view reason) { AddOnce(facts.reasons, reason); }

void SetExpiry(NumberFacts& facts, absl::Time now, const NumberExpiry& expiry) {
  switch (facts.reachability) {
    case Reachability::kReachable:
    case Reachability::kUnassigned:
    case Reachability::kBarred:
      facts.reachability_expires = now + expiry.reachability;
      break;
    case Reachability::kAbsent:
    case Reachability::kUnknown:
      facts.reachability_expires = now + expiry.absence;
      break;
    case Reachability::kNotChecked:
      // A source that knows the assignment only: there is no sense in asking it again before that ends.
      facts.reachability_expires = now + expiry.assignment;
      break;
  }
  facts.assignment_expires = now + expiry.assignment;
}

bool IsFresh(const NumberFacts& facts, absl::Time now) { return facts.reachability_expires > now; }

NumberFacts Join(const NumberFacts& known, NumberFacts news, absl::Time now) {
  if (known.assignment_expires <= now) return news;
  bool used = Fill(news.ported, Assumption::kUnknown, known.ported);
  used |= Fill(news.carrier_original, {}, known.carrier_original);
  used |= Fill(news.carrier_current, {}, known.carrier_current);
  used |= Fill(news.line_type, {}, known.line_type);
  if (!used) return news;
  for (NumberSource source : known.sources) {
    source.cached = true;
    source.cost.clear();
    news.sources.push_back(std::move(source));
  }
  // What was filled in is not younger for being repeated.
  news.assignment_expires = known.assignment_expires;
  return news;
}

bool HasHlr(quality::PhoneType type) {
  return type == quality::PhoneType::kMobile || type == quality::PhoneType::kFixedLineOrMobile;
}

bool CanBeAsked(const quality::PhoneVerdict& verdict) {
  return verdict.status != quality::PhoneStatus::kInvalid && !verdict.e164.empty() && HasHlr(verdict.type) &&
         !verdict.HasFlag(quality::phone_flag::kFictional);
}

void Apply(const NumberFacts& facts, quality::PhoneVerdict& verdict) {
  verdict.reachability = facts.reachability;
  verdict.ported = facts.ported;
  verdict.roaming = facts.roaming;
  for (const std::string_view reason : facts.reasons) AddOnce(verdict.reasons, reason);
  if (facts.sim_swapped.value_or(false)) AddOnce(verdict.flags, quality::phone_flag::kSimSwapped);
  if (facts.pumping_risk.value_or(false)) AddOnce(verdict.flags, quality::phone_flag::kPumpingRisk);
  ApplyLineType(facts.line_type, verdict);
  if (facts.reachability != Reachability::kUnassigned) return;
  if (verdict.status == quality::PhoneStatus::kValid) verdict.status = quality::PhoneStatus::kRisky;
  verdict.sms = quality::CanReceive::kNo;
  verdict.voice = quality::CanReceive::kNo;
  AddOnce(verdict.reasons, quality::phone_reason::kUnassigned);
}

}  // namespace limpid::verify

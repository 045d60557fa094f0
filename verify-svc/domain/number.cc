#include "verify-svc/domain/number.h"

#include <algorithm>
#include <utility>

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

}  // namespace

void AddReason(NumberFacts& facts, std::string_view reason) {
  if (std::ranges::find(facts.reasons, reason) == facts.reasons.end()) facts.reasons.push_back(reason);
}

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

}  // namespace limpid::verify

#include "verify-svc/phone/ordered_lookup.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

namespace reason = quality::phone_reason;

std::string_view ReasonOf(LookupOutcome outcome) {
  switch (outcome) {
    case LookupOutcome::kAnswered:
      return "";
    case LookupOutcome::kNoCoverage:
      return reason::kNoCoverage;
    case LookupOutcome::kTimeout:
      return reason::kProviderTimeout;
    case LookupOutcome::kBusy:
      return reason::kProviderBusy;
    case LookupOutcome::kRefused:
      return reason::kProviderRefused;
    case LookupOutcome::kBudgetSpent:
      return reason::kBudgetSpent;
  }
  return "";
}

NumberFacts Unknown(std::string_view reason) {
  NumberFacts facts;
  facts.reachability = quality::Reachability::kUnknown;
  AddReason(facts, reason);
  return facts;
}

}  // namespace

// Some numbers on their way along the providers. `places` says which of the question's they are, `outcomes`
// what the first provider said of each.
struct OrderedLookup::Round {
  Call call;
  std::shared_ptr<const std::vector<PhoneProvider*>> order;
  std::size_t provider = 0;
  std::vector<NumberQuestion> numbers;
  std::vector<std::size_t> places;
  std::vector<LookupOutcome> outcomes;
  OnFacts tell;
};

OrderedLookup::OrderedLookup(std::vector<PhoneProvider*> providers, const Policies& policies,
                             NumberExpiry expiry, const Clock& clock)
    : providers_(std::move(providers)), policies_(policies), expiry_(expiry), clock_(clock) {}

void OrderedLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) {
  auto order = std::make_shared<std::vector<PhoneProvider*>>();
  for (const std::string& name : policies_.Of(call.tenant)->phone.providers) {
    const auto found =
        std::ranges::find(providers_, name, [](const PhoneProvider* provider) { return provider->name(); });
    if (found != providers_.end()) order->push_back(*found);
  }
  if (order->empty()) {
    // The tenant chose providers, and this installation has no account with any of them.
    for (std::size_t place = 0; place < numbers.size(); ++place)
      tell(place, Unknown(reason::kProviderRefused));
    return;
  }
  Round round{.call = call, .order = std::move(order), .tell = std::move(tell)};
  round.outcomes.assign(numbers.size(), LookupOutcome::kAnswered);
  round.places.resize(numbers.size());
  for (std::size_t place = 0; place < numbers.size(); ++place) round.places[place] = place;
  round.numbers = std::move(numbers);
  AskNext(std::move(round));
}

void OrderedLookup::AskNext(Round round) {
  PhoneProvider& provider = *(*round.order)[round.provider];
  for (std::size_t begin = 0; begin < round.numbers.size(); begin += provider.max_numbers()) {
    const std::size_t end = std::min(begin + provider.max_numbers(), round.numbers.size());
    const auto part = [&](const auto& all) {
      return std::decay_t<decltype(all)>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                         all.begin() + static_cast<std::ptrdiff_t>(end));
    };
    Round chunk{.call = round.call,
                .order = round.order,
                .provider = round.provider,
                .numbers = part(round.numbers),
                .places = part(round.places),
                .outcomes = part(round.outcomes),
                .tell = round.tell};
    std::vector<NumberQuestion> numbers = chunk.numbers;
    provider.Ask(round.call, std::move(numbers),
                 [this, chunk = std::move(chunk)](std::vector<ProviderAnswer> answers) {
                   Answered(chunk, std::move(answers));
                 });
  }
}

void OrderedLookup::Answered(const Round& round, std::vector<ProviderAnswer> answers) {
  const bool first = round.provider == 0;
  const bool last = round.provider + 1 == round.order->size() || !round.call.Check(clock_).ok();
  Round next{.call = round.call, .order = round.order, .provider = round.provider + 1, .tell = round.tell};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ProviderAnswer& answer = answers[i];
    const LookupOutcome outcome = first ? answer.outcome : round.outcomes[i];
    if (answer.outcome == LookupOutcome::kAnswered) {
      SetExpiry(answer.facts, clock_.Now(), expiry_);
      round.tell(round.places[i], std::move(answer.facts));
    } else if (last || answer.outcome == LookupOutcome::kBudgetSpent) {
      NumberFacts facts = Unknown(ReasonOf(outcome));
      // Nobody we may ask covers this network: to ask again in a moment would only cost again.
      if (outcome == LookupOutcome::kNoCoverage) SetExpiry(facts, clock_.Now(), expiry_);
      round.tell(round.places[i], std::move(facts));
    } else {
      next.numbers.push_back(round.numbers[i]);
      next.places.push_back(round.places[i]);
      next.outcomes.push_back(outcome);
    }
  }
  if (!next.numbers.empty()) AskNext(std::move(next));
}

}  // namespace limpid::verify

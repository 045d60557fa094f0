#include "verify-svc/phone/admitted_lookup.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

template <class List, class Value>
bool Holds(const List& list, const Value& value) {
  return std::ranges::find(list, value) != list.end();
}

}  // namespace

bool Admits(const Policy::Phone& policy, const NumberQuestion& number) {
  if (Holds(policy.denied_calling_codes, number.calling_code)) return false;
  if (Holds(policy.denied_regions, number.region_code)) return false;
  if (Holds(policy.denied_types, quality::Name(number.type))) return false;
  // Two allow-lists that are both given admit what either names: regions may be finer than calling codes.
  if (policy.allowed_calling_codes.empty() && policy.allowed_regions.empty()) return true;
  return Holds(policy.allowed_calling_codes, number.calling_code) ||
         Holds(policy.allowed_regions, number.region_code);
}

void AdmittedLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) {
  const std::shared_ptr<const Policy> policy = policies_.Of(call.tenant);
  std::vector<NumberQuestion> admitted;
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    if (policy->phone.providers.empty() || !HasHlr(numbers[place].type)) {
      tell(place, {});
    } else if (!Admits(policy->phone, numbers[place])) {
      NumberFacts facts;
      AddReason(facts, quality::phone_reason::kCountryNotAllowed);
      tell(place, std::move(facts));
    } else {
      places.push_back(place);
      admitted.push_back(std::move(numbers[place]));
    }
  }
  if (admitted.empty()) return;
  next_.Find(call, std::move(admitted),
             [tell = std::move(tell), places = std::move(places)](std::size_t place, NumberFacts facts) {
               tell(places[place], std::move(facts));
             });
}

}  // namespace limpid::verify

#include "verify-svc/phone/shared_lookup.h"

#include <memory>
#include <string>
#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/phone/gathered_facts.h"

namespace limpid::verify {
namespace {

// The numbers of one call that nobody else is asking for. Flights that begin while they are gathered (which
// is at once, for a flight always answers with facts and so never passes to another passenger) are asked for
// together.
struct Gathering {
  std::vector<NumberQuestion> numbers;
  std::vector<Done<NumberFacts>> landings;
};

}  // namespace

void SharedLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts done) {
  if (numbers.empty()) return done({});
  const auto gathered = std::make_shared<GatheredFacts>(numbers.size(), std::move(done));
  Gathering own;
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    const std::string key = StrCat(call.tenant.value(), "/", numbers[place].e164);
    flights_.Run(
        key,
        [&own, &number = numbers[place]](Done<NumberFacts> landing) {
          own.numbers.push_back(std::move(number));
          own.landings.push_back(std::move(landing));
        },
        [gathered, place](absl::StatusOr<NumberFacts> facts) { gathered->Fill(place, *std::move(facts)); });
  }
  if (own.numbers.empty()) return;
  next_.Find(call, std::move(own.numbers),
             [landings = std::move(own.landings)](std::vector<NumberFacts> facts) mutable {
               for (std::size_t i = 0; i < landings.size(); ++i) landings[i](std::move(facts[i]));
             });
}

}  // namespace limpid::verify

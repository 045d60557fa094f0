#include "verify-svc/phone/shared_lookup.h"

#include <memory>
#include <string>
#include <utility>

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

// The price is paid once, by the one who led.
void MarkShared(NumberFacts& facts) {
  for (NumberSource& source : facts.sources) {
    source.cached = true;
    source.cost.clear();
  }
}

}  // namespace

void SharedLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) {
  // The numbers that nobody else is asking for are asked for together. A flight that is begun calls its work
  // at once; none is ever begun anew, since a flight lands with facts and never with an error.
  std::vector<NumberQuestion> own;
  const auto landings = std::make_shared<std::vector<Done<NumberFacts>>>();
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    const std::string key = StrCat(call.tenant.value(), "/", numbers[place].e164);
    const auto leads = std::make_shared<bool>(false);
    flights_.Run(
        key,
        [&own, &landings, &number = numbers[place], leads](Done<NumberFacts> landing) {
          *leads = true;
          own.push_back(std::move(number));
          landings->push_back(std::move(landing));
        },
        [tell, place, leads](absl::StatusOr<NumberFacts> facts) {
          if (!*leads) MarkShared(*facts);
          tell(place, *std::move(facts));
        });
  }
  if (own.empty()) return;
  next_.Find(call, std::move(own),
             [landings](std::size_t place, NumberFacts facts) { (*landings)[place](std::move(facts)); });
}

}  // namespace limpid::verify

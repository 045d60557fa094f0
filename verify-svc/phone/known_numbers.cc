#include "verify-svc/phone/known_numbers.h"

#include <memory>
#include <utility>

namespace limpid::verify {

void FindBeyond(const Call& call, std::vector<NumberQuestion> numbers,
                std::vector<std::optional<NumberFacts>> known, NumberLookup& next, const Clock& clock,
                const std::function<void(std::size_t place, const NumberFacts& facts)>& learned,
                const NumberLookup::OnFacts& tell) {
  const absl::Time now = clock.Now();
  std::vector<NumberQuestion> open;
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    if (known[place] && IsFresh(*known[place], now)) {
      tell(place, *std::move(known[place]));
    } else {
      places.push_back(place);
      open.push_back(std::move(numbers[place]));
    }
  }
  if (open.empty()) return;
  const auto kept = std::make_shared<const std::vector<std::optional<NumberFacts>>>(std::move(known));
  next.Find(call, std::move(open),
            [places = std::move(places), kept, &clock, learned, tell](std::size_t asked, NumberFacts facts) {
              const std::size_t place = places[asked];
              const absl::Time answered = clock.Now();
              const bool may_be_kept = IsFresh(facts, answered);
              if ((*kept)[place]) facts = Join(*(*kept)[place], std::move(facts), answered);
              if (may_be_kept) learned(place, facts);
              tell(place, std::move(facts));
            });
}

}  // namespace limpid::verify

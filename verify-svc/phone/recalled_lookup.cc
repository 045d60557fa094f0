#include "verify-svc/phone/recalled_lookup.h"

#include <memory>
#include <utility>

#include "verify-svc/phone/known_numbers.h"

namespace limpid::verify {

void RecalledLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) {
  auto asked = std::make_shared<std::vector<std::string>>();
  asked->reserve(numbers.size());
  for (const NumberQuestion& number : numbers) asked->push_back(number.e164);
  history_.Recall(call, *asked,
                  [this, call, asked, numbers = std::move(numbers),
                   tell = std::move(tell)](std::vector<std::optional<NumberFacts>> known) mutable {
                    const auto learned = [this, call, asked](std::size_t place, const NumberFacts& facts) {
                      history_.Keep(call, {{(*asked)[place], facts}});
                    };
                    FindBeyond(call, std::move(numbers), std::move(known), next_, clock_, learned, tell);
                  });
}

}  // namespace limpid::verify

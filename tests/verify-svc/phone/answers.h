#pragma once

#include <future>
#include <utility>
#include <vector>

#include "libs/http/client.h"
#include "verify-svc/app/number_lookup.h"
#include "verify-svc/phone/provider.h"

/// Asking and waiting, for tests.
namespace limpid::verify {

inline http::Client::Options LoopbackClient() {
  http::Client::Options options;
  options.guard.allowed = {http::AddressBlock::Parse("127.0.0.0/8").value()};
  return options;
}

inline std::vector<ProviderAnswer> Ask(PhoneProvider& provider, std::vector<NumberQuestion> numbers,
                                       const Call& call = Call()) {
  std::promise<std::vector<ProviderAnswer>> answers;
  provider.Ask(call, std::move(numbers),
               [&](std::vector<ProviderAnswer> given) { answers.set_value(std::move(given)); });
  return answers.get_future().get();
}

inline std::vector<NumberFacts> Find(NumberLookup& lookup, std::vector<NumberQuestion> numbers,
                                     const Call& call = Call()) {
  std::promise<std::vector<NumberFacts>> facts;
  lookup.Find(call, std::move(numbers),
              [&](std::vector<NumberFacts> found) { facts.set_value(std::move(found)); });
  return facts.get_future().get();
}

}  // namespace limpid::verify

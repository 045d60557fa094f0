#pragma once

#include <future>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "libs/base/mutex.h"
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

/// Facts as they come, waited for together.
class Facts {
 public:
  explicit Facts(std::size_t places) : state_(std::make_shared<State>(places)) {}

  NumberLookup::OnFacts Teller() const {
    return [state = state_](std::size_t place, NumberFacts facts) {
      MutexLock lock(state->mutex);
      EXPECT_FALSE(state->facts[place].has_value()) << "told twice: " << place;
      state->facts[place] = std::move(facts);
      state->told.NotifyAll();
    };
  }
  bool Told(std::size_t place) const {
    MutexLock lock(state_->mutex);
    return state_->facts[place].has_value();
  }
  NumberFacts At(std::size_t place) const {
    MutexLock lock(state_->mutex);
    state_->told.Wait(state_->mutex,
                      [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return state_->facts[place].has_value(); });
    return *state_->facts[place];
  }

 private:
  struct State {
    explicit State(std::size_t places) : facts(places) {}
    Mutex mutex;
    CondVar told;
    std::vector<std::optional<NumberFacts>> facts ABSL_GUARDED_BY(mutex);
  };
  std::shared_ptr<State> state_;
};

inline Facts Find(NumberLookup& lookup, std::vector<NumberQuestion> numbers, const Call& call = Call()) {
  Facts facts(numbers.size());
  lookup.Find(call, std::move(numbers), facts.Teller());
  return facts;
}

inline Call Of(const char* tenant) {
  Call call;
  call.tenant = TenantId(tenant);
  return call;
}

}  // namespace limpid::verify

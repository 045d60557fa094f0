#include "libs/http/connection_count.h"

#include <chrono>

namespace limpid::http::internal {

bool ConnectionCount::Enter() {
  if (open_.fetch_add(1) < most_) return true;
  Leave();
  return false;
}

void ConnectionCount::Leave() {
  if (open_.fetch_sub(1) != 1) return;
  MutexLock lock(mutex_);
  none_.NotifyAll();
}

bool ConnectionCount::AwaitNone(absl::Duration patience) {
  const auto none = [this] { return open_ == 0; };
  MutexLock lock(mutex_);
  if (patience != absl::InfiniteDuration()) {
    return none_.WaitUntil(mutex_, std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(patience),
                           none);
  }
  none_.Wait(mutex_, none);
  return true;
}

}  // namespace limpid::http::internal

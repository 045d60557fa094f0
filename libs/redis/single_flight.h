#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/mutex.h"

namespace limpid::redis {

/// Does the same work once for all who ask for it at the same time: fifty forms that meet an empty cache make
/// one query.
///
/// The first to ask for a key does the work; those who come before it ends share its answer. When it ends
/// because *its* caller had no time left or went away (DEADLINE_EXCEEDED, CANCELLED), that says nothing to
/// the others, and the next of them does the work. Each keeps its own deadline itself. T must be copyable.
/// Thread-safe; must outlive the work it started.
template <class T>
class SingleFlight {
 public:
  /// Calls its argument once, from any thread.
  using Work = absl::AnyInvocable<void(Done<T>)>;

  void Run(const std::string& key, Work work, Done<T> done) {
    {
      MutexLock lock(mutex_);
      std::deque<Passenger>& flight = flights_[key];
      flight.push_back({std::move(work), std::move(done)});
      if (flight.size() > 1) return;
    }
    Start(key);
  }

 private:
  struct Passenger {
    Work work;
    Done<T> done;
  };

  // The front of the flight does its work, and where it gives up at once the next one: in a loop, so that
  // however many give up pile up no frames.
  void Start(const std::string& key) {
    enum Stage { kWorking, kReturned, kGaveUp };
    for (;;) {
      Work work;
      {
        MutexLock lock(mutex_);
        work = std::move(flights_[key].front().work);
      }
      const auto stage = std::make_shared<std::atomic<Stage>>(kWorking);
      work([this, key, stage](absl::StatusOr<T> result) {
        if (Land(key, std::move(result)) && stage->exchange(kGaveUp) == kReturned) Start(key);
      });
      if (stage->exchange(kReturned) != kGaveUp) return;
    }
  }

  // True when the next in the flight is to do the work.
  bool Land(const std::string& key, absl::StatusOr<T> result) {
    std::deque<Passenger> landed;
    const bool own_trouble = absl::IsCancelled(result.status()) || absl::IsDeadlineExceeded(result.status());
    bool goes_on = false;
    {
      MutexLock lock(mutex_);
      std::deque<Passenger>& flight = flights_[key];
      goes_on = own_trouble && flight.size() > 1;
      if (goes_on) {
        landed.push_back(std::move(flight.front()));
        flight.pop_front();
      } else {
        landed = std::move(flight);
        flights_.erase(key);
      }
    }
    for (Passenger& passenger : landed) passenger.done(result);
    return goes_on;
  }

  Mutex mutex_;
  absl::flat_hash_map<std::string, std::deque<Passenger>> flights_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::redis

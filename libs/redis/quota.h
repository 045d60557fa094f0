#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/token_bucket.h"
#include "libs/redis/client.h"
#include "libs/redis/key_hasher.h"

namespace limpid::redis {

/// Token buckets by key that several processes share through Redis, without anybody waiting for it.
///
/// The answer is always given at once from what this process knows. What it let through is added up in Redis
/// in the background, at most every `interval` for a key, and the answer tells what all others let through
/// meanwhile. Several processes together can therefore exceed the burst by what each lets through in one
/// interval; the rate holds, because the excess is owed. Without Redis, or with one that was emptied, each
/// process still keeps to rate and burst alone. Thread-safe.
class SharedTokenBucket {
 public:
  struct Options {
    absl::Duration interval = absl::Milliseconds(100);  ///< Infinite: only Reconcile() asks Redis.
    /// Keys kept; the one not used for longest is forgotten first.
    size_t max_keys = 100'000;
  };

  /// Without a client (null) it is alone. Client, hasher and clock must outlive it.
  SharedTokenBucket(Options options, Client* client, const KeyHasher& hasher,
                    const Clock& clock = SystemClock());
  ~SharedTokenBucket();
  SharedTokenBucket(const SharedTokenBucket&) = delete;
  SharedTokenBucket& operator=(const SharedTokenBucket&) = delete;

  /// Zero: let through. Else how long to wait before asking again. A key whose rate or burst changes starts
  /// with a full bucket.
  absl::Duration TryAcquire(std::string_view key, double rate_per_minute, double burst);

  /// Tells Redis of what was let through since the last time. Runs by itself every `interval`.
  void Reconcile();
  size_t keys() const;

 private:
  struct Entry;
  struct State;

  void Loop();

  const Options options_;
  Client* const client_;
  const KeyHasher& hasher_;
  const Clock& clock_;
  /// Outlives this when answers of Redis are still under way.
  const std::shared_ptr<State> state_;
  Mutex stop_mutex_;
  CondVar stop_changed_;
  bool stopping_ ABSL_GUARDED_BY(stop_mutex_) = false;
  std::thread thread_;
};

}  // namespace limpid::redis

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"

#include "gateway/domain/secret_hash.h"
#include "gateway/identity/identity.h"
#include "libs/base/mutex.h"

namespace limpid::gateway {

/// A secret that the store knows, whether or not it is still in force.
struct CachedKey {
  std::shared_ptr<const Identity> identity;
  bool revoked = false;
  absl::Time expire_time = absl::InfiniteFuture();
};

/// What is known of secrets in this process: those that the store has, and those that it has not.
///
/// Bounded: a shard that is full starts afresh, and its keys are asked for again. What was read from the
/// store before a change and arrives after it is not taken: ask Generation before reading, and hand it to the
/// Put. Thread-safe; a look-up locks one of sixteen shards.
class KeyCache {
 public:
  struct Options {
    size_t max_known = 64 * 1024;
    size_t max_unknown = 64 * 1024;
  };
  explicit KeyCache(Options options) : options_(options) {}

  struct Answer {
    /// Absent: the store has no such secret.
    std::optional<CachedKey> key;
  };
  /// Nothing when the store must be asked.
  std::optional<Answer> Find(const SecretHash& secret);

  uint64_t Generation() const { return generation_.load(); }
  void Put(const SecretHash& secret, const CachedKey& key, uint64_t generation);
  void PutUnknown(const SecretHash& secret, uint64_t generation);
  /// Forgets everything: a key or a tenant has changed, which is rare.
  void Clear();

 private:
  static constexpr size_t kShards = 16;
  struct Shard {
    Mutex mutex;
    absl::flat_hash_map<SecretHash, CachedKey> known ABSL_GUARDED_BY(mutex);
    absl::flat_hash_set<SecretHash> unknown ABSL_GUARDED_BY(mutex);
  };
  /// By a byte that the map's hash does not use.
  Shard& ShardOf(const SecretHash& secret) { return shards_[secret.bytes.back() % kShards]; }

  const Options options_;
  std::atomic<uint64_t> generation_ = 0;
  std::array<Shard, kShards> shards_;
};

}  // namespace limpid::gateway

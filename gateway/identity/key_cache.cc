#include "gateway/identity/key_cache.h"

namespace limpid::gateway {

std::optional<KeyCache::Answer> KeyCache::Find(const SecretHash& secret) {
  Shard& shard = ShardOf(secret);
  MutexLock lock(shard.mutex);
  if (const auto it = shard.known.find(secret); it != shard.known.end()) return Answer{it->second};
  if (shard.unknown.contains(secret)) return Answer{};
  return std::nullopt;
}

void KeyCache::Put(const SecretHash& secret, const CachedKey& key, uint64_t generation) {
  Shard& shard = ShardOf(secret);
  MutexLock lock(shard.mutex);
  if (generation_.load() != generation) return;
  if (shard.known.size() >= options_.max_known / kShards) shard.known.clear();
  shard.known.insert_or_assign(secret, key);
}

void KeyCache::PutUnknown(const SecretHash& secret, uint64_t generation) {
  Shard& shard = ShardOf(secret);
  MutexLock lock(shard.mutex);
  if (generation_.load() != generation) return;
  if (shard.unknown.size() >= options_.max_unknown / kShards) shard.unknown.clear();
  shard.unknown.insert(secret);
}

void KeyCache::Clear() {
  // First the number, then the shards: a Put that still saw the old number is swept out.
  generation_.fetch_add(1);
  for (Shard& shard : shards_) {
    MutexLock lock(shard.mutex);
    shard.known.clear();
    shard.unknown.clear();
  }
}

}  // namespace limpid::gateway

#include "libs/redis/memory_cache.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"

#include "libs/base/mutex.h"
#include "libs/redis/cache_metrics.h"

namespace limpid::redis {
namespace {

// A link of the list from the most to the least recently used.
struct Link {
  Link* previous = this;
  Link* next = this;

  void Unlink() {
    previous->next = next;
    next->previous = previous;
  }
  void InsertAfter(Link& other) {
    previous = &other;
    next = other.next;
    other.next->previous = this;
    other.next = this;
  }
};

struct Entry : Link {
  std::string key;
  std::string value;
  SteadyTime expiry;
  // Besides the texts: the entry, its slot in the map, and the allocator's share.
  size_t bytes() const { return key.size() + value.size() + sizeof(Entry) + 64; }
};

}  // namespace

class MemoryCache::Shard {
 public:
  explicit Shard(size_t max_bytes) : max_bytes_(max_bytes) {}

  Value Find(const std::string& key, SteadyTime now) {
    MutexLock lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    Entry& entry = *found->second;
    if (entry.expiry <= now) {
      Remove(entry);
      return std::nullopt;
    }
    entry.Unlink();
    entry.InsertAfter(recent_);
    return entry.value;
  }

  void Put(const std::string& key, std::string value, SteadyTime expiry) {
    auto entry = std::make_unique<Entry>();
    entry->key = key;
    entry->value = std::move(value);
    entry->expiry = expiry;
    MutexLock lock(mutex_);
    if (const auto found = entries_.find(key); found != entries_.end()) Remove(*found->second);
    if (entry->bytes() > max_bytes_) return;
    while (bytes_ + entry->bytes() > max_bytes_) Remove(static_cast<Entry&>(*recent_.previous));
    bytes_ += entry->bytes();
    entry->InsertAfter(recent_);
    const std::string_view name = entry->key;
    entries_.emplace(name, std::move(entry));
  }

  void Erase(const std::string& key) {
    MutexLock lock(mutex_);
    if (const auto found = entries_.find(key); found != entries_.end()) Remove(*found->second);
  }

 private:
  void Remove(Entry& entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    bytes_ -= entry.bytes();
    entry.Unlink();
    entries_.erase(std::string_view(entry.key));
  }

  const size_t max_bytes_;
  Mutex mutex_;
  Link recent_ ABSL_GUARDED_BY(mutex_);  ///< Head of the ring: its next is the most recently used.
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  /// The keys lie in the entries.
  absl::flat_hash_map<std::string_view, std::unique_ptr<Entry>> entries_ ABSL_GUARDED_BY(mutex_);
};

MemoryCache::MemoryCache(Options options, MetricsRegistry& metrics, const Clock& clock)
    : clock_(clock), hits_(CacheCounter(metrics, "hit")), misses_(CacheCounter(metrics, "miss")) {
  for (auto& shard : shards_) shard = std::make_unique<Shard>(options.max_bytes / kShards);
}

MemoryCache::~MemoryCache() = default;

MemoryCache::Shard& MemoryCache::ShardOf(const CacheKey& key) {
  return *shards_[absl::HashOf(key.text()) % kShards];
}

Cache::Value MemoryCache::Find(const CacheKey& key) {
  Value value = ShardOf(key).Find(key.text(), clock_.SteadyNow());
  (value ? hits_ : misses_).Increment();
  return value;
}

void MemoryCache::Get(const Call&, const CacheKey& key, OnValue on_value) { on_value(Find(key)); }

void MemoryCache::GetAll(const Call&, const std::vector<CacheKey>& keys, OnValues on_values) {
  std::vector<Value> values;
  values.reserve(keys.size());
  for (const CacheKey& key : keys) values.push_back(Find(key));
  on_values(std::move(values));
}

void MemoryCache::Set(const CacheKey& key, std::string value, absl::Duration expiry) {
  if (value.size() > kMaxCachedBytes || expiry <= absl::ZeroDuration()) return;
  const SteadyTime until = clock_.SteadyNow() + absl::ToChronoNanoseconds(std::min(expiry, kMaxExpiry));
  ShardOf(key).Put(key.text(), std::move(value), until);
}

void MemoryCache::Erase(const CacheKey& key, absl::AnyInvocable<void(absl::Status)> done) {
  ShardOf(key).Erase(key.text());
  done(absl::OkStatus());
}

}  // namespace limpid::redis

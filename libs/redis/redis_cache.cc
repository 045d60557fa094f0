#include "libs/redis/redis_cache.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string_view>
#include <utility>

#include <openssl/crypto.h>

#include "libs/base/strings.h"
#include "libs/redis/cache_metrics.h"

namespace limpid::redis {
namespace {

// So many of the largest values fit into one reply with room to spare; more keys are asked for by several
// commands, which leave together.
constexpr size_t kKeysInOneCommand = 8;

}  // namespace

struct RedisCache::Opener {
  // The value, if it is whole and belongs to the key.
  Value Open(const CacheKey& key, Reply reply);

  const KeyHasher& hasher;
  Counter hits;
  Counter misses;
};

// Several commands whose answers make up one; the last to arrive hands it over.
struct RedisCache::Gathering {
  std::shared_ptr<Opener> opener;
  std::vector<CacheKey> keys;
  std::vector<Value> values;
  std::atomic<size_t> missing;  ///< Commands that are not answered yet.
  OnValues on_values;
};

RedisCache::RedisCache(Client& client, const KeyHasher& hasher, MetricsRegistry& metrics)
    : client_(client),
      hasher_(hasher),
      opener_(std::make_shared<Opener>(
          Opener{hasher, CacheCounter(metrics, "hit"), CacheCounter(metrics, "miss")})) {}

Cache::Value RedisCache::Opener::Open(const CacheKey& key, Reply reply) {
  std::string& stored = reply.text;
  const bool whole = reply.kind == Reply::Kind::kString && stored.size() >= KeyHasher::kTagBytes;
  const std::string_view value = whole ? std::string_view(stored).substr(KeyHasher::kTagBytes) : "";
  if (!whole || CRYPTO_memcmp(stored.data(), hasher.Tag(key, value).data(), KeyHasher::kTagBytes) != 0) {
    misses.Increment();
    return std::nullopt;
  }
  hits.Increment();
  stored.erase(0, KeyHasher::kTagBytes);
  return std::move(stored);
}

void RedisCache::Get(const Call& call, const CacheKey& key, OnValue on_value) {
  client_.Send(call, {"GET", key.text()},
               [opener = opener_, key, on_value = std::move(on_value)](absl::StatusOr<Reply> reply) mutable {
                 on_value(opener->Open(key, reply.ok() ? *std::move(reply) : Reply{}));
               });
}

void RedisCache::GetAll(const Call& call, const std::vector<CacheKey>& keys, OnValues on_values) {
  if (keys.empty()) return on_values({});
  const auto gathering = std::make_shared<Gathering>();
  gathering->opener = opener_;
  gathering->keys = keys;
  gathering->values.resize(keys.size());
  gathering->missing = (keys.size() + kKeysInOneCommand - 1) / kKeysInOneCommand;
  gathering->on_values = std::move(on_values);
  for (size_t begin = 0; begin < keys.size(); begin += kKeysInOneCommand) {
    GetSome(call, gathering, begin, std::min(begin + kKeysInOneCommand, keys.size()));
  }
}

void RedisCache::GetSome(const Call& call, const std::shared_ptr<Gathering>& gathering, size_t begin,
                         size_t end) {
  std::vector<std::string_view> command = {"MGET"};
  for (size_t i = begin; i < end; ++i) command.push_back(gathering->keys[i].text());
  client_.Send(call, command, [gathering, begin, end](absl::StatusOr<Reply> reply) {
    const bool complete = reply.ok() && reply->elements.size() == end - begin;
    for (size_t i = begin; i < end; ++i) {
      gathering->values[i] = gathering->opener->Open(
          gathering->keys[i], complete ? std::move(reply->elements[i - begin]) : Reply{});
    }
    if (gathering->missing.fetch_sub(1) == 1) gathering->on_values(std::move(gathering->values));
  });
}

void RedisCache::Set(const CacheKey& key, std::string value, absl::Duration expiry) {
  if (value.size() > kMaxCachedBytes || expiry < absl::Milliseconds(1)) return;
  value.insert(0, hasher_.Tag(key, value));
  const int64_t milliseconds = absl::ToInt64Milliseconds(std::min(expiry, kMaxExpiry));
  client_.Send(Call{}, {"SET", key.text(), value, "PX", StrCat(milliseconds)},
               [](const absl::StatusOr<Reply>&) {});
}

void RedisCache::Erase(const CacheKey& key, absl::AnyInvocable<void(absl::Status)> done) {
  client_.Send(
      Call{}, {"DEL", key.text()},
      [done = std::move(done)](const absl::StatusOr<Reply>& reply) mutable { done(reply.status()); });
}

}  // namespace limpid::redis

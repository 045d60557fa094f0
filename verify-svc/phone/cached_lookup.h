#pragma once

#include "libs/base/clock.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "verify-svc/app/number_lookup.h"

namespace limpid::verify {

/// What was learned lately, in the cache that the replicas share, under keyed hashes: who reads the cache
/// cannot find out whose number it was. Thread-safe; all must outlive every question.
class CachedLookup final : public NumberLookup {
 public:
  CachedLookup(NumberLookup& next, redis::Cache& cache, const redis::KeyHasher& hasher,
               const Clock& clock = SystemClock())
      : next_(next), cache_(cache), hasher_(hasher), clock_(clock) {}

  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override;

  /// The key under which a number's facts lie.
  static redis::CacheKey KeyOf(const redis::KeyHasher& hasher, const TenantId& tenant, std::string_view e164);

 private:
  NumberLookup& next_;
  redis::Cache& cache_;
  const redis::KeyHasher& hasher_;
  const Clock& clock_;
};

}  // namespace limpid::verify

#include "verify-svc/phone/cached_lookup.h"

#include <memory>
#include <utility>

#include "verify-svc/domain/number_record.h"
#include "verify-svc/phone/known_numbers.h"

namespace limpid::verify {

redis::CacheKey CachedLookup::KeyOf(const redis::KeyHasher& hasher, const TenantId& tenant,
                                    std::string_view e164) {
  return hasher.Key("number", {tenant.value(), e164});
}

void CachedLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) {
  auto keys = std::make_shared<std::vector<redis::CacheKey>>();
  keys->reserve(numbers.size());
  for (const NumberQuestion& number : numbers) keys->push_back(KeyOf(hasher_, call.tenant, number.e164));
  cache_.GetAll(call, *keys,
                [this, call, keys, numbers = std::move(numbers),
                 tell = std::move(tell)](std::vector<redis::Cache::Value> values) mutable {
                  std::vector<std::optional<NumberFacts>> known(numbers.size());
                  for (std::size_t i = 0; i < known.size(); ++i) {
                    if (values[i]) known[i] = ReadRecord(*values[i]);
                  }
                  const auto learned = [this, keys](std::size_t place, const NumberFacts& facts) {
                    cache_.Set((*keys)[place], WriteRecord(facts), facts.assignment_expires - clock_.Now());
                  };
                  FindBeyond(call, std::move(numbers), std::move(known), next_, clock_, learned, tell);
                });
}

}  // namespace limpid::verify

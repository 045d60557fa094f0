#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "verify-svc/app/number_history.h"

namespace limpid::verify {

/// A history that forgets a number in the cache as well. Thread-safe; all must outlive it.
class CacheClearingHistory final : public NumberHistory {
 public:
  CacheClearingHistory(NumberHistory& next, redis::Cache& cache, const redis::KeyHasher& hasher)
      : next_(next), cache_(cache), hasher_(hasher) {}

  void Recall(const Call& call, std::vector<std::string> e164, OnRecalled recalled) override {
    next_.Recall(call, std::move(e164), std::move(recalled));
  }
  void Keep(const Call& call, std::vector<std::pair<std::string, NumberFacts>> facts) override {
    next_.Keep(call, std::move(facts));
  }
  absl::StatusOr<std::vector<Entry>> List(const Call& call, const std::string& e164) override {
    return next_.List(call, e164);
  }
  /// Waits for both. The cache last: what a question under way put there from the history meanwhile goes too.
  absl::Status Erase(const Call& call, const std::string& e164) override;

 private:
  NumberHistory& next_;
  redis::Cache& cache_;
  const redis::KeyHasher& hasher_;
};

}  // namespace limpid::verify

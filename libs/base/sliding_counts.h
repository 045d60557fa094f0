#pragma once

#include <array>
#include <cstdint>

#include "absl/time/time.h"

#include "libs/base/clock.h"

namespace limpid {

/// How many there were within the last so many seconds, and how many of them of a marked kind (failures,
/// retries). Kept in ten buckets, so that a tenth of the window is forgotten at a time. One thread at a time.
class SlidingCounts {
 public:
  struct Sums {
    int64_t all = 0;
    int64_t marked = 0;
  };

  explicit SlidingCounts(absl::Duration window);
  void Add(SteadyTime now, Sums counts);
  Sums Within(SteadyTime now) const;
  void Clear();

 private:
  static constexpr int kBuckets = 10;
  struct Bucket {
    int64_t epoch = -1;  ///< Which turn of the ring the sums belong to.
    Sums sums;
  };
  int64_t EpochOf(SteadyTime now) const { return now.time_since_epoch().count() / bucket_length_; }

  const SteadyTime::rep bucket_length_;
  std::array<Bucket, kBuckets> buckets_;
};

}  // namespace limpid

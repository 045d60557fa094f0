#include "libs/base/sliding_counts.h"

#include <algorithm>

namespace limpid {

SlidingCounts::SlidingCounts(absl::Duration window)
    : bucket_length_(std::max<SteadyTime::rep>(
          std::chrono::duration_cast<SteadyTime::duration>(absl::ToChronoNanoseconds(window / kBuckets))
              .count(),
          1)) {}

void SlidingCounts::Add(SteadyTime now, Sums counts) {
  const int64_t epoch = EpochOf(now);
  Bucket& bucket = buckets_[epoch % kBuckets];
  if (bucket.epoch != epoch) bucket = {.epoch = epoch, .sums = {}};
  bucket.sums.all += counts.all;
  bucket.sums.marked += counts.marked;
}

SlidingCounts::Sums SlidingCounts::Within(SteadyTime now) const {
  const int64_t epoch = EpochOf(now);
  Sums sums;
  for (const Bucket& bucket : buckets_) {
    if (bucket.epoch < 0 || bucket.epoch <= epoch - kBuckets || bucket.epoch > epoch) continue;
    sums.all += bucket.sums.all;
    sums.marked += bucket.sums.marked;
  }
  return sums;
}

void SlidingCounts::Clear() { buckets_.fill({}); }

}  // namespace limpid

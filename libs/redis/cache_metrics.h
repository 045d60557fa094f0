#pragma once

#include <string>

#include "libs/base/metrics.h"

namespace limpid::redis {

/// Look-ups by outcome (`hit`, `miss`), the same figure for every Cache.
inline Counter CacheCounter(MetricsRegistry& metrics, const std::string& outcome) {
  return metrics.AddCounter("limpid_cache_lookups_total", "Look-ups in the cache, by outcome.",
                            {{"outcome", outcome}});
}

}  // namespace limpid::redis

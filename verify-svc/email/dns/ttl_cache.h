#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"

namespace limpid::verify::dns {

/// Values kept under a name until their time is over; of too many the least recently used go first.
/// Thread-safe.
template <class T>
class TtlCache {
 public:
  TtlCache(std::size_t max_entries, const Clock& clock) : max_entries_(max_entries), clock_(clock) {}

  /// Null for what is not there or no longer holds.
  std::shared_ptr<const T> Get(std::string_view name) {
    const SteadyTime now = clock_.SteadyNow();
    MutexLock lock(mutex_);
    const auto found = by_name_.find(Absl(name));
    if (found == by_name_.end()) return nullptr;
    const auto entry = found->second;
    if (entry->expiry <= now) {
      by_name_.erase(found);
      recent_.erase(entry);
      return nullptr;
    }
    recent_.splice(recent_.begin(), recent_, entry);
    return entry->value;
  }

  void Put(std::string_view name, std::shared_ptr<const T> value, absl::Duration time_to_live) {
    if (time_to_live <= absl::ZeroDuration()) return;
    const SteadyTime expiry = clock_.SteadyNow() + absl::ToChronoNanoseconds(time_to_live);
    MutexLock lock(mutex_);
    if (const auto found = by_name_.find(Absl(name)); found != by_name_.end()) {
      const auto entry = found->second;
      by_name_.erase(found);
      recent_.erase(entry);
    }
    if (recent_.size() >= max_entries_) {
      by_name_.erase(Absl(recent_.back().name));
      recent_.pop_back();
    }
    recent_.push_front({std::string(name), std::move(value), expiry});
    by_name_.emplace(Absl(recent_.front().name), recent_.begin());
  }

 private:
  struct Entry {
    std::string name;
    std::shared_ptr<const T> value;
    SteadyTime expiry;
  };

  const std::size_t max_entries_;
  const Clock& clock_;
  Mutex mutex_;
  std::list<Entry> recent_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<absl::string_view, typename std::list<Entry>::iterator> by_name_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::verify::dns

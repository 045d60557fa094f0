#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "libs/base/metrics.h"
#include "libs/base/mutex.h"

namespace limpid::verify {

/// One kind of data that is shipped as files.
template <class T>
struct ShippedKind {
  std::string name;                ///< In logs and metrics: `smtp_reply_rules`.
  std::vector<std::string> files;  ///< Paths, whose change says that it is to be read again.
  /// Reads and checks all of it.
  std::function<absl::StatusOr<std::shared_ptr<const T>>()> load;
  /// What is to be said of a new version. Optional.
  std::function<void(const T& before, const T& after)> on_replaced = nullptr;
};

/// What the service holds in memory of the data folder: read at the start, and read again while it runs, each
/// kind as a whole. A version that cannot be read, or that is wrong, is refused with a line in the log and a
/// count, and the old one stays in force; whoever holds an old one goes on with it. Thread-safe.
class ShippedData {
 public:
  explicit ShippedData(MetricsRegistry& metrics) : metrics_(metrics) {}

  /// Reads a kind for the first time. Fails as `kind.load` does. Add all before Reload() may be called.
  template <class T>
  absl::StatusOr<std::shared_ptr<const Snapshot<T>>> Add(ShippedKind<T> kind) {
    absl::StatusOr<std::shared_ptr<const T>> first = kind.load();
    if (!first.ok()) return first.status();
    auto in_force = std::make_shared<Snapshot<T>>(*std::move(first));
    Watch(kind.name, kind.files,
          [in_force, load = std::move(kind.load), on_replaced = std::move(kind.on_replaced)] {
            absl::StatusOr<std::shared_ptr<const T>> next = load();
            if (!next.ok()) return next.status();
            const std::shared_ptr<const T> before = in_force->Get();
            const std::shared_ptr<const T> after = *std::move(next);
            in_force->Set(after);
            if (on_replaced != nullptr) on_replaced(*before, *after);
            return absl::OkStatus();
          });
    return in_force;
  }

  /// Reads everything again.
  void Reload();
  /// Differs when a file was written, added or removed: dates and sizes, no content.
  uint64_t Stamp() const;

 private:
  struct Entry {
    std::string name;
    std::vector<std::string> files;
    std::function<absl::Status()> reload;
    Counter taken;
    Counter refused;
  };

  void Watch(const std::string& name, std::vector<std::string> files, std::function<absl::Status()> reload);

  MetricsRegistry& metrics_;
  mutable Mutex mutex_;  ///< One reload after the other: a signal may meet the watch.
  std::vector<Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::verify

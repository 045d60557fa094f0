#include "verify-svc/jobs/shipped_data.h"

#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/quality/data_file.h"

namespace limpid::verify {
namespace {

Counter CountOf(MetricsRegistry& metrics, const std::string& data, const std::string& outcome) {
  return metrics.AddCounter("limpid_data_reloads_total",
                            "Shipped data that was read again, and whether it was taken into use.",
                            {{"data", data}, {"outcome", outcome}});
}

}  // namespace

void ShippedData::Watch(const std::string& name, std::vector<std::string> files,
                        std::function<absl::Status()> reload) {
  MutexLock lock(mutex_);
  entries_.push_back({.name = name,
                      .files = std::move(files),
                      .reload = std::move(reload),
                      .taken = CountOf(metrics_, name, "taken"),
                      .refused = CountOf(metrics_, name, "refused")});
}

void ShippedData::Reload() {
  MutexLock lock(mutex_);
  for (Entry& entry : entries_) {
    const absl::Status status = entry.reload();
    if (status.ok()) {
      entry.taken.Increment();
      continue;
    }
    entry.refused.Increment();
    Log(LogLevel::kError, "data_not_reloaded",
        {{"data", Label(entry.name)}, {"why", Label(Std(status.message()))}});
  }
}

uint64_t ShippedData::Stamp() const {
  MutexLock lock(mutex_);
  std::vector<std::string> files;
  for (const Entry& entry : entries_) files.insert(files.end(), entry.files.begin(), entry.files.end());
  return quality::StampOfFiles(files);
}

}  // namespace limpid::verify

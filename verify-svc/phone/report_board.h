#pragma once

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"

#include "libs/base/call.h"
#include "libs/base/mutex.h"
#include "libs/base/timers.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Who waits in this process for a report that a provider sends later. Each waits until its call's deadline.
/// Thread-safe; `timers` must outlive it.
class ReportBoard {
 public:
  explicit ReportBoard(Timers& timers) : timers_(timers) {}

  /// `done` gets what is delivered under this id, or kTimeout at the deadline. Called once.
  void Await(const Call& call, const std::string& id, PhoneProvider::OnAnswers done);
  /// True when somebody was waiting for it.
  bool Deliver(const std::string& id, ProviderAnswer answer);
  /// Tells everybody kTimeout; who comes later is told at once.
  void Close();

 private:
  struct Waiting {
    PhoneProvider::OnAnswers done;
    Timers::Id timer;
  };

  Timers& timers_;
  Mutex mutex_;
  absl::flat_hash_map<std::string, Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace limpid::verify

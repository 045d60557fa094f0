#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "enrich-svc/app/contact_events.h"
#include "enrich-svc/app/run_store.h"
#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/mutex.h"

namespace limpid::enrich {

/// Follows the changes of all tenants' contacts and makes runs of those that a scenario answers to.
///
/// Of several replicas the one with the lease follows; another takes over when it is gone. The cursor is
/// stored in the transaction of the runs that it stands for, so that a change is neither lost nor answered
/// twice, wherever the process stops. When contact-svc is away or its stream ends, it begins again from the
/// cursor; when the events behind the cursor are no longer kept, from the oldest that is.
class ContactWatcher {
 public:
  struct Options {
    std::string replica;  ///< Unique among all processes, also after a restart.
    absl::Duration lease = absl::Seconds(15);
    absl::Duration retry_delay = absl::Seconds(1);  ///< After a failure, and while another replica follows.
    size_t max_batch = 200;                         ///< Events in one transaction.
  };

  /// `on_runs` is called on the watcher's thread when runs were recorded.
  ContactWatcher(Options options, ContactEvents& events, RunStore& store, MetricsRegistry& metrics,
                 std::function<void()> on_runs, const Clock& clock = SystemClock());
  ~ContactWatcher();
  ContactWatcher(const ContactWatcher&) = delete;
  ContactWatcher& operator=(const ContactWatcher&) = delete;

  void Start();
  /// Ends the stream, gives the lease back and joins. Safe to call twice.
  void Stop();

 private:
  void Loop(const std::stop_token& stop);
  /// Follows as long as it goes well: until the lease is another's (OK) or something fails.
  absl::Status Follow(const Call& call);
  absl::Status FollowStream(const Call& call, ContactEventStream& stream);
  absl::Status Record(const Call& call, const std::vector<ContactEvent>& events);
  WatchLease LeaseFromNow() const;
  void Pause(const std::stop_token& stop);

  const Options options_;
  ContactEvents& events_;
  RunStore& store_;
  const std::function<void()> on_runs_;
  const Clock& clock_;
  Counter seen_;
  Counter failures_;
  Counter gaps_;
  Gauge following_;
  bool cursor_expired_ = false;
  Mutex mutex_;
  CondVar stopped_;
  std::jthread thread_;
};

}  // namespace limpid::enrich

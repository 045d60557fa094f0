#include "enrich-svc/jobs/contact_watcher.h"

#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "enrich-svc/domain/contact_event.h"
#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"

namespace limpid::enrich {

ContactWatcher::ContactWatcher(Options options, ContactEvents& events, RunStore& store,
                               MetricsRegistry& metrics, std::function<void()> on_runs, const Clock& clock)
    : options_(std::move(options)),
      events_(events),
      store_(store),
      on_runs_(std::move(on_runs)),
      clock_(clock),
      seen_(metrics.AddCounter("limpid_enrich_events_total", "Changes of contacts that were worked on.")),
      failures_(metrics.AddCounter("limpid_enrich_watch_failures_total",
                                   "Times that following the contacts' changes broke off.")),
      gaps_(metrics.AddCounter("limpid_enrich_watch_gaps_total",
                               "Times that changes were gone before they were worked on.")),
      following_(metrics.AddGauge("limpid_enrich_watch_following",
                                  "1 while this replica follows the contacts' changes.")) {}

ContactWatcher::~ContactWatcher() { Stop(); }

void ContactWatcher::Start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { Loop(stop); });
}

void ContactWatcher::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  {
    MutexLock lock(mutex_);
    stopped_.NotifyAll();
  }
  thread_.join();
}

void ContactWatcher::Loop(const std::stop_token& stop) {
  bool failing = false;
  while (!stop.stop_requested()) {
    Call call;
    call.role = Role::kService;
    call.stop = stop;
    const absl::Status status = Follow(call);
    following_.Set(0);
    if (stop.stop_requested()) break;
    if (!status.ok()) {
      failures_.Increment();
      // Once for each time that it breaks off: a peer that is away for long would fill the log.
      if (!failing) Log(LogLevel::kWarning, "watch_failed", {{"reason", Label(ReasonOf(status))}});
    }
    failing = !status.ok();
    Pause(stop);
  }
  // The stop must not end the giving back.
  if (const absl::Status status = store_.ReleaseWatch(Call(), options_.replica); !status.ok()) {
    Log(LogLevel::kWarning, "watch_not_released", {{"reason", Label(ReasonOf(status))}});
  }
}

absl::Status ContactWatcher::Follow(const Call& call) {
  const absl::StatusOr<bool> taken = store_.TakeWatch(call, LeaseFromNow());
  if (!taken.ok()) return taken.status();
  if (!*taken) return absl::OkStatus();
  const absl::StatusOr<std::optional<std::string>> cursor = store_.Cursor(call);
  if (!cursor.ok()) return cursor.status();
  following_.Set(1);
  // Without a cursor from the oldest on: contacts may have been created before we first came.
  const bool from_oldest = cursor_expired_ || !cursor->has_value();
  const std::unique_ptr<ContactEventStream> stream =
      events_.Watch(call, from_oldest ? ContactEvents::kOldest : **cursor);
  const absl::Status status = FollowStream(call, *stream);
  if (ReasonOf(status) == reason::kCursorExpired) {
    cursor_expired_ = true;
    gaps_.Increment();
    Log(LogLevel::kError, "watch_gap");
  }
  return status;
}

absl::Status ContactWatcher::FollowStream(const Call& call, ContactEventStream& stream) {
  while (true) {
    // Waits for a part of the lease only, so that it is renewed in time when nothing happens.
    const absl::StatusOr<std::vector<ContactEvent>> events =
        stream.Next(options_.max_batch, options_.lease / 3);
    if (!events.ok()) return events.status();
    if (!events->empty()) {
      if (absl::Status status = Record(call, *events); !status.ok()) return status;
      cursor_expired_ = false;
      continue;
    }
    const absl::StatusOr<bool> renewed = store_.TakeWatch(call, LeaseFromNow());
    if (!renewed.ok()) return renewed.status();
    if (!*renewed) return absl::OkStatus();
  }
}

absl::Status ContactWatcher::Record(const Call& call, const std::vector<ContactEvent>& events) {
  std::vector<Run> runs;
  for (const ContactEvent& event : events) {
    std::ranges::move(RunsFor(event, BuiltInScenarios()), std::back_inserter(runs));
  }
  absl::Status status = store_.Record(call, LeaseFromNow(), events.back().cursor, runs);
  if (!status.ok()) return status;
  seen_.Increment(static_cast<double>(events.size()));
  if (!runs.empty()) on_runs_();
  return status;
}

WatchLease ContactWatcher::LeaseFromNow() const {
  const absl::Time now = clock_.Now();
  return {.replica = options_.replica, .now = now, .until = now + options_.lease};
}

void ContactWatcher::Pause(const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.retry_delay);
  MutexLock lock(mutex_);
  stopped_.WaitUntil(mutex_, until, [&stop] { return stop.stop_requested(); });
}

}  // namespace limpid::enrich

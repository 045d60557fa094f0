#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

#include "contact-svc/app/contact_events.h"
#include "libs/base/call.h"
#include "libs/base/executor.h"
#include "libs/base/mutex.h"

namespace limpid::contact {

/// Where a watcher's events go: one at a time, so that a slow reader slows its watcher down and nobody else.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// `written(true)`: give the next. `written(false)`: the reader has gone. Any thread; must not block.
  virtual void Write(const ContactEvents::Record& record, absl::AnyInvocable<void(bool)> written) = 0;
  /// The last call. Not while a record is being written.
  virtual void Finish(absl::Status status) = 0;
};

/// Gives out the changes of contacts in the order in which they were committed, without end. Each is given at
/// least once. A watcher costs no thread: it reads when there is news and its reader is ready. Thread-safe.
class WatchContacts {
 public:
  struct Options {
    size_t max_watchers = 256;
  };

  WatchContacts(Options options, ContactEvents& events);
  /// After the last watcher's reader has gone.
  ~WatchContacts();
  WatchContacts(const WatchContacts&) = delete;
  WatchContacts& operator=(const WatchContacts&) = delete;

  /// Follows from `cursor` on; empty: only what comes from now on; `0`: from the oldest event that is kept.
  /// Ends when the call does, with an error for a cursor that is none or has expired, RESOURCE_EXHAUSTED for
  /// one watcher too many.
  void Run(const Call& call, std::string_view cursor, std::unique_ptr<EventSink> sink);

  /// Ends all watchers with UNAVAILABLE, so that their readers resume elsewhere; those that come later, too.
  void Stop();

 private:
  class Watcher;

  bool Admit(const std::shared_ptr<Watcher>& watcher);
  void Forget(const std::shared_ptr<Watcher>& watcher);

  const Options options_;
  ContactEvents& events_;
  Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<std::shared_ptr<Watcher>> watchers_ ABSL_GUARDED_BY(mutex_);
  /// Reads for all watchers. Each has at most one task in it: it is never full.
  Executor reading_;
};

}  // namespace limpid::contact

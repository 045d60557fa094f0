#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "enrich-svc/app/contact_events.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"

namespace limpid::enrich {

/// Events in memory, whose streams break and whose cursors expire when a test says so. Cursors count from 1.
class FakeContactEvents final : public ContactEvents {
 public:
  void Add(ContactEvent event) {
    MutexLock lock(mutex_);
    event.cursor = std::to_string(events_.size() + 1);
    events_.push_back(std::move(event));
    changed_.NotifyAll();
  }
  /// Ends the streams that are open now.
  void Break() {
    MutexLock lock(mutex_);
    ++breaks_;
    changed_.NotifyAll();
  }
  /// From now on no cursor can be resumed but the one before the oldest.
  void ExpireCursors() {
    MutexLock lock(mutex_);
    expired_ = true;
  }
  /// The cursors that streams were opened from.
  std::vector<std::string> opened() {
    MutexLock lock(mutex_);
    return opened_;
  }

  std::unique_ptr<ContactEventStream> Watch(const Call& call, std::string cursor) override {
    MutexLock lock(mutex_);
    opened_.push_back(cursor);
    return std::make_unique<Stream>(*this, call, std::move(cursor), breaks_);
  }

 private:
  class Stream final : public ContactEventStream {
   public:
    Stream(FakeContactEvents& source, const Call& call, std::string cursor, int breaks)
        : source_(source),
          call_(call),
          expired_(cursor != kOldest && source.expired_),
          next_(static_cast<size_t>(std::stoi(cursor))),
          breaks_(breaks),
          on_stop_(call.stop, [&source] {
            MutexLock lock(source.mutex_);
            source.changed_.NotifyAll();
          }) {}

    absl::StatusOr<std::vector<ContactEvent>> Next(size_t limit, absl::Duration wait) override {
      if (expired_) return FailedPrecondition(reason::kCursorExpired, "The events are gone.");
      MutexLock lock(source_.mutex_);
      source_.changed_.WaitUntil(
          source_.mutex_, std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(wait),
          [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
            return call_.Stopped() || breaks_ != source_.breaks_ || next_ < source_.events_.size();
          });
      if (call_.Stopped()) return Cancelled();
      if (breaks_ != source_.breaks_) return Unavailable("contact-svc");
      std::vector<ContactEvent> given;
      while (next_ < source_.events_.size() && given.size() < limit)
        given.push_back(source_.events_[next_++]);
      return given;
    }

   private:
    FakeContactEvents& source_;
    const Call call_;
    const bool expired_;
    size_t next_;
    const int breaks_;
    std::stop_callback<std::function<void()>> on_stop_;
  };

  Mutex mutex_;
  CondVar changed_;
  std::vector<ContactEvent> events_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> opened_ ABSL_GUARDED_BY(mutex_);
  int breaks_ ABSL_GUARDED_BY(mutex_) = 0;
  bool expired_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace limpid::enrich

#include "contact-svc/app/watch_contacts.h"

#include <optional>
#include <string>
#include <utility>

#include "libs/base/error.h"

namespace limpid::contact {
namespace {

constexpr absl::Duration kRetryWhenFull = absl::Seconds(5);
constexpr std::string_view kFromTheOldest = "0";

}  // namespace

// Reads a batch, writes it event by event, then waits for news: one of the three at any time.
class WatchContacts::Watcher : public std::enable_shared_from_this<Watcher> {
 public:
  Watcher(WatchContacts& owner, const Call& call, std::string_view cursor, std::unique_ptr<EventSink> sink)
      : owner_(owner), call_(call), cursor_(cursor), sink_(std::move(sink)) {}

  void Start() {
    const std::weak_ptr<Watcher> weak = weak_from_this();
    // Before the first read: what is committed after it wakes us.
    subscription_ = owner_.events_.Subscribe([weak] {
      if (const auto self = weak.lock()) self->Wake();
    });
    stop_.emplace(call_.stop, StopIt{weak});
    ReadSoon();
  }

  // There may be more events.
  void Wake() {
    {
      MutexLock lock(mutex_);
      news_ = true;
      if (state_ != State::kWaiting) return;
      state_ = State::kReading;
    }
    ReadSoon();
  }

  void End(absl::Status why) {
    {
      MutexLock lock(mutex_);
      if (!end_) end_ = std::move(why);
      // Whoever reads or writes looks at `end_` when done.
      if (state_ != State::kWaiting) return;
      state_ = State::kReading;
    }
    ReadSoon();
  }

  void Refuse(absl::Status why) { sink_->Finish(std::move(why)); }

 private:
  enum class State { kReading, kWriting, kWaiting, kFinished };
  struct StopIt {
    std::weak_ptr<Watcher> weak;
    void operator()() const {
      if (const auto self = weak.lock()) self->End(Cancelled());
    }
  };

  void ReadSoon() {
    // Refused only when the service goes down, and then nobody waits for the answer.
    owner_.reading_.Submit([self = shared_from_this()] { self->Read(); }).IgnoreError();
  }

  void Read() {
    {
      MutexLock lock(mutex_);
      news_ = false;
      if (end_) state_ = State::kFinished;
    }
    if (state() == State::kFinished) return Finish();
    absl::StatusOr<ContactEvents::Batch> batch = NextBatch();
    if (!batch.ok()) {
      {
        MutexLock lock(mutex_);
        if (!end_) end_ = batch.status();
        state_ = State::kFinished;
      }
      return Finish();
    }
    batch_ = *std::move(batch);
    next_ = 0;
    WriteNext();
  }

  absl::StatusOr<ContactEvents::Batch> NextBatch() {
    if (!begun_) {
      if (cursor_ == kFromTheOldest) {
        cursor_.clear();
      } else if (cursor_.empty()) {
        absl::StatusOr<std::string> end = owner_.events_.End(call_);
        if (!end.ok()) return end.status();
        cursor_ = *std::move(end);
      }
      begun_ = true;
    }
    return owner_.events_.Read(call_, cursor_);
  }

  void WriteNext() {
    const bool empty = next_ == batch_.records.size();
    if (empty) cursor_ = batch_.cursor;
    State state;
    {
      MutexLock lock(mutex_);
      if (end_) {
        state_ = State::kFinished;
      } else if (!empty) {
        state_ = State::kWriting;
      } else {
        state_ = batch_.more || news_ ? State::kReading : State::kWaiting;
      }
      state = state_;
    }
    if (state == State::kFinished) return Finish();
    if (state == State::kReading) return ReadSoon();
    if (state == State::kWaiting) return;
    sink_->Write(batch_.records[next_++], [self = shared_from_this()](bool written) {
      if (!written) self->End(Cancelled());
      self->WriteNext();
    });
  }

  void Finish() {
    absl::Status why;
    {
      MutexLock lock(mutex_);
      why = *end_;
    }
    stop_.reset();
    subscription_.reset();
    sink_->Finish(std::move(why));
    owner_.Forget(shared_from_this());
  }

  State state() {
    MutexLock lock(mutex_);
    return state_;
  }

  WatchContacts& owner_;
  const Call call_;
  // Used by whoever reads or writes, one at a time.
  std::string cursor_;
  bool begun_ = false;
  ContactEvents::Batch batch_;
  size_t next_ = 0;
  const std::unique_ptr<EventSink> sink_;
  std::unique_ptr<ContactEvents::Subscription> subscription_;
  std::optional<std::stop_callback<StopIt>> stop_;

  Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kReading;
  bool news_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
};

WatchContacts::WatchContacts(Options options, ContactEvents& events)
    : options_(options),
      events_(events),
      reading_({.name = "watch", .threads = 1, .max_queue = options.max_watchers + 1}) {}

WatchContacts::~WatchContacts() {
  Stop();
  reading_.Shutdown();
}

void WatchContacts::Run(const Call& call, std::string_view cursor, std::unique_ptr<EventSink> sink) {
  auto watcher = std::make_shared<Watcher>(*this, call, cursor, std::move(sink));
  if (!Admit(watcher)) {
    MutexLock lock(mutex_);
    return watcher->Refuse(stopped_ ? Unavailable("contact-svc") : Overloaded(kRetryWhenFull));
  }
  watcher->Start();
}

bool WatchContacts::Admit(const std::shared_ptr<Watcher>& watcher) {
  MutexLock lock(mutex_);
  if (stopped_ || watchers_.size() >= options_.max_watchers) return false;
  watchers_.insert(watcher);
  return true;
}

void WatchContacts::Forget(const std::shared_ptr<Watcher>& watcher) {
  MutexLock lock(mutex_);
  watchers_.erase(watcher);
}

void WatchContacts::Stop() {
  std::set<std::shared_ptr<Watcher>> watchers;
  {
    MutexLock lock(mutex_);
    stopped_ = true;
    watchers = watchers_;
  }
  for (const auto& watcher : watchers) watcher->End(Unavailable("contact-svc"));
}

}  // namespace limpid::contact

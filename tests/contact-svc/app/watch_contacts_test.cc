#include "contact-svc/app/watch_contacts.h"

#include <charconv>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;

// Events named by their numbers; the cursor is the number of the last one.
class FakeEvents final : public ContactEvents {
 public:
  absl::StatusOr<Batch> Read(const Call&, std::string_view cursor) override {
    MutexLock lock(mutex_);
    if (!failure_.ok()) return failure_;
    size_t from = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), from);
    Batch batch{.records = {}, .cursor = std::string(cursor), .more = false};
    for (size_t i = from; i < count_ && batch.records.size() < 3; ++i) {
      batch.cursor = std::to_string(i + 1);
      batch.records.push_back({.event = {.contact = ContactId(batch.cursor)}, .cursor = batch.cursor});
    }
    batch.more = batch.records.size() == 3;
    return batch;
  }
  absl::StatusOr<std::string> End(const Call&) override {
    MutexLock lock(mutex_);
    return std::to_string(count_);
  }
  std::unique_ptr<Subscription> Subscribe(std::function<void()> listener) override {
    MutexLock lock(mutex_);
    listeners_.emplace(++next_, std::move(listener));
    return std::make_unique<Leaving>(*this, next_);
  }

  void Add(size_t events) {
    MutexLock lock(mutex_);
    count_ += events;
    for (const auto& [id, listener] : listeners_) listener();
  }
  void Fail(absl::Status status) {
    MutexLock lock(mutex_);
    failure_ = std::move(status);
    for (const auto& [id, listener] : listeners_) listener();
  }
  size_t listeners() {
    MutexLock lock(mutex_);
    return listeners_.size();
  }

 private:
  class Leaving final : public Subscription {
   public:
    Leaving(FakeEvents& events, int id) : events_(events), id_(id) {}
    ~Leaving() override {
      MutexLock lock(events_.mutex_);
      events_.listeners_.erase(id_);
    }

   private:
    FakeEvents& events_;
    const int id_;
  };

  Mutex mutex_;
  size_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  int next_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<int, std::function<void()>> listeners_ ABSL_GUARDED_BY(mutex_);
};

// What a reader has got. Holds back the permission for the next event while `slow`.
struct Reader {
  Mutex mutex;
  CondVar changed;
  std::vector<std::string> got ABSL_GUARDED_BY(mutex);
  std::optional<absl::Status> end ABSL_GUARDED_BY(mutex);
  bool slow ABSL_GUARDED_BY(mutex) = false;
  absl::AnyInvocable<void(bool)> next ABSL_GUARDED_BY(mutex);

  std::vector<std::string> WaitFor(size_t events) {
    MutexLock lock(mutex);
    changed.Wait(mutex, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return got.size() >= events; });
    return got;
  }
  absl::Status WaitForEnd() {
    MutexLock lock(mutex);
    changed.Wait(mutex, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return end.has_value(); });
    return *end;
  }
  void Continue(bool written) {
    absl::AnyInvocable<void(bool)> resume;
    {
      MutexLock lock(mutex);
      resume = std::move(next);
    }
    resume(written);
  }
};

class Sink final : public EventSink {
 public:
  explicit Sink(Reader& reader) : reader_(reader) {}
  void Write(const ContactEvents::Record& record, absl::AnyInvocable<void(bool)> written) override {
    {
      MutexLock lock(reader_.mutex);
      EXPECT_FALSE(reader_.end.has_value());
      reader_.got.push_back(record.cursor);
      reader_.changed.NotifyAll();
      if (reader_.slow) {
        reader_.next = std::move(written);
        return;
      }
    }
    written(true);
  }
  void Finish(absl::Status status) override {
    MutexLock lock(reader_.mutex);
    EXPECT_FALSE(reader_.end.has_value());
    reader_.end = std::move(status);
    reader_.changed.NotifyAll();
  }

 private:
  Reader& reader_;
};

class Watching : public ::testing::Test {
 protected:
  Watching() { call_.stop = stop_.get_token(); }
  void Run(std::string_view cursor) { watch_.Run(call_, cursor, std::make_unique<Sink>(reader_)); }

  FakeEvents events_;
  Reader reader_;
  std::stop_source stop_;
  Call call_;
  WatchContacts watch_{{.max_watchers = 2}, events_};
};

TEST_F(Watching, FromACursorAllThatFollowsComesInOrder) {
  events_.Add(8);
  Run("2");
  EXPECT_THAT(reader_.WaitFor(6), ElementsAre("3", "4", "5", "6", "7", "8"));
  events_.Add(2);
  EXPECT_THAT(reader_.WaitFor(8), ElementsAre("3", "4", "5", "6", "7", "8", "9", "10"));
  stop_.request_stop();
  EXPECT_EQ(reader_.WaitForEnd().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(events_.listeners(), 0u);
}

TEST_F(Watching, FromZeroTheOldestComesFirst) {
  events_.Add(2);
  Run("0");
  EXPECT_THAT(reader_.WaitFor(2), ElementsAre("1", "2"));
}

TEST_F(Watching, ASlowReaderGetsOneAtATime) {
  reader_.slow = true;
  events_.Add(2);
  Run("0");
  EXPECT_THAT(reader_.WaitFor(1), ElementsAre("1"));
  events_.Add(2);
  reader_.Continue(true);
  EXPECT_THAT(reader_.WaitFor(2), ElementsAre("1", "2"));
  reader_.slow = false;
  reader_.Continue(true);
  EXPECT_THAT(reader_.WaitFor(4), ElementsAre("1", "2", "3", "4"));
}

TEST_F(Watching, AReaderThatHasGoneEndsIt) {
  reader_.slow = true;
  events_.Add(2);
  Run("0");
  reader_.WaitFor(1);
  stop_.request_stop();
  reader_.Continue(false);
  EXPECT_EQ(reader_.WaitForEnd().code(), absl::StatusCode::kCancelled);
}

TEST_F(Watching, AnErrorOfReadingIsTheEnd) {
  events_.Add(1);
  Run("0");
  reader_.WaitFor(1);
  events_.Fail(Unavailable("database"));
  EXPECT_EQ(reader_.WaitForEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(Watching, OneTooManyIsRefused) {
  Reader second;
  Reader third;
  Run("0");
  watch_.Run(call_, "0", std::make_unique<Sink>(second));
  watch_.Run(call_, "0", std::make_unique<Sink>(third));
  EXPECT_EQ(ReasonOf(third.WaitForEnd()), "OVERLOADED");
  stop_.request_stop();
  EXPECT_FALSE(reader_.WaitForEnd().ok());
  EXPECT_FALSE(second.WaitForEnd().ok());
}

TEST_F(Watching, StoppingEndsThoseThatWatchAndThoseThatCome) {
  events_.Add(1);
  Run("0");
  reader_.WaitFor(1);
  watch_.Stop();
  EXPECT_EQ(reader_.WaitForEnd().code(), absl::StatusCode::kUnavailable);
  Reader late;
  watch_.Run(call_, "0", std::make_unique<Sink>(late));
  EXPECT_EQ(late.WaitForEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(Watching, ACallThatIsOverIsFinishedAtOnce) {
  stop_.request_stop();
  Run("0");
  EXPECT_EQ(reader_.WaitForEnd().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace limpid::contact

#include "enrich-svc/clients/rpc_contact_events.h"

#include <atomic>
#include <future>
#include <memory>
#include <stop_token>
#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/enrich-svc/clients/contact_stub.h"

namespace limpid::enrich {
namespace {

using Stream = rpc::ServerStream<contact::v1::ContactEvent>;

constexpr absl::Duration kLong = absl::Seconds(30);

// Writes events 1 to `count`, each when the last was taken, and ends the stream with `end`.
class Writer : public std::enable_shared_from_this<Writer> {
 public:
  Writer(Stream stream, int count, absl::Status end)
      : stream_(std::move(stream)), count_(count), end_(std::move(end)) {}

  void Next() {
    if (written == count_) return stream_.Finish(end_);
    contact::v1::ContactEvent event;
    event.set_cursor(std::to_string(++written));
    stream_.Write(event, [self = shared_from_this()](bool ok) {
      if (ok) return self->Next();
      self->stream_.Finish(absl::OkStatus());
    });
  }
  std::atomic<int> written = 0;

 private:
  Stream stream_;
  const int count_;
  const absl::Status end_;
};

class RpcContactEventsTest : public ::testing::Test {
 protected:
  RpcContactEventsTest() { call_.role = Role::kService; }

  void StubWrites(int count, const absl::Status& end) {
    stub_.watch = [this, count, end](const Call& call, const contact::v1::WatchContactsRequest& request,
                                     Stream stream) {
      EXPECT_EQ(request.cursor(), "17");
      EXPECT_EQ(call.tenant, TenantId()) << "of all tenants";
      writer_ = std::make_shared<Writer>(std::move(stream), count, end);
      writer_->Next();
    };
  }

  Call call_;
  std::shared_ptr<Writer> writer_;
  ContactStub stub_;
  RpcContactEvents events_{stub_.peer()};
};

TEST_F(RpcContactEventsTest, GivesEveryEventInOrderAndThenTheEnd) {
  StubWrites(1000, FailedPrecondition(reason::kCursorExpired, "Gone."));
  const auto stream = events_.Watch(call_, "17");
  int next = 1;
  while (true) {
    const auto batch = stream->Next(150, kLong);
    if (!batch.ok()) {
      EXPECT_EQ(ReasonOf(batch.status()), reason::kCursorExpired);
      break;
    }
    EXPECT_LE(batch->size(), 150U);
    for (const ContactEvent& event : *batch) EXPECT_EQ(event.cursor, std::to_string(next++));
  }
  EXPECT_EQ(next, 1001);
}

TEST_F(RpcContactEventsTest, AStreamThatEndsByItselfIsAPeerThatWentAway) {
  StubWrites(0, absl::OkStatus());
  const auto batch = events_.Watch(call_, "17")->Next(10, kLong);
  EXPECT_EQ(batch.status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(RpcContactEventsTest, WaitsNoLongerThanItIsTold) {
  std::promise<std::shared_ptr<Stream>> began;
  stub_.watch = [&](const Call&, const contact::v1::WatchContactsRequest&, Stream stream) {
    began.set_value(std::make_shared<Stream>(std::move(stream)));
  };
  const auto stream = events_.Watch(call_, "");
  const std::shared_ptr<Stream> silent = began.get_future().get();
  const auto batch = stream->Next(10, absl::Milliseconds(1));
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_TRUE(batch->empty());
  silent->Finish(absl::OkStatus());
}

TEST_F(RpcContactEventsTest, AStopEndsTheWaitingAndTellsThePeer) {
  std::promise<void> began;
  std::promise<void> ended;
  std::unique_ptr<std::stop_callback<std::function<void()>>> on_stop;
  std::shared_ptr<Stream> silent;
  stub_.watch = [&](const Call& call, const contact::v1::WatchContactsRequest&, Stream stream) {
    silent = std::make_shared<Stream>(std::move(stream));
    on_stop =
        std::make_unique<std::stop_callback<std::function<void()>>>(call.stop, [&] { ended.set_value(); });
    began.set_value();
  };
  std::stop_source stop;
  call_.stop = stop.get_token();
  const auto stream = events_.Watch(call_, "");
  began.get_future().wait();
  stop.request_stop();
  EXPECT_EQ(stream->Next(10, kLong).status().code(), absl::StatusCode::kCancelled);
  ended.get_future().wait();
  silent->Finish(absl::OkStatus());
}

TEST_F(RpcContactEventsTest, AReaderThatGoesAwayEndsAFullStream) {
  StubWrites(1'000'000, absl::OkStatus());
  {
    const auto stream = events_.Watch(call_, "17");
    ASSERT_TRUE(stream->Next(1, kLong).ok());
  }
  // That the stub's server can be drained without waiting shows that nothing holds the stream.
}

}  // namespace
}  // namespace limpid::enrich

#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/status.h"
#include "tests/libs/rpc/echo_server.h"
#include "tests/libs/rpc/raw_calls.h"

namespace limpid::rpc {
namespace {

using BidiStream = grpc::ClientReaderWriter<EchoRequest, EchoResponse>;

class Streams : public ::testing::TestWithParam<const char*> {
 protected:
  EchoServer::Options Options() const { return {.server = {.address = GetParam()}}; }
};

INSTANTIATE_TEST_SUITE_P(Rpc, Streams, ::testing::Values("127.0.0.1:0", ""),
                         [](const auto& row) { return *row.param == '\0' ? "InProcess" : "Tcp"; });

EchoRequest UpTo(int count) {
  EchoRequest request;
  request.set_count(count);
  return request;
}

StreamMethod<EchoRequest, EchoResponse> CountMethod(EchoServer& server) {
  return {server.peer(), "limpid.testing.v1.EchoService/Count"};
}

TEST_P(Streams, ArriveWholeAndInOrder) {
  EchoServer server(Options());
  int last = 0;
  std::promise<absl::Status> done;
  CountMethod(server)(
      StandardCall(), UpTo(1000),
      [&](const EchoResponse& response, ReadNext next) {
        EXPECT_EQ(response.number(), last + 1);
        last = response.number();
        next();
      },
      [&](absl::Status status) { done.set_value(status); });
  EXPECT_TRUE(done.get_future().get().ok());
  EXPECT_EQ(last, 1000);
}

TEST_P(Streams, WaitForAReaderOnAnotherThread) {
  EchoServer server(Options());
  Executor slow({.name = "slow", .threads = 1});
  std::atomic<int> seen = 0;
  std::promise<absl::Status> done;
  CountMethod(server)(
      StandardCall(), UpTo(200),
      [&](const EchoResponse&, ReadNext next) {
        ++seen;
        ASSERT_TRUE(slow.Submit([next = std::move(next)]() mutable { next(); }).ok());
      },
      [&](absl::Status status) { done.set_value(status); });
  EXPECT_TRUE(done.get_future().get().ok());
  EXPECT_EQ(seen, 200);
}

TEST_P(Streams, EndWithTheErrorOfTheirHandler) {
  EchoServer server(Options());
  std::promise<absl::Status> done;
  CountMethod(server)(
      StandardCall(), UpTo(-1), [](const EchoResponse&, ReadNext) { FAIL(); },
      [&](absl::Status status) { done.set_value(status); });
  EXPECT_EQ(ReasonOf(done.get_future().get()), reason::kFailedPrecondition);
}

TEST_P(Streams, TellTheWriterWhenTheReaderLeaves) {
  EchoServer server(Options());
  std::promise<absl::Status> done;
  CountMethod(server)(
      StandardCall(), UpTo(1'000'000'000),
      [&](const EchoResponse& response, ReadNext next) {
        if (response.number() < 10) next();
      },
      [&](absl::Status status) { done.set_value(status); });
  EXPECT_EQ(done.get_future().get().code(), absl::StatusCode::kCancelled);
  server.AwaitReaderGone();
}

TEST_P(Streams, StopWithTheCall) {
  EchoServer server(Options());
  std::stop_source stop;
  Call call = StandardCall();
  call.stop = stop.get_token();
  std::promise<absl::Status> done;
  CountMethod(server)(
      call, UpTo(1'000'000'000),
      [&](const EchoResponse& response, ReadNext next) {
        if (response.number() == 10) stop.request_stop();
        next();
      },
      [&](absl::Status status) { done.set_value(status); });
  EXPECT_EQ(done.get_future().get().code(), absl::StatusCode::kCancelled);
  server.AwaitReaderGone();
}

TEST_P(Streams, AreRefusedByTheDoorLikeOtherCalls) {
  EchoServer server(Options());
  Call call = StandardCall();
  call.role = Role::kCapture;
  std::promise<absl::Status> done;
  CountMethod(server)(
      call, UpTo(3), [](const EchoResponse&, ReadNext) { FAIL(); },
      [&](absl::Status status) { done.set_value(status); });
  EXPECT_EQ(done.get_future().get().code(), absl::StatusCode::kPermissionDenied);
}

TEST_P(Streams, SurviveReadersThatLeaveAtAnyMoment) {
  EchoServer server(Options());
  const auto count = CountMethod(server);
  constexpr int kStreams = 300;
  std::atomic<int> ended = 0;
  for (int i = 0; i < kStreams; ++i) {
    auto stop = std::make_shared<std::stop_source>();
    Call call = StandardCall();
    call.stop = stop->get_token();
    count(
        call, UpTo(100),
        [i, stop](const EchoResponse& response, ReadNext next) {
          if (response.number() == i % 7 && i % 2 == 0) return;
          if (response.number() == i % 11) stop->request_stop();
          next();
        },
        [&ended](const absl::Status&) {
          ++ended;
          ended.notify_all();
        });
  }
  for (int seen = ended; seen < kStreams; seen = ended) ended.wait(seen);
}

class MappedStream {
 public:
  explicit MappedStream(EchoServer& server, std::string_view method = "EchoEach")
      : channel_(server.channel()), path_(StrCat("/limpid.testing.v1.EchoService/", method)) {
    context_.AddMetadata(kCallKey,
                         server.signer()->Sign({.tenant = TenantId("acme"), .role = Role::kStandard}));
    stream_.reset(grpc::internal::ClientReaderWriterFactory<EchoRequest, EchoResponse>::Create(
        channel_.grpc.get(), {path_.c_str(), grpc::internal::RpcMethod::BIDI_STREAMING}, &context_));
  }
  grpc::ClientContext& context() { return context_; }
  BidiStream* operator->() { return stream_.get(); }

 private:
  Channel channel_;
  const std::string path_;
  grpc::ClientContext context_;
  std::unique_ptr<BidiStream> stream_;
};

EchoRequest Numbered(int number) {
  EchoRequest request;
  request.set_text(std::to_string(number));
  return request;
}

TEST_P(Streams, MapEachRequestToOneAnswer) {
  EchoServer server(Options());
  MappedStream stream(server);
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) EXPECT_TRUE(stream->Write(Numbered(i)));
    stream->WritesDone();
  });
  std::set<std::string> answers;
  EchoResponse response;
  while (stream->Read(&response)) answers.insert(response.text());
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answers.size(), 2000u);
  EXPECT_LE(server.most_in_flight(), 4);
}

TEST_P(Streams, MapByAHandlerThatFillsInPlaceLater) {
  EchoServer server(Options());
  MappedStream stream(server, "EchoEachFilled");
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) EXPECT_TRUE(stream->Write(Numbered(i)));
    stream->WritesDone();
  });
  std::set<std::string> answers;
  EchoResponse response;
  while (stream->Read(&response)) answers.insert(response.text());
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answers.size(), 2000u);
}

TEST_P(Streams, MapNothingToNothing) {
  EchoServer server(Options());
  MappedStream stream(server);
  stream->WritesDone();
  EchoResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_P(Streams, EndAtTheFirstErrorOfTheMap) {
  EchoServer server(Options());
  MappedStream stream(server);
  EXPECT_TRUE(stream->Write(Numbered(1)));
  EchoRequest stop;
  stop.set_text("stop");
  EXPECT_TRUE(stream->Write(stop));
  EchoResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(ReasonOf(FromGrpc(stream->Finish(), "echo")), reason::kFailedPrecondition);
}

TEST_P(Streams, SurviveMapsThatAreCancelledAtAnyMoment) {
  EchoServer server(Options());
  for (int i = 0; i < 200; ++i) {
    MappedStream stream(server);
    // No more than the server takes on before an answer is read: in process nothing else lies in between.
    for (int k = 0; k < i % 5; ++k) stream->Write(Numbered(k));
    EchoResponse response;
    const bool reads = i % 3 == 0 && i % 5 > 0;
    EXPECT_TRUE(!reads || stream->Read(&response));
    stream.context().TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }
  EXPECT_TRUE(Say(server.peer(), "Echo", StandardCall()).ok());
}

}  // namespace
}  // namespace limpid::rpc

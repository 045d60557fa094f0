#pragma once

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "limpid/testing/v1/echo_service.pb.h"

#include "libs/base/executor.h"
#include "libs/base/mutex.h"
#include "libs/rpc/client.h"
#include "libs/rpc/server.h"

namespace limpid::rpc {

using testing::v1::EchoRequest;
using testing::v1::EchoResponse;

/// A call of EchoLater that waits for the test.
struct WaitingCall {
  Call call;
  Done<EchoResponse> done;
};

/// Serves limpid.testing.v1.EchoService by libs/rpc, for the tests of this folder.
class EchoServer {
 public:
  struct Options {
    ServerOptions server = {.address = "127.0.0.1:0"};
    bool outer = false;
    std::shared_ptr<Executor> executor;
    std::vector<CallObserverFactory> observers;
    int max_in_flight = 4;
  };

  explicit EchoServer(Options options);
  EchoServer() : EchoServer(Options{}) {}

  Server& server() { return *server_; }
  std::string target() const;
  /// Over TCP, or in process when the server has no address.
  Channel channel();
  Peer peer();
  const std::shared_ptr<PrincipalSigner>& signer() const { return signer_; }

  /// Waits for the next call of EchoLater to arrive.
  WaitingCall TakeWaiting();
  /// Calls of Echo whose handler has run.
  int echoed() const { return echoed_; }
  /// Waits until a Count stream saw its reader leave.
  void AwaitReaderGone();
  /// The largest number of EchoEach requests that were worked on at once.
  int most_in_flight() const { return most_in_flight_; }

 private:
  std::unique_ptr<Service> MakeService();

  const Options options_;
  const std::shared_ptr<PrincipalSigner> signer_;
  std::shared_ptr<Door> door_;
  Mutex mutex_;
  CondVar changed_;
  std::deque<WaitingCall> waiting_ ABSL_GUARDED_BY(mutex_);
  bool reader_gone_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<int> echoed_ = 0;
  std::atomic<bool> was_unavailable_ = false;
  std::atomic<int> in_flight_ = 0;
  std::atomic<int> most_in_flight_ = 0;
  Executor finisher_{{.name = "finisher", .threads = 1}};
  std::unique_ptr<Server> server_;
};

/// A caller with the role that the echo service asks for.
Call StandardCall();

/// Makes a call and waits for its answer.
template <class Request, class Response>
absl::StatusOr<Response> CallAndWait(const UnaryMethod<Request, Response>& method, const Call& call,
                                     const Request& request) {
  std::promise<absl::StatusOr<Response>> answer;
  method(call, request,
         [&answer](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
  return answer.get_future().get();
}

absl::StatusOr<EchoResponse> Say(const Peer& peer, std::string_view method, const Call& call,
                                 const EchoRequest& request = {});

}  // namespace limpid::rpc

#pragma once

#include <deque>
#include <memory>
#include <utility>

#include <grpcpp/grpcpp.h>

#include "libs/base/mutex.h"
#include "libs/rpc/server_call.h"
#include "libs/rpc/service.h"

namespace limpid::rpc {

/// One stream of requests, each answered once by a unary handler. Reads no further while `max_in_flight`
/// requests are worked on or wait to be written. Deletes itself when gRPC is done with it.
class MapCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>, private ServerCall {
 public:
  static grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Start(
      const ServedMethod& method, const internal::UnaryHandler& handler, size_t max_in_flight,
      grpc::CallbackServerContext& context);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override { RequestStop(); }
  void OnDone() override { delete this; }

 private:
  struct Item;
  class Ender;

  MapCall(const ServedMethod& method, const internal::UnaryHandler& handler, size_t max_in_flight,
          grpc::CallbackServerContext& context);

  void Entered(absl::Status status) override;
  void Work(std::unique_ptr<Item> item);
  void RunHandler(std::unique_ptr<Item> item);
  void Answer(const absl::Status& status, const google::protobuf::Message* response);
  /// True: this thread has the turn and must call Advance next. False: another has it, looks at what has
  /// changed, and may already end the call, so nothing of it may be touched once the lock is released.
  bool TakeTurn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !std::exchange(advancing_, true); }
  /// Starts what can be started: the next read, the next write, the end. Outside the lock, for reactions may
  /// come on this very thread; by one thread at a time, and only that one finishes, so the call outlives it.
  void Advance();

  const internal::UnaryHandler& handler_;
  const size_t max_in_flight_;

  Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  size_t in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<grpc::ByteBuffer> answers_ ABSL_GUARDED_BY(mutex_);
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool read_all_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool advancing_ ABSL_GUARDED_BY(mutex_) = false;

  // Each belongs to the one operation under way.
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
};

}  // namespace limpid::rpc

#pragma once

#include <optional>
#include <stop_token>

#include <grpcpp/grpcpp.h>

#include "libs/base/mutex.h"
#include "libs/rpc/raw_client.h"

namespace limpid::gateway {

/// The half of a forwarded stream that faces the service.
///
/// gRPC destroys a client call as soon as nothing is under way on it, and an operation started after that
/// crashes. Here operations are started from the caller's half, on other threads, so each direction holds the
/// call until it is over: upwards until the caller has sent all or the service answers no more, downwards
/// until the last message was read.
class PeerStream final : private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  /// What the caller's half hears. Never two of a direction at once; OnPeerEnd comes last. Messages are taken
  /// by Swap: a ByteBuffer knows no move.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void OnPeerMessage(grpc::ByteBuffer& message) = 0;
    virtual void OnPeerTook() = 0;
    virtual void OnPeerEnd(grpc::Status status) = 0;
  };

  PeerStream(rpc::RawClient& client, Listener& listener) : client_(client), listener_(listener) {}

  /// `path` lives as long as the process.
  void Start(const Call& call, const std::string& path);
  /// Takes and sends a message; then OnPeerTook. What comes after the service's last word is dropped,
  /// unheard.
  void Send(grpc::ByteBuffer& message);
  /// Sends the only message and no more.
  void SendLast(grpc::ByteBuffer message);
  void SendNoMore();
  /// Reads the next message, after OnPeerMessage.
  void Read();
  /// Gives the service up; after OnPeerMessage, instead of Read.
  void Abandon();

 private:
  struct Canceller {
    grpc::ClientContext* context;
    void operator()() const { context->TryCancel(); }
  };

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;
  void EndUpwards();

  rpc::RawClient& client_;
  Listener& listener_;
  grpc::ClientContext context_;
  std::optional<std::stop_callback<Canceller>> stop_;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
  bool last_ = false;  // Written before the write that it is about, read after it.
  Mutex mutex_;
  bool upwards_over_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace limpid::gateway

#pragma once

#include <memory>
#include <string>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "libs/base/call.h"
#include "libs/rpc/client.h"

namespace limpid::rpc {

/// Calls methods in raw bytes: what the typed methods of client.h, forwarding and transcoding stand on.
/// Thread-safe.
class RawClient {
 public:
  explicit RawClient(Peer peer);

  /// `path` (`/limpid.verify.v1.EmailService/VerifyEmail`) lives as long as the process. `done` runs on a
  /// gRPC thread, or at once when the call is over before it began.
  void Unary(const Call& call, const std::string& path, const grpc::ByteBuffer& request,
             Done<grpc::ByteBuffer> done);

  /// Gives `context` the deadline and metadata of `call`. Without a deadline a stream has none.
  void Prepare(const Call& call, bool streaming, grpc::ClientContext& context) const;

  /// For streams, whose reactor is the caller's.
  grpc::GenericStub& stub() { return stub_; }
  const std::string& peer_name() const { return peer_.name; }

 private:
  class UnaryCall;

  const Peer peer_;
  grpc::GenericStub stub_;
};

}  // namespace limpid::rpc

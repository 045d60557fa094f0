#pragma once

#include <memory>
#include <string>
#include <utility>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/rpc_method.h>

#include "libs/base/call.h"
#include "libs/rpc/client.h"

namespace limpid::rpc {

/// A peer as gRPC calls it: what unary calls (client_call.h), streams and forwarding stand on. Thread-safe.
class RawClient {
 public:
  explicit RawClient(Peer peer);

  /// Gives `context` the deadline and metadata of `call`. Without a deadline a stream has none.
  void Prepare(const Call& call, bool streaming, grpc::ClientContext& context) const;

  /// For unary calls.
  const std::shared_ptr<grpc::Channel>& channel() const { return peer_.channel.grpc; }
  /// For streams, whose reactor is the caller's.
  grpc::GenericStub& stub() { return stub_; }
  const std::string& peer_name() const { return peer_.name; }

 private:
  const Peer peer_;
  grpc::GenericStub stub_;
};

/// A unary method of a peer. Its channel knows it, and looks up no name in a call.
class PeerMethod {
 public:
  /// `path`: `/limpid.verify.v1.EmailService/VerifyEmail`.
  PeerMethod(std::shared_ptr<RawClient> client, std::string path)
      : client_(std::move(client)),
        path_(std::move(path)),
        rpc_(path_.c_str(), grpc::internal::RpcMethod::NORMAL_RPC, client_->channel()) {}
  PeerMethod(const PeerMethod&) = delete;  // gRPC keeps a pointer to the path.
  PeerMethod& operator=(const PeerMethod&) = delete;

  RawClient& client() const { return *client_; }
  const std::string& path() const { return path_; }
  const grpc::internal::RpcMethod& rpc() const { return rpc_; }

 private:
  const std::shared_ptr<RawClient> client_;
  const std::string path_;
  const grpc::internal::RpcMethod rpc_;
};

}  // namespace limpid::rpc

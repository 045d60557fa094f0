#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "gateway/forwarding/upstream.h"
#include "libs/rpc/client.h"

namespace limpid::gateway {

/// Services behind a channel: for HTTP calls that were read into messages. Thread-safe.
class RemoteUpstream final : public Upstream {
 public:
  /// `services` by full name; their methods are called at `peer`.
  RemoteUpstream(const rpc::Peer& peer, const std::vector<std::string_view>& services);

  void Unary(const Call& call, const google::protobuf::MethodDescriptor& method,
             std::unique_ptr<google::protobuf::Message> request, Done<Answer> done) override;
  void ServerStream(const Call& call, const google::protobuf::MethodDescriptor& method,
                    std::unique_ptr<google::protobuf::Message> request,
                    std::shared_ptr<StreamSink> sink) override;

 private:
  absl::flat_hash_map<const google::protobuf::MethodDescriptor*, rpc::internal::ClientMethod> methods_;
};

}  // namespace limpid::gateway

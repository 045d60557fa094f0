#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_callback.h>

#include "libs/rpc/served_call.h"

namespace limpid::rpc {

/// The part of a gRPC reactor that passes the door.
///
/// A reactor derives from it, calls Enter once, and Leave before it finishes.
class ServerCall : private CallMetadata, protected ServedCall {
 public:
  ServerCall(const ServedMethod& method, const grpc::CallbackServerContext& context);

 protected:
  /// Conclude in gRPC's words.
  grpc::Status Leave(const absl::Status& status);

 private:
  std::optional<std::string_view> Get(std::string_view name) const override;
  std::vector<std::string_view> GetAll(std::string_view name) const override;
  std::string Peer() const override { return context_.peer(); }

  const grpc::CallbackServerContext& context_;
};

}  // namespace limpid::rpc

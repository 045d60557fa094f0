#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

#include "gateway/forwarding/upstream.h"
#include "libs/base/executor.h"

namespace limpid::gateway {

/// Answers unary methods of the gateway's own services on an executor, without a hop. Methods are added
/// before it is shared; then thread-safe.
class LocalUpstream final : public Upstream {
 public:
  explicit LocalUpstream(std::shared_ptr<Executor> executor) : executor_(std::move(executor)) {}

  /// `handler`: absl::StatusOr<Response>(const Call&, const Request&).
  template <class Request, class Response, class Handler>
  void Unary(std::string_view method, Handler handler) {
    methods_[std::string(method)] = [handler = std::move(handler)](
                                        const Call& call,
                                        const google::protobuf::Message& request) -> absl::StatusOr<Answer> {
      absl::StatusOr<Response> response = handler(call, static_cast<const Request&>(request));
      if (!response.ok()) return response.status();
      return std::make_shared<const Response>(*std::move(response));
    };
  }

  void Unary(const Call& call, const google::protobuf::MethodDescriptor& method,
             std::unique_ptr<google::protobuf::Message> request, Done<Answer> done) override;
  void ServerStream(const Call& call, const google::protobuf::MethodDescriptor& method,
                    std::unique_ptr<google::protobuf::Message> request,
                    std::shared_ptr<StreamSink> sink) override;

 private:
  using Method = std::function<absl::StatusOr<Answer>(const Call&, const google::protobuf::Message&)>;

  const std::shared_ptr<Executor> executor_;
  absl::flat_hash_map<std::string, Method> methods_;
};

}  // namespace limpid::gateway

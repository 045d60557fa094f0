#pragma once

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

#include "gateway/forwarding/upstream.h"

namespace limpid::gateway {

/// Calls a method of an upstream and waits.
template <class Response, class Request>
absl::StatusOr<Response> CallMethod(Upstream& upstream, const Call& call, const std::string& method,
                                    const Request& request) {
  const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method);
  if (descriptor == nullptr) return absl::NotFoundError(method);
  std::promise<absl::StatusOr<Response>> answer;
  upstream.Unary(call, *descriptor, std::make_unique<Request>(request),
                 [&](absl::StatusOr<Upstream::Answer> message) {
                   if (!message.ok()) return answer.set_value(message.status());
                   answer.set_value(static_cast<const Response&>(**message));
                 });
  return answer.get_future().get();
}

}  // namespace limpid::gateway

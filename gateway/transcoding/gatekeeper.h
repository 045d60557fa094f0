#pragma once

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

#include "libs/base/call.h"
#include "libs/http/message.h"
#include "libs/rpc/principal.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace limpid::gateway {

/// Who a caller is, or why that is not known.
struct Admission {
  /// OK, or UNAUTHENTICATED, PERMISSION_DENIED, RESOURCE_EXHAUSTED.
  absl::Status status;
  rpc::Principal principal;
  /// What belongs on the answer whatever it is: what browsers are told about other sites.
  http::Headers headers;
};

/// The door's port to identity: says who calls over HTTP and whether the quota admits it. Which roles a
/// method admits is the transcoder's to judge. Thread-safe; never blocks.
class Gatekeeper {
 public:
  virtual ~Gatekeeper() = default;
  /// `done` may be called at once or later, from any thread; `request` lives until then.
  virtual void Admit(const http::Request& request, const google::protobuf::MethodDescriptor& method,
                     absl::AnyInvocable<void(Admission)> done) = 0;
  /// The headers of the answer to a browser that asks first (a CORS preflight for `method`).
  virtual http::Headers Preflight(const http::Request& request,
                                  const google::protobuf::MethodDescriptor& method) = 0;
};

}  // namespace limpid::gateway

#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "libs/rpc/access.h"
#include "libs/rpc/door.h"

namespace limpid::rpc {

/// A method as it is served: what all its calls have in common. Lives as long as its service.
struct ServedMethod {
  ServedMethod(const google::protobuf::MethodDescriptor& descriptor, std::shared_ptr<const Door> door);

  const google::protobuf::MethodDescriptor& descriptor;
  const std::string path;  ///< `/limpid.verify.v1.EmailService/VerifyEmail`; gRPC keeps a pointer to it.
  const Access access;
  const bool streaming;
  const std::shared_ptr<const Door> door;
  const std::vector<CallObserver> observers;
};

/// A call passing the door of the service that it asks: authentication, roles, deadline, the `Call`; however
/// it came here (server_call.h, local_call.h).
///
/// What answers a call derives from it, calls Enter once, and Conclude before it answers.
class ServedCall {
 public:
  /// `metadata` belongs to the derived class. `deadline` is `SteadyTime::max()` when the caller gave none.
  ServedCall(const ServedMethod& method, const CallMetadata& metadata, SteadyTime begin, SteadyTime deadline);
  virtual ~ServedCall() = default;
  ServedCall(const ServedCall&) = delete;
  ServedCall& operator=(const ServedCall&) = delete;

 protected:
  /// Begins; ends in Entered, at once or later on any thread.
  void Enter();
  /// OK: `call()` is complete, go on. Else answer with what Conclude makes of it.
  virtual void Entered(absl::Status status) = 0;
  /// Tells the observers, and makes of a status what the caller may see: the domain is named, the sentence of
  /// a fault of ours stays in the log.
  absl::Status Conclude(const absl::Status& status);

  const ServedMethod& method() const { return method_; }
  const Call& call() const { return call_; }
  Call& mutable_call() { return call_; }
  /// When the caller has gone.
  void RequestStop() { stop_.request_stop(); }

 private:
  void Authenticated(absl::StatusOr<Principal> principal);
  void ReadMetadata();
  absl::Status ReadIdempotencyKey();

  const ServedMethod& method_;
  const CallMetadata& metadata_;
  const SteadyTime begin_;
  std::stop_source stop_;
  Call call_;
};

}  // namespace limpid::rpc

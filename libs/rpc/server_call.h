#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_callback.h>

#include "libs/base/call.h"
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

/// The part of a reactor that passes the door: authentication, roles, deadline, the `Call`.
///
/// A reactor of gRPC derives from it, calls Enter once, and Leave before it finishes.
class ServerCall {
 public:
  ServerCall(const ServedMethod& method, const grpc::CallbackServerContext& context);
  virtual ~ServerCall() = default;
  ServerCall(const ServerCall&) = delete;
  ServerCall& operator=(const ServerCall&) = delete;

 protected:
  /// Begins; ends in Entered, at once or later on any thread.
  void Enter();
  /// OK: `call()` is complete, go on. Else finish with Leave's answer.
  virtual void Entered(absl::Status status) = 0;
  /// Tells the observers, and makes of a status what the caller may see: the domain is named, the sentence of
  /// a fault of ours stays in the log.
  grpc::Status Leave(const absl::Status& status);

  const ServedMethod& method() const { return method_; }
  const Call& call() const { return call_; }
  Call& mutable_call() { return call_; }
  /// For OnCancel.
  void RequestStop() { stop_.request_stop(); }

 private:
  class Metadata final : public CallMetadata {
   public:
    explicit Metadata(const grpc::CallbackServerContext& context) : context_(context) {}
    std::optional<std::string_view> Get(std::string_view name) const override;
    std::string Peer() const override { return context_.peer(); }

   private:
    const grpc::CallbackServerContext& context_;
  };

  void Authenticated(absl::StatusOr<Principal> principal);
  void ReadMetadata();
  absl::Status ReadIdempotencyKey();

  const ServedMethod& method_;
  const Metadata metadata_;
  const SteadyTime begin_;
  std::stop_source stop_;
  Call call_;
};

}  // namespace limpid::rpc

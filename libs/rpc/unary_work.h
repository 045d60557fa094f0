#pragma once

#include "absl/status/status.h"
#include "google/protobuf/message.h"

#include "libs/base/call.h"
#include "libs/rpc/served_call.h"
#include "libs/rpc/service.h"

namespace limpid::rpc {

/// What a unary call does once it has passed the door: runs the handler where the handler wants to run, and
/// hears its end. Who derives from it keeps itself, the call and both messages alive until Ended.
class UnaryWork {
 protected:
  ~UnaryWork() = default;

  /// Ends in Ended, at once or later on any thread.
  void Work(const internal::UnaryHandler& handler, const ServedMethod& method, Call& call,
            const google::protobuf::Message& request, google::protobuf::Message& response);
  /// Once, also when the handler lost its call.
  virtual void Ended(const absl::Status& status) = 0;

 private:
  class Ender;

  void Run(const internal::UnaryHandler& handler, const Call& call, const google::protobuf::Message& request,
           google::protobuf::Message& response);
};

}  // namespace limpid::rpc

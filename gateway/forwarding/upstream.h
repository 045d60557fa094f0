#pragma once

#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

#include "libs/base/call.h"

namespace google::protobuf {
class Message;
class MethodDescriptor;
}  // namespace google::protobuf

namespace limpid::gateway {

/// Takes the messages of a server stream, one at a time.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  /// The next message. The stream goes on when `more` is called: a slow reader slows its source down.
  /// `more(false)` ends the stream from here.
  virtual void OnMessage(std::unique_ptr<google::protobuf::Message> message,
                         absl::AnyInvocable<void(bool go_on)> more) = 0;
  /// The end, exactly once and after the last message.
  virtual void OnEnd(absl::Status status) = 0;
};

/// Answers methods: those of a service behind a channel, or of the gateway itself. Thread-safe; never blocks.
///
/// The caller has authenticated and admitted the call. Messages are of the types that `method` names, from
/// the generated pool. Cancelling the call's stop token gives the work up.
class Upstream {
 public:
  using Answer = std::shared_ptr<const google::protobuf::Message>;

  virtual ~Upstream() = default;
  virtual void Unary(const Call& call, const google::protobuf::MethodDescriptor& method,
                     std::unique_ptr<google::protobuf::Message> request, Done<Answer> done) = 0;
  virtual void ServerStream(const Call& call, const google::protobuf::MethodDescriptor& method,
                            std::unique_ptr<google::protobuf::Message> request,
                            std::shared_ptr<StreamSink> sink) = 0;
};

}  // namespace limpid::gateway

#pragma once

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

#include "libs/base/call.h"

namespace limpid::rpc::internal {

/// A unary call as its caller holds it: the request, room for the answer, and who waits for it.
///
/// Whoever makes the call owns it until the handler, wherever it runs, is done with both messages; that may
/// be later than End, for a caller does not wait for a handler longer than its deadline.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual const google::protobuf::Message& request() const = 0;
  virtual google::protobuf::Message& response() = 0;
  /// Tells who waits. Once; `response()` is taken with OK, and not touched otherwise.
  virtual void End(absl::Status status) = 0;
};

}  // namespace limpid::rpc::internal

namespace limpid::rpc {

/// A call of an AnyMethod.
class AnyExchange final : public internal::Exchange {
 public:
  using Message = google::protobuf::Message;

  /// `response` is empty, of the type that the method answers with; `done` gets it back filled.
  AnyExchange(std::unique_ptr<Message> request, std::unique_ptr<Message> response,
              Done<std::unique_ptr<Message>> done)
      : request_(std::move(request)), response_(std::move(response)), done_(std::move(done)) {}
  const Message& request() const override { return *request_; }
  Message& response() override { return *response_; }
  void End(absl::Status status) override {
    if (!status.ok()) return done_(std::move(status));
    done_(std::move(response_));
  }

 private:
  const std::unique_ptr<Message> request_;
  std::unique_ptr<Message> response_;
  Done<std::unique_ptr<Message>> done_;
};

}  // namespace limpid::rpc

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "libs/base/call.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/exchange.h"
#include "libs/rpc/principal.h"

namespace limpid::rpc {

/// A peer and how we speak to it. Cheap to copy; thread-safe.
struct Peer {
  std::string name;  ///< What errors call it: `verify-svc`.
  Channel channel;
  /// Between services. Null for a client from outside, which shows `authorization` instead.
  std::shared_ptr<PrincipalSigner> signer;
  /// For calls without a deadline.
  absl::Duration default_timeout = absl::Seconds(10);
  std::string authorization;  ///< `Bearer lk_…`; empty: none.
  /// A second way to it, made with `ChannelOptions::repeatable`; none to a peer of this process.
  Channel repeatable;

  /// The same peer, for calls that may be made twice.
  Peer ForRepeatableCalls() const;
};

/// What a hop gets of `remaining`: 20 ms less, so that the caller can still answer when the peer is late; of
/// a short budget half.
absl::Duration HopBudget(absl::Duration remaining);

namespace internal {

struct Target;
class ClientStream;

/// Goes on reading a stream. Called once after each message; dropped instead, it cancels the stream.
class ReadNext {
 public:
  explicit ReadNext(std::shared_ptr<ClientStream> stream) : stream_(std::move(stream)) {}
  ReadNext(ReadNext&&) noexcept = default;
  ReadNext& operator=(ReadNext&&) noexcept;
  ~ReadNext();
  void operator()();

 private:
  std::shared_ptr<ClientStream> stream_;
};

/// A method of a peer with its types erased; the path was checked against the descriptors.
class ClientMethod {
 public:
  using OnMessage = absl::AnyInvocable<void(const google::protobuf::Message&, ReadNext)>;
  using OnDone = absl::AnyInvocable<void(absl::Status)>;

  ClientMethod(Peer peer, std::string_view path, const google::protobuf::Message& request_prototype,
               const google::protobuf::Message& response_prototype, bool streaming);

  void Unary(const Call& call, std::unique_ptr<Exchange> exchange) const;
  /// `message` holds each message in turn.
  void Stream(const Call& call, const google::protobuf::Message& request,
              std::unique_ptr<google::protobuf::Message> message, OnMessage on_message, OnDone done) const;

 private:
  std::shared_ptr<Target> target_;
};

}  // namespace internal

using ReadNext = internal::ReadNext;

/// A method whose types are known at run time only, by their descriptors. Thread-safe.
using AnyMethod = internal::ClientMethod;

/// A unary method of a peer, ready to be called.
///
///   UnaryMethod<VerifyPersonRequest, VerifyPersonResponse> verify_person(
///       peer, "limpid.verify.v1.PersonService/VerifyPerson");
///   verify_person(call, request, [](absl::StatusOr<VerifyPersonResponse> response) { … });
///
/// Each call carries what is left of the deadline, the request id, trace, language, idempotency key, digest
/// and the signed principal of `call`; a stop of `call` cancels it. Errors arrive with the details that the
/// peer gave. A path or type that does not agree with the descriptors ends the process when the method is
/// built. Thread-safe.
template <class Request, class Response>
class UnaryMethod {
 public:
  UnaryMethod(Peer peer, std::string_view path)
      : method_(std::move(peer), path, Request::default_instance(), Response::default_instance(), false) {}

  /// `done` runs on a thread of gRPC or of the peer, or before this returns when the call is over by then: it
  /// must not block, and no lock that it takes may be held here.
  void operator()(const Call& call, Request request, Done<Response> done) const {
    method_.Unary(call, std::make_unique<TypedExchange>(std::move(request), std::move(done)));
  }

  /// The same into a response of the caller's, which may lie on an arena. It is kept until the peer lets go
  /// of it, which may be later than `done`: after a deadline a peer of this process may still write into it.
  void operator()(const Call& call, Request request, std::shared_ptr<Response> response,
                  absl::AnyInvocable<void(absl::Status)> done) const {
    method_.Unary(
        call, std::make_unique<FillingExchange>(std::move(request), std::move(response), std::move(done)));
  }

 private:
  class TypedExchange final : public internal::Exchange {
   public:
    TypedExchange(Request request, Done<Response> done)
        : request_(std::move(request)), done_(std::move(done)) {}
    const google::protobuf::Message& request() const override { return request_; }
    google::protobuf::Message& response() override { return response_; }
    void End(absl::Status status) override {
      if (!status.ok()) return done_(std::move(status));
      done_(std::move(response_));
    }

   private:
    const Request request_;
    Response response_;
    Done<Response> done_;
  };

  class FillingExchange final : public internal::Exchange {
   public:
    FillingExchange(Request request, std::shared_ptr<Response> response,
                    absl::AnyInvocable<void(absl::Status)> done)
        : request_(std::move(request)), response_(std::move(response)), done_(std::move(done)) {}
    const google::protobuf::Message& request() const override { return request_; }
    google::protobuf::Message& response() override { return *response_; }
    void End(absl::Status status) override { done_(std::move(status)); }

   private:
    const Request request_;
    const std::shared_ptr<Response> response_;
    absl::AnyInvocable<void(absl::Status)> done_;
  };

  internal::ClientMethod method_;
};

/// A server-streaming method of a peer.
template <class Request, class Response>
class StreamMethod {
 public:
  StreamMethod(Peer peer, std::string_view path)
      : method_(std::move(peer), path, Request::default_instance(), Response::default_instance(), true) {}

  /// `on_message` gets one message at a time and the right to the next: call it, now or later, when the
  /// message has been dealt with; drop it to end the stream. `done` comes last, once, with OK when the peer
  /// ended the stream by itself. Both run on gRPC threads and must not block. A stream without a deadline in
  /// `call` has none.
  void operator()(const Call& call, const Request& request,
                  absl::AnyInvocable<void(const Response&, ReadNext)> on_message,
                  absl::AnyInvocable<void(absl::Status)> done) const {
    method_.Stream(
        call, request, std::make_unique<Response>(),
        [on_message = std::move(on_message)](const google::protobuf::Message& message,
                                             ReadNext next) mutable {
          on_message(static_cast<const Response&>(message), std::move(next));
        },
        std::move(done));
  }

 private:
  internal::ClientMethod method_;
};

}  // namespace limpid::rpc

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

#include "libs/base/call.h"
#include "libs/rpc/door.h"

/// Services served by their descriptors: no generated stubs, and no gRPC header for those who write handlers.
namespace limpid::rpc {

/// Where a handler runs.
enum class Run {
  kExecutor,  ///< On the door's bounded executor: may ask its own storage.
  kInline,  ///< On the thread that read the request: for computations of microseconds, and what never waits.
};

namespace internal {

/// Finishes a unary call: its response is filled, or the status says why not. Once.
using FinishUnary = absl::AnyInvocable<void(absl::Status)>;

/// The sending end of a stream, without its type.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  virtual void Write(const google::protobuf::Message& message, absl::AnyInvocable<void(bool)> written) = 0;
  virtual void Finish(absl::Status status) = 0;
};

/// A method with its types erased.
struct UnaryHandler {
  const google::protobuf::Message* request_prototype;
  const google::protobuf::Message* response_prototype;
  Run run;
  /// The response is filled field by field; else one that the handler made is moved into it.
  bool in_place = false;
  /// One of both is set. The messages of `async` live until it finishes.
  std::function<absl::Status(const Call&, const google::protobuf::Message&, google::protobuf::Message&)> sync;
  std::function<void(const Call&, const google::protobuf::Message&, google::protobuf::Message&, FinishUnary)>
      async;
};

struct ServerStreamHandler {
  const google::protobuf::Message* request_prototype;
  const google::protobuf::Message* response_prototype;
  Run run;
  std::function<void(const Call&, const google::protobuf::Message&, std::shared_ptr<StreamWriter>)> start;
};

}  // namespace internal

/// The sending end of a server stream, given to its handler.
///
/// One message at a time: write the next after `written` was called, so that a slow reader slows the writer
/// down instead of filling memory. `call.stop` is requested when the reader has gone. Movable; any thread,
/// one at a time. Dropped without Finish, the stream ends with INTERNAL.
template <class Response>
class ServerStream {
 public:
  explicit ServerStream(std::shared_ptr<internal::StreamWriter> writer) : writer_(std::move(writer)) {}

  /// `written(true)`: gRPC has taken the message, write the next. `written(false)`: the reader has gone; only
  /// Finish is of use. Called on a gRPC thread: it must not block.
  void Write(const Response& message, absl::AnyInvocable<void(bool)> written) {
    writer_->Write(message, std::move(written));
  }
  /// Ends the stream. Not while a message is being written.
  void Finish(absl::Status status) { writer_->Finish(std::move(status)); }

 private:
  std::shared_ptr<internal::StreamWriter> writer_;
};

/// A service that a Server can serve. Made by ServiceBuilder, or by the gateway for services that it
/// forwards.
class Service {
 public:
  virtual ~Service() = default;
  /// `limpid.verify.v1.EmailService`.
  virtual const std::string& full_name() const = 0;
};

struct MethodOptions {
  Run run = Run::kExecutor;
};

struct StreamOptions {
  Run run = Run::kExecutor;
  /// Requests of one stream that may be worked on at once; more are not read before one is answered.
  int max_in_flight = 32;
};

/// Builds a service from its descriptor and one handler for each method.
///
///   return ServiceBuilder("limpid.verify.v1.EmailService", door)
///       .Unary<VerifyEmailRequest, EmailVerdict>("VerifyEmail", handler, {.run = Run::kInline})
///       .Build();
///
/// A name, type or method that does not agree with the descriptor ends the process with a clear line: it is a
/// mistake in our own code. A request that is no message of its type, or holds text that is not UTF-8, never
/// reaches a handler: INVALID_ARGUMENT with MALFORMED_MESSAGE or INVALID_UTF8 and the path.
class ServiceBuilder {
 public:
  ServiceBuilder(std::string_view full_name, std::shared_ptr<const Door> door);
  ~ServiceBuilder();
  ServiceBuilder(const ServiceBuilder&) = delete;
  ServiceBuilder& operator=(const ServiceBuilder&) = delete;

  /// One request, one answer. `handler` is one of
  ///   absl::StatusOr<Response>(const Call&, const Request&)
  ///   absl::Status(const Call&, const Request&, Response&)       fills the answer in place: cheapest
  ///   void(const Call&, const Request&, Done<Response>)          for what waits on the network
  ///   void(const Call&, const Request&, Response&, absl::AnyInvocable<void(absl::Status)>)
  ///                                    for what may wait on the network: as cheap as the second when it does
  ///                                    not
  /// The third always starts inline, the others where `options.run` says. None may block; request, response
  /// and call live until the last argument was called.
  template <class Request, class Response, class Handler>
  ServiceBuilder& Unary(std::string_view method, Handler handler, MethodOptions options = {}) {
    AddUnary(method, MakeUnary<Request, Response>(std::move(handler), options.run));
    return *this;
  }

  /// One request, many answers: `void(const Call&, const Request&, ServerStream<Response>)`. `call` and
  /// request live until the stream has ended.
  template <class Request, class Response, class Handler>
  ServiceBuilder& Stream(std::string_view method, Handler handler, MethodOptions options = {}) {
    AddServerStream(
        method,
        {.request_prototype = &Request::default_instance(),
         .response_prototype = &Response::default_instance(),
         .run = options.run,
         .start = [handler = std::move(handler)](const Call& call, const google::protobuf::Message& request,
                                                 std::shared_ptr<internal::StreamWriter> writer) {
           handler(call, static_cast<const Request&>(request), ServerStream<Response>(std::move(writer)));
         }});
    return *this;
  }

  /// Each request of an unending stream gets one answer, in the order in which they are ready. `handler` as
  /// for Unary; its error ends the whole stream, so a faulty row's error belongs into the row's answer.
  template <class Request, class Response, class Handler>
  ServiceBuilder& Map(std::string_view method, Handler handler, StreamOptions options = {}) {
    AddMap(method, MakeUnary<Request, Response>(std::move(handler), options.run), options.max_in_flight);
    return *this;
  }

  std::unique_ptr<Service> Build();

 private:
  class State;

  template <class Request, class Response, class Handler>
  static internal::UnaryHandler MakeUnary(Handler handler, Run run) {
    internal::UnaryHandler erased{.request_prototype = &Request::default_instance(),
                                  .response_prototype = &Response::default_instance(),
                                  .run = run};
    using google::protobuf::Message;
    if constexpr (std::is_invocable_v<Handler, const Call&, const Request&, Done<Response>>) {
      erased.run = Run::kInline;
      erased.async = [handler = std::move(handler)](const Call& call, const Message& request,
                                                    Message& response, internal::FinishUnary finish) {
        handler(call, static_cast<const Request&>(request),
                [&response, finish = std::move(finish)](absl::StatusOr<Response> result) mutable {
                  if (result.ok()) static_cast<Response&>(response) = *std::move(result);
                  finish(result.status());
                });
      };
    } else if constexpr (std::is_invocable_v<Handler, const Call&, const Request&, Response&,
                                             internal::FinishUnary>) {
      erased.in_place = true;
      erased.async = [handler = std::move(handler)](const Call& call, const Message& request,
                                                    Message& response, internal::FinishUnary finish) {
        handler(call, static_cast<const Request&>(request), static_cast<Response&>(response),
                std::move(finish));
      };
    } else if constexpr (std::is_invocable_v<Handler, const Call&, const Request&, Response&>) {
      erased.in_place = true;
      erased.sync = [handler = std::move(handler)](const Call& call, const Message& request,
                                                   Message& response) {
        return handler(call, static_cast<const Request&>(request), static_cast<Response&>(response));
      };
    } else {
      erased.sync = [handler = std::move(handler)](const Call& call, const Message& request,
                                                   Message& response) -> absl::Status {
        absl::StatusOr<Response> result = handler(call, static_cast<const Request&>(request));
        if (!result.ok()) return result.status();
        static_cast<Response&>(response) = *std::move(result);
        return absl::OkStatus();
      };
    }
    return erased;
  }

  void AddUnary(std::string_view method, internal::UnaryHandler handler);
  void AddServerStream(std::string_view method, internal::ServerStreamHandler handler);
  void AddMap(std::string_view method, internal::UnaryHandler handler, int max_in_flight);

  std::unique_ptr<State> state_;
};

}  // namespace limpid::rpc

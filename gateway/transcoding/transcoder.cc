#include "gateway/transcoding/transcoder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "gateway/domain/stream_stop.h"
#include "gateway/transcoding/entity_tag.h"
#include "gateway/transcoding/request_reader.h"
#include "gateway/transcoding/stream_answer.h"
#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"
#include "libs/http/problem.h"
#include "libs/http/request_id.h"
#include "libs/rpc/language.h"
#include "libs/rpc/wire.h"

namespace limpid::gateway {
namespace {

using google::protobuf::Message;

constexpr std::string_view kDomain = "gateway.limpid";
constexpr size_t kMaxIdempotencyKey = 255;
// Of W3C trace context; version 00 has 55 characters.
constexpr size_t kMaxTraceparent = 128;
// Room that most answers need no more of: a text that grows is copied each time.
constexpr size_t kTypicalBody = 4096;

bool IsVisibleAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool IsTraceparent(std::string_view text) {
  return text.size() <= kMaxTraceparent && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
         });
}

bool IsPreflight(const http::Request& request) {
  return request.method() == "OPTIONS" && request.Header("Origin") &&
         request.Header("Access-Control-Request-Method");
}

// A binding for GET answers HEAD too; the server leaves the body out.
std::string_view RoutedMethod(const http::Request& request) {
  if (IsPreflight(request)) return *request.Header("Access-Control-Request-Method");
  return request.method() == "HEAD" ? "GET" : request.method();
}

std::string AllowedMethods(const std::vector<std::string_view>& methods) {
  std::string allowed;
  for (const std::string_view method : methods) {
    StrAppend(allowed, allowed.empty() ? "" : ", ", method, method == "GET" ? ", HEAD" : "");
  }
  return allowed;
}

}  // namespace

/// A binding with everything that its calls have in common.
struct Transcoder::Route {
  HttpBinding binding;
  std::shared_ptr<Upstream> upstream;
  std::vector<rpc::CallObserver> observers;
};

/// One request on its way.
struct Transcoder::Exchange {
  std::shared_ptr<const Route> route;
  std::vector<std::string_view> segments;  ///< Views into the request's target.
  http::Request request;
  http::Responder responder;
  SteadyTime begin;
  Call call;
  std::optional<StreamStop> stream_stop;
  http::Headers headers;  ///< Of the answer, whatever it is.

  http::ProblemContext context() const { return {.instance = request.path(), .request_id = call.request_id}; }

  void Observe(const absl::Status& status) const {
    const rpc::CallRecord record{
        .call = call, .status = status, .elapsed = absl::FromChrono(SystemClock().SteadyNow() - begin)};
    for (const rpc::CallObserver& observe : route->observers) observe(record);
  }

  http::Response Problem(const absl::Status& status) const {
    http::Response response = http::ProblemResponse(WithDomain(status, kDomain), context());
    response.headers.insert(response.headers.end(), headers.begin(), headers.end());
    return response;
  }

  void Fail(const absl::Status& status) {
    Observe(status);
    responder.Send(Problem(status));
  }

  void Answer(const Message& message) {
    Observe(absl::OkStatus());
    http::Response response{.headers = std::move(headers)};
    response.headers.emplace_back("Content-Type", "application/json");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Request-Id", call.request_id);
    if (std::string tag = EntityTagOf(message); !tag.empty())
      response.headers.emplace_back("ETag", std::move(tag));
    response.body.reserve(kTypicalBody);
    http::AppendJson(message, response.body);
    responder.Send(std::move(response));
  }
};

absl::StatusOr<std::unique_ptr<Transcoder>> Transcoder::Make(const std::vector<Service>& services,
                                                             std::shared_ptr<Gatekeeper> gatekeeper,
                                                             Options options) {
  std::unique_ptr<Transcoder> transcoder(new Transcoder(std::move(gatekeeper), std::move(options)));
  for (const Service& service : services) {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service.full_name);
    if (descriptor == nullptr) return NotFound("service", service.full_name);
    auto bindings = BindingsOf(*descriptor);
    if (!bindings.ok()) return bindings.status();
    for (HttpBinding& binding : *bindings) {
      const size_t index = transcoder->routes_.size();
      absl::Status added = transcoder->table_.Add(binding.http_method, binding.path, index);
      if (!added.ok())
        return AlreadyExists(reason::kAlreadyExists, StrCat(binding.path_text, ": ", added.message()));
      const std::string method = StrCat(service.full_name, "/", binding.method->name());
      Route route{.binding = std::move(binding), .upstream = service.upstream};
      for (const auto& make : transcoder->options_.observers) route.observers.push_back(make(method));
      transcoder->routes_.push_back(std::make_shared<const Route>(std::move(route)));
    }
  }
  return transcoder;
}

Transcoder::Transcoder(std::shared_ptr<Gatekeeper> gatekeeper, Options options)
    : gatekeeper_(std::move(gatekeeper)), options_(std::move(options)) {}

Transcoder::~Transcoder() = default;

void Transcoder::Handle(http::Request request, http::Responder responder) {
  auto exchange = std::make_unique<Exchange>();
  // First, because the segments are views into the target.
  exchange->request = std::move(request);
  exchange->responder = std::move(responder);
  RouteTable::Match match = table_.Find(RoutedMethod(exchange->request), exchange->request.path());
  if (match.target == nullptr) {
    return HandleWithoutRoute(exchange->request, match, std::move(exchange->responder));
  }
  exchange->route = routes_[*match.target];
  exchange->segments = std::move(match.segments);
  const google::protobuf::MethodDescriptor& method = *exchange->route->binding.method;
  if (IsPreflight(exchange->request)) {
    return exchange->responder.Send(
        {.status = 204, .headers = gatekeeper_->Preflight(exchange->request, method)});
  }
  if (absl::Status headers = ReadHeaders(*exchange); !headers.ok()) return exchange->Fail(headers);
  const http::Request& held = exchange->request;
  gatekeeper_->Admit(held, method, [this, exchange = std::move(exchange)](Admission admission) mutable {
    Admitted(std::move(exchange), std::move(admission));
  });
}

void Transcoder::HandleWithoutRoute(const http::Request& request, const RouteTable::Match& match,
                                    http::Responder responder) {
  if (!match.methods.empty() && request.method() == "OPTIONS") {
    return responder.Send({.status = 204, .headers = {{"Allow", AllowedMethods(match.methods)}}});
  }
  const std::string id = http::RequestIdOf(request);
  absl::Status status = match.methods.empty()
                            ? NotFound("path", request.path())
                            : MakeError(absl::StatusCode::kUnimplemented, reason::kMethodNotAllowed,
                                        StrCat("Here are offered: ", AllowedMethods(match.methods), "."));
  http::Response response = http::ProblemResponse(WithDomain(std::move(status), kDomain),
                                                  {.instance = request.path(), .request_id = id});
  if (!match.methods.empty()) response.headers.emplace_back("Allow", AllowedMethods(match.methods));
  responder.Send(std::move(response));
}

absl::Status Transcoder::ReadHeaders(Exchange& exchange) const {
  const http::Request& request = exchange.request;
  Call& call = exchange.call;
  exchange.begin = SystemClock().SteadyNow();
  // A stream may go on for days.
  if (!exchange.route->binding.method->server_streaming()) {
    call.deadline = exchange.begin + absl::ToChronoNanoseconds(options_.default_deadline);
  }
  call.stop = request.stop;
  call.request_id = http::RequestIdOf(request);
  if (const auto trace = request.Header("traceparent"); trace && IsTraceparent(*trace))
    call.traceparent = *trace;
  if (const auto accepted = request.Header("Accept-Language"))
    call.language = rpc::PreferredLanguage(*accepted);
  if (const auto key = request.Header("Idempotency-Key")) {
    if (key->empty() || key->size() > kMaxIdempotencyKey || !IsVisibleAscii(*key)) {
      return InvalidField("Idempotency-Key", reason::kInvalidFormat,
                          "An idempotency key has 1 to 255 visible ASCII characters.");
    }
    call.idempotency_key = *key;
  }
  return absl::OkStatus();
}

absl::Status Transcoder::JudgeRole(const Route& route, const Admission& admission) {
  const rpc::Access& access = route.binding.access;
  if (!admission.status.ok()) {
    const bool nobody = access.AdmitsAnyone() && ReasonOf(admission.status) == reason::kCredentialsMissing;
    return nobody ? absl::OkStatus() : admission.status;
  }
  if (access.Admits(admission.principal.role) || access.AdmitsAnyone()) return absl::OkStatus();
  return PermissionDenied(reason::kRoleNotAllowed, "The role of this key does not admit this call.");
}

void Transcoder::Admitted(std::unique_ptr<Exchange> exchange, Admission admission) {
  exchange->headers = std::move(admission.headers);
  if (absl::Status judged = JudgeRole(*exchange->route, admission); !judged.ok())
    return exchange->Fail(judged);
  if (admission.status.ok()) {
    exchange->call.tenant = std::move(admission.principal.tenant);
    exchange->call.role = admission.principal.role;
    exchange->call.key = std::move(admission.principal.key);
  }
  Forward(std::move(exchange));
}

void Transcoder::Forward(std::unique_ptr<Exchange> exchange) const {
  const Route& route = *exchange->route;
  auto message = ReadRequest(route.binding, exchange->segments, exchange->request);
  if (!message.ok()) return exchange->Fail(message.status());
  Call& call = exchange->call;
  if (!call.idempotency_key.empty()) call.request_digest = rpc::RequestDigest(**message);

  if (!route.binding.method->server_streaming()) {
    // A copy of the call: the exchange moves into the callback.
    const Call forwarded = call;
    return route.upstream->Unary(
        forwarded, *route.binding.method, *std::move(message),
        [exchange = std::move(exchange)](absl::StatusOr<Upstream::Answer> answer) mutable {
          if (!answer.ok()) return exchange->Fail(answer.status());
          exchange->Answer(**answer);
        });
  }
  const std::shared_ptr<Exchange> shared = std::move(exchange);
  shared->stream_stop.emplace(shared->request.stop, ending_.get_token());
  shared->call.stop = shared->stream_stop->token();
  // A stream that the door gave up is not one that its client gave up.
  const auto why = [ending = ending_.get_token()](const absl::Status& status) {
    return absl::IsCancelled(status) && ending.stop_requested() ? Unavailable("gateway") : status;
  };
  StreamAnswerOptions options{
      .form = StreamFormOf(shared->request),
      .headers = shared->headers,
      .problem = [shared, why](const absl::Status& status) { return shared->Problem(why(status)); },
      .problem_json =
          [shared, why](const absl::Status& status) {
            std::string json;
            http::AppendProblem(WithDomain(why(status), kDomain), shared->context(), json);
            return json;
          },
      .ended = [shared, why](const absl::Status& status) { shared->Observe(why(status)); }};
  options.headers.emplace_back("Cache-Control", "no-store");
  options.headers.emplace_back("X-Request-Id", shared->call.request_id);
  auto sink = MakeStreamAnswer(std::move(shared->responder), std::move(options));
  route.upstream->ServerStream(shared->call, *route.binding.method, *std::move(message), std::move(sink));
}

}  // namespace limpid::gateway

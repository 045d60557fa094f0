#include "libs/rpc/served_call.h"

#include <utility>

#include <google/protobuf/descriptor.h>

#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/request_id.h"
#include "libs/base/strings.h"
#include "libs/rpc/call_line.h"
#include "libs/rpc/language.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/observers.h"

namespace limpid::rpc {
namespace {

constexpr size_t kMaxIdempotencyKey = 255;
// Longer is no W3C traceparent (version 00 has 55 characters).
constexpr size_t kMaxTraceparent = 128;

std::vector<CallObserver> ObserversOf(const Door& door, std::string_view method) {
  std::vector<CallObserver> observers;
  for (const CallObserverFactory& make : door.observers) observers.push_back(make(method));
  return observers;
}

absl::Status HideFault(const absl::Status& status, std::string_view request_id) {
  return WithMetadata(
      MakeError(status.code(), reason::kInternal,
                "A fault of ours: the request id helps those who run the service to find it."),
      "request_id", request_id);
}

}  // namespace

ServedMethod::ServedMethod(const google::protobuf::MethodDescriptor& method,
                           std::shared_ptr<const Door> method_door)
    : descriptor(method),
      path(StrCat("/", method.service()->full_name(), "/", method.name())),
      access(method),
      streaming(method.client_streaming() || method.server_streaming()),
      door(std::move(method_door)),
      observers(ObserversOf(*door, std::string_view(path).substr(1))) {}

ServedCall::ServedCall(const ServedMethod& method, const CallMetadata& metadata, SteadyTime begin,
                       SteadyTime deadline)
    : method_(method), metadata_(metadata), begin_(begin) {
  call_.stop = stop_.get_token();
  call_.deadline = deadline;
  // A stream may go on for days; a unary call without an end is a mistake of its caller.
  if (call_.deadline == SteadyTime::max() && !method.streaming) {
    call_.deadline = begin_ + absl::ToChronoNanoseconds(method.door->default_deadline);
  }
}

void ServedCall::Enter() {
  ReadMetadata();
  if (absl::Status status = call_.Check(); !status.ok()) return Entered(std::move(status));
  method_.door->authenticator->Authenticate(
      metadata_, [this](absl::StatusOr<Principal> principal) { Authenticated(std::move(principal)); });
}

void ServedCall::Authenticated(absl::StatusOr<Principal> principal) {
  if (principal.ok()) {
    call_.tenant = std::move(principal->tenant);
    call_.role = principal->role;
    call_.key = std::move(principal->key);
  } else if (!method_.access.AdmitsAnyone() || ReasonOf(principal.status()) != reason::kCredentialsMissing) {
    return Entered(principal.status());
  }
  if (!method_.access.Admits(call_.role) && !method_.access.AdmitsAnyone()) {
    return Entered(
        PermissionDenied(reason::kRoleNotAllowed, "The role of this key does not admit this call."));
  }
  Entered(ReadIdempotencyKey());
}

void ServedCall::ReadMetadata() {
  CallLine line;
  if (!method_.door->outer) line = ReadCallLine(metadata_.Get(kCallKey).value_or(std::string_view()));
  std::string_view id = line.request_id;
  if (id.empty()) id = metadata_.Get(kRequestIdKey).value_or(std::string_view());
  call_.request_id = IsRequestId(id) ? std::string(id) : NewRequestId();
  if (const auto trace = metadata_.Get(kTraceparentKey); trace && trace->size() <= kMaxTraceparent) {
    call_.traceparent = *trace;
  }
  if (method_.door->outer) {
    if (const auto accepted = metadata_.Get(kAcceptLanguageKey))
      call_.language = PreferredLanguage(*accepted);
    return;
  }
  call_.language = line.language;
  if (const auto digest = metadata_.Get(kRequestDigestKey)) call_.request_digest = *digest;
}

absl::Status ServedCall::ReadIdempotencyKey() {
  const auto key = metadata_.Get(kIdempotencyKeyKey);
  if (!key) return absl::OkStatus();
  if (key->empty() || key->size() > kMaxIdempotencyKey) {
    return InvalidField(kIdempotencyKeyKey, reason::kTooLong, "An idempotency key has 1 to 255 characters.");
  }
  call_.idempotency_key = *key;
  return absl::OkStatus();
}

absl::Status ServedCall::Conclude(const absl::Status& status) {
  const CallRecord record{
      .call = call_, .status = status, .elapsed = absl::FromChrono(SystemClock().SteadyNow() - begin_)};
  for (const CallObserver& observe : method_.observers) observe(record);
  if (status.ok()) return status;
  // What bears a domain comes from another service of ours, which has hidden what must be hidden.
  if (IsOurFault(status.code()) && DetailsOf(status).domain.empty()) {
    return WithDomain(HideFault(status, call_.request_id), method_.door->domain);
  }
  return WithDomain(status, method_.door->domain);
}

}  // namespace limpid::rpc

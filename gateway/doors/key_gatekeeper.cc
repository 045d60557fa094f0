#include "gateway/doors/key_gatekeeper.h"

#include <string>
#include <utility>

#include "gateway/identity/cors.h"
#include "libs/rpc/access.h"
#include "libs/rpc/metadata.h"

namespace limpid::gateway {
namespace {

rpc::Principal PrincipalOf(const Identity& identity) {
  return {.tenant = identity.tenant, .role = identity.role, .key = identity.key};
}

}  // namespace

void KeyGatekeeper::Admit(const http::Request& request, const google::protobuf::MethodDescriptor& method,
                          absl::AnyInvocable<void(Admission)> done) {
  const std::string_view authorization = request.Header("Authorization").value_or("");
  std::string origin(request.Header("Origin").value_or(""));
  if (authorization.empty() && rpc::Access(method).AdmitsAnyone()) {
    return done({.status = quota_.AdmitKeyless(request.remote_address),
                 .principal = {},
                 .headers = AnswerHeaders(origin, nullptr)});
  }
  // The origin as the request holds it: the copy moves into the callback before it is looked at.
  const Credentials credentials = {.authorization = authorization,
                                   .origin = request.Header("Origin").value_or(""),
                                   .peer = request.remote_address};
  authenticator_.Authenticate(
      credentials, [this, origin = std::move(origin), done = std::move(done)](
                       absl::StatusOr<std::shared_ptr<const Identity>> identity) mutable {
        if (!identity.ok()) {
          return done(
              {.status = identity.status(), .principal = {}, .headers = AnswerHeaders(origin, nullptr)});
        }
        done({.status = quota_.Admit(**identity),
              .principal = PrincipalOf(**identity),
              .headers = AnswerHeaders(origin, identity->get())});
      });
}

http::Headers KeyGatekeeper::Preflight(const http::Request& request,
                                       const google::protobuf::MethodDescriptor& method) {
  return PreflightHeaders(request.Header("Origin").value_or(""),
                          request.Header("Access-Control-Request-Method").value_or(""),
                          rpc::Access(method).Admits(Role::kCapture));
}

void KeyDoorAuthenticator::Authenticate(const rpc::CallMetadata& metadata, Done<rpc::Principal> done) {
  std::string peer = metadata.Peer();
  if (!proxies_.empty()) peer = proxies_.ClientOf(peer, metadata.GetAll(proxies_.header()));
  const Credentials credentials = {.authorization = metadata.Get(rpc::kAuthorizationKey).value_or(""),
                                   .origin = metadata.Get("origin").value_or(""),
                                   .peer = peer};
  if (credentials.authorization.empty()) {
    // Whether this method needs a key is the door's to judge.
    if (absl::Status status = quota_.AdmitKeyless(peer); !status.ok()) return done(std::move(status));
  }
  authenticator_.Authenticate(
      credentials,
      [this, done = std::move(done)](absl::StatusOr<std::shared_ptr<const Identity>> identity) mutable {
        if (!identity.ok()) return done(identity.status());
        if (absl::Status status = quota_.Admit(**identity); !status.ok()) return done(std::move(status));
        done(PrincipalOf(**identity));
      });
}

}  // namespace limpid::gateway

#pragma once

#include <utility>

#include "gateway/doors/quota.h"
#include "gateway/identity/authenticator.h"
#include "gateway/identity/trusted_proxies.h"
#include "gateway/transcoding/gatekeeper.h"
#include "libs/rpc/door.h"

namespace limpid::gateway {

/// The HTTP door: who calls, by the API key in `Authorization`; whether the quota admits it; what browsers
/// are told about other sites. All given outlive it. Thread-safe.
class KeyGatekeeper final : public Gatekeeper {
 public:
  KeyGatekeeper(Authenticator& authenticator, Quota& quota) : authenticator_(authenticator), quota_(quota) {}

  void Admit(const http::Request& request, const google::protobuf::MethodDescriptor& method,
             absl::AnyInvocable<void(Admission)> done) override;
  http::Headers Preflight(const http::Request& request,
                          const google::protobuf::MethodDescriptor& method) override;

 private:
  Authenticator& authenticator_;
  Quota& quota_;
};

/// The gRPC door: the same, by the metadata `authorization`. Callers behind a trusted proxy are told apart by
/// what it says of them.
class KeyDoorAuthenticator final : public rpc::Authenticator {
 public:
  KeyDoorAuthenticator(gateway::Authenticator& authenticator, Quota& quota, TrustedProxies proxies)
      : authenticator_(authenticator), quota_(quota), proxies_(std::move(proxies)) {}

  void Authenticate(const rpc::CallMetadata& metadata, Done<rpc::Principal> done) override;

 private:
  gateway::Authenticator& authenticator_;
  Quota& quota_;
  const TrustedProxies proxies_;
};

}  // namespace limpid::gateway

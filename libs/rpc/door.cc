#include "libs/rpc/door.h"

#include <utility>

#include "libs/rpc/call_line.h"
#include "libs/rpc/metadata.h"

namespace limpid::rpc {
namespace {

class PrincipalAuthenticator final : public Authenticator {
 public:
  explicit PrincipalAuthenticator(std::shared_ptr<PrincipalVerifier> verifier)
      : verifier_(std::move(verifier)) {}

  void Authenticate(const CallMetadata& metadata, Done<Principal> done) override {
    done(verifier_->Verify(ReadCallLine(metadata.Get(kCallKey).value_or(std::string_view())).principal));
  }

 private:
  const std::shared_ptr<PrincipalVerifier> verifier_;
};

}  // namespace

std::unique_ptr<Authenticator> MakePrincipalAuthenticator(std::shared_ptr<PrincipalVerifier> verifier) {
  return std::make_unique<PrincipalAuthenticator>(std::move(verifier));
}

}  // namespace limpid::rpc

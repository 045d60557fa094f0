#include "libs/rpc/door.h"

#include <utility>

#include "libs/rpc/metadata.h"

namespace limpid::rpc {
namespace {

class PrincipalAuthenticator final : public Authenticator {
 public:
  explicit PrincipalAuthenticator(std::shared_ptr<PrincipalVerifier> verifier)
      : verifier_(std::move(verifier)) {}

  void Authenticate(const CallMetadata& metadata, Done<Principal> done) override {
    done(verifier_->Verify(metadata.Get(kPrincipalKey).value_or(std::string_view())));
  }

 private:
  const std::shared_ptr<PrincipalVerifier> verifier_;
};

}  // namespace

std::unique_ptr<Authenticator> MakePrincipalAuthenticator(std::shared_ptr<PrincipalVerifier> verifier) {
  return std::make_unique<PrincipalAuthenticator>(std::move(verifier));
}

}  // namespace limpid::rpc

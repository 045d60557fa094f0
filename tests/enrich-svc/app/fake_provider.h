#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "enrich-svc/app/provider.h"

namespace limpid::enrich {

/// A provider that does what a test says.
class FakeProvider final : public Provider {
 public:
  using Behaviour = std::function<void(const Call&, const Profile&, Done<Completions>)>;

  FakeProvider(std::string_view id, Behaviour behaviour)
      : info_{.id = id}, behaviour_(std::move(behaviour)) {}
  /// One that answers the same each time.
  FakeProvider(std::string_view id, absl::StatusOr<Completions> answer)
      : FakeProvider(id, [answer = std::move(answer)](const Call&, const Profile&, Done<Completions> done) {
          done(answer);
        }) {}

  const ProviderInfo& info() const override { return info_; }
  void Ask(const Call& call, const Profile& profile, Done<Completions> done) const override {
    behaviour_(call, profile, std::move(done));
  }

 private:
  const ProviderInfo info_;
  const Behaviour behaviour_;
};

template <class... Made>
ProvidersInForce MakeFakes(Made... made) {
  Providers providers;
  (providers.push_back(std::make_unique<FakeProvider>(std::move(made))), ...);
  return ProvidersInForce(std::make_shared<const Providers>(std::move(providers)));
}

}  // namespace limpid::enrich

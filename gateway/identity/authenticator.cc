#include "gateway/identity/authenticator.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/identity/sha256_secret_mint.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::gateway {
namespace {

/// The token of `Bearer <token>` (RFC 6750 §2.1); the scheme's name in any case (RFC 9110 §11.1).
std::string_view BearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() < kScheme.size() ||
      !std::ranges::equal(authorization.substr(0, kScheme.size()), kScheme, [](char given, char wanted) {
        return given == wanted || (given >= 'A' && given <= 'Z' && given + 32 == wanted);
      })) {
    return {};
  }
  authorization.remove_prefix(kScheme.size());
  while (authorization.substr(0, 1) == " ") authorization.remove_prefix(1);
  return authorization;
}

CachedKey ToCached(KeyOfSecret found, int default_rate) {
  CachedKey cached{.revoked = found.key.revoke_time.has_value(),
                   .expire_time = found.secret_expire_time.value_or(absl::InfiniteFuture())};
  cached.identity = std::make_shared<const Identity>(
      Identity{.tenant = std::move(found.key.tenant),
               .role = found.key.role,
               .key = std::move(found.key.id),
               .rate_per_minute = found.key.rate_per_minute.value_or(default_rate),
               .origins = std::move(found.key.origins),
               .settings = {.default_region = std::move(found.tenant.default_region),
                            .language_code = std::move(found.tenant.language_code)}});
  return cached;
}

}  // namespace

Authenticator::Authenticator(Options options, IdentityStore& store, KeyCache& cache, Executor& executor,
                             const Clock& clock)
    : options_(options),
      store_(store),
      cache_(cache),
      executor_(executor),
      clock_(clock),
      refusals_(options.refusals, clock) {}

void Authenticator::Authenticate(const Credentials& credentials, Done<std::shared_ptr<const Identity>> done) {
  if (credentials.authorization.empty()) {
    return done(Unauthenticated(reason::kCredentialsMissing, "Give an API key: Authorization: Bearer lk_…"));
  }
  const std::string_view token = BearerToken(credentials.authorization);
  if (!IsWellFormedSecret(token)) return done(Refuse(credentials.peer));

  const SecretHash secret = HashSecret(token);
  if (const std::optional<KeyCache::Answer> cached = cache_.Find(secret)) {
    return done(Judge(cached->key, credentials.origin, credentials.peer));
  }
  // Whoever guesses must not keep the database busy either.
  if (const absl::Duration wait = refusals_.Wait(credentials.peer); wait > absl::ZeroDuration()) {
    return done(RateLimited(wait));
  }
  // Shared by both paths: a task that is not admitted is destroyed, and `done` with it.
  auto shared_done = std::make_shared<Done<std::shared_ptr<const Identity>>>(std::move(done));
  const absl::Status submitted =
      executor_.Submit([this, secret, shared_done, origin = std::string(credentials.origin),
                        peer = std::string(credentials.peer)] {
        const absl::StatusOr<std::optional<CachedKey>> loaded = Load(secret);
        if (!loaded.ok()) return (*shared_done)(loaded.status());
        (*shared_done)(Judge(*loaded, origin, peer));
      });
  if (!submitted.ok()) (*shared_done)(submitted);
}

TenantSettings Authenticator::SettingsOf(const TenantId& tenant) const {
  MutexLock lock(tenants_mutex_);
  const auto it = tenants_.find(tenant);
  return it == tenants_.end() ? TenantSettings{} : it->second;
}

absl::StatusOr<std::optional<CachedKey>> Authenticator::Load(const SecretHash& secret) {
  const uint64_t generation = cache_.Generation();
  absl::StatusOr<std::optional<KeyOfSecret>> found =
      store_.FindSecret(Call{}.Within(options_.load_timeout), secret);
  if (!found.ok()) return found.status();
  if (!found->has_value()) {
    cache_.PutUnknown(secret, generation);
    return std::nullopt;
  }
  CachedKey cached = ToCached(**std::move(found), options_.default_rate_per_minute);
  {
    MutexLock lock(tenants_mutex_);
    tenants_.insert_or_assign(cached.identity->tenant, cached.identity->settings);
  }
  cache_.Put(secret, cached, generation);
  return cached;
}

Authenticator::Admitted Authenticator::Judge(const std::optional<CachedKey>& key, std::string_view origin,
                                             std::string_view peer) {
  if (!key) return Refuse(peer);
  if (key->revoked) return Unauthenticated(reason::kKeyRevoked, "This API key was revoked.");
  if (key->expire_time <= clock_.Now()) {
    return Unauthenticated(reason::kKeyExpired, "This API key was rotated and its overlap is over.");
  }
  const Identity& identity = *key->identity;
  if (identity.role == Role::kCapture && !origin.empty() &&
      std::ranges::find(identity.origins, origin) == identity.origins.end()) {
    return PermissionDenied(reason::kOriginNotAllowed, "This key is bound to other web origins.");
  }
  return key->identity;
}

Authenticator::Admitted Authenticator::Refuse(std::string_view peer) {
  if (const absl::Duration wait = refusals_.Wait(peer); wait > absl::ZeroDuration()) return RateLimited(wait);
  refusals_.Count(peer);
  return Unauthenticated(reason::kCredentialsInvalid, "This API key is not known.");
}

}  // namespace limpid::gateway

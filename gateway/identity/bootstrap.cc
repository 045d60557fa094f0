#include "gateway/identity/bootstrap.h"

#include <optional>
#include <utility>

#include "gateway/app/issue_key.h"
#include "gateway/identity/key_file.h"
#include "gateway/identity/sha256_secret_mint.h"
#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"
#include "libs/base/secret_file.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(30);

/// A mint for one secret that is there already.
class ThisSecret final : public SecretMint {
 public:
  explicit ThisSecret(std::string secret) : secret_(std::move(secret)) {}
  MintedSecret Mint() override { return {.secret = secret_, .hash = HashSecret(secret_)}; }

 private:
  const std::string secret_;
};

NewKey OperatorKey(const std::string& secret, const Clock& clock, Random& random) {
  ThisSecret mint(secret);
  return IssueKey(TenantId(std::string(kDefaultTenant)),
                  {.display_name = "First operator", .role = Role::kOperator}, mint, clock, random);
}

absl::Status EnsureDefaultTenant(IdentityTransaction& transaction, const Clock& clock) {
  const Tenant tenant{.id = TenantId(std::string(kDefaultTenant)), .create_time = clock.Now()};
  return transaction.InsertTenant(tenant).status();
}

}  // namespace

absl::Status Bootstrap(const BootstrapOptions& options, IdentityStore& store, SecretMint& mint,
                       const Clock& clock, Random& random) {
  const bool given = !options.bootstrap_key.empty();
  if (given && !IsWellFormedSecret(options.bootstrap_key)) {
    return InvalidRequest(reason::kInvalidFormat,
                          "LIMPID_BOOTSTRAP_KEY is no API key: lk_ and 43 characters of base64url.");
  }
  const std::string path = StrCat(options.state_dir, "/", kKeyFileName);
  // What an earlier start wrote but did not store is used before a new one is made.
  const std::optional<std::string> left_over = given ? std::nullopt : ReadKeyFile(path);
  const NewKey candidate =
      OperatorKey(given ? options.bootstrap_key : left_over.value_or(mint.Mint().secret), clock, random);
  const NewKey fresh = OperatorKey(mint.Mint().secret, clock, random);
  const NewKey* to_write = nullptr;

  const absl::Status stored =
      store.Write(Call{}.Within(kTimeout), [&](IdentityTransaction& transaction) -> absl::Status {
        to_write = nullptr;
        if (absl::Status status = EnsureDefaultTenant(transaction, clock); !status.ok()) return status;
        if (!given) {
          const absl::StatusOr<bool> has_operator = transaction.HasOperator();
          if (!has_operator.ok()) return has_operator.status();
          if (*has_operator) return absl::OkStatus();
        }
        const auto known = transaction.FindSecret(candidate.hash);
        if (!known.ok()) return known.status();
        if (given && known->has_value()) return absl::OkStatus();
        // A key file whose key was revoked does not open the door again.
        const NewKey& key = known->has_value() ? fresh : candidate;
        if (!given) {
          to_write = &key;
          // The file first: a key that is stored and written nowhere would lock everybody out.
          if (absl::Status status = WriteSecretFile(path, key.issued.secret); !status.ok()) return status;
        }
        return transaction.InsertKey(key.issued.key, key.hash);
      });
  if (!stored.ok()) return stored;
  if (to_write != nullptr) Log(LogLevel::kInfo, "operator_key_written", {{"file", Label(path)}});
  return absl::OkStatus();
}

}  // namespace limpid::gateway

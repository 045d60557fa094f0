#include "verify-svc/wiring_ownership.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/secret_file.h"
#include "libs/base/strings.h"
#include "libs/service/common_parts.h"
#include "verify-svc/challenges/message_texts.h"
#include "verify-svc/challenges/registry.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kKeySetting = "verify.challenge_key";
constexpr size_t kMinKeyBytes = 32;

/// The key in the state folder of a service that is alone with its database, made when there is none.
absl::StatusOr<std::string> OwnKey(const std::string& path, Random& random) {
  std::string key;
  if (std::ifstream file(path); std::getline(file, key) && key.size() >= kMinKeyBytes) return key;
  key = NewSecret(random);
  if (absl::Status status = WriteSecretFile(path, key); !status.ok()) return status;
  return key;
}

absl::StatusOr<std::vector<std::string>> ChallengeKeys(const Settings& settings, Random& random) {
  std::vector<std::string> keys = settings.List(kKeySetting);
  if (std::ranges::any_of(keys, [](const std::string& key) { return key.size() < kMinKeyBytes; })) {
    return InvalidField(kKeySetting, reason::kInvalidFormat,
                        StrCat(kKeySetting, ": a key has at least ", kMinKeyBytes, " characters"));
  }
  if (!keys.empty()) return keys;
  // A replica with a key of its own would recognise no code that another one sent.
  if (!DatabaseUrl(settings, "verify").starts_with("sqlite:")) {
    return FailedPrecondition(reason::kRequired,
                              StrCat(kKeySetting, " must be given where replicas share a database"));
  }
  absl::StatusOr<std::string> own = OwnKey(StrCat(settings.Text("state_dir"), "/challenge.key"), random);
  if (!own.ok()) return own.status();
  return std::vector<std::string>{*std::move(own)};
}

SendGuard::Options GuardOptions(const Settings& settings) {
  return {.per_destination_hourly = settings.Integer("verify.sends_per_destination"),
          .per_prefix_hourly = settings.Integer("verify.sends_per_prefix"),
          .per_network_hourly = settings.Integer("verify.sends_per_network"),
          .emails_per_tenant_daily = settings.Integer("verify.tenant_emails_a_day"),
          .emails_daily = settings.Integer("verify.emails_a_day"),
          .messages_daily = settings.Integer("verify.messages_a_day"),
          .refusals_per_network_hourly = settings.Integer("verify.refusals_per_network"),
          .conversion_min_sends = settings.Integer("verify.conversion_min_sends"),
          .conversion_min_percent = settings.Integer("verify.conversion_min_percent"),
          .conversion_window = settings.Duration("verify.conversion_window")};
}

}  // namespace

absl::StatusOr<std::unique_ptr<OwnershipParts>> OwnershipParts::Build(SharedParts& shared) {
  const Settings& settings = shared.settings;
  auto parts = std::make_unique<OwnershipParts>();
  parts->policy_ = std::make_shared<const ManagePolicy>(*shared.policy_store, *shared.policies, shared.clock);
  parts->store_ = std::make_unique<SqlChallengeStore>(*shared.database);
  absl::StatusOr<std::vector<std::string>> keys = ChallengeKeys(settings, shared.random);
  if (!keys.ok()) return keys.status();
  parts->mint_ = std::make_unique<HmacCodeMint>(*std::move(keys), shared.random);
  parts->guard_ =
      std::make_unique<SendGuard>(GuardOptions(settings), *parts->store_, *parts->mint_, *shared.metrics);
  std::vector<std::string> files;
  for (const std::string_view file : MessageTexts::kFiles)
    files.push_back(StrCat(shared.data_folder, "/", file));
  auto texts = shared.data.Add<MessageTexts>(
      {.name = "messages",
       .files = std::move(files),
       .load = [folder = shared.data_folder, link_url = settings.Text("verify.link_url")] {
         return MessageTexts::Load(folder, link_url);
       }});
  if (!texts.ok()) return texts.status();
  auto senders = MakeSenders(settings, *std::move(texts), shared.clock, shared.random);
  if (!senders.ok()) return senders.status();
  parts->delivery_ =
      std::make_unique<OrderedDelivery>(*std::move(senders), *shared.metrics, shared.clock, shared.random);
  parts->challenges_ = std::make_shared<const ChallengeCases>(
      ChallengeParts{.options = {.default_region = settings.Text("verify.default_region"),
                                 .brand = settings.Text("verify.challenge_brand"),
                                 .code_lifetime = settings.Duration("verify.code_lifetime"),
                                 .link_lifetime = settings.Duration("verify.link_lifetime"),
                                 .delivery_timeout = settings.Duration("verify.delivery_timeout")},
                     .store = *parts->store_,
                     .mint = *parts->mint_,
                     .delivery = *parts->delivery_,
                     .guard = *parts->guard_,
                     .policies = *shared.policies,
                     .rules = *shared.rules,
                     .executor = *shared.storage,
                     .clock = shared.clock,
                     .random = shared.random});
  parts->upkeep_ = std::make_unique<ChallengeUpkeepJob>(
      ChallengeUpkeep(settings.Duration("verify.challenge_retention"), *parts->store_, shared.clock),
      settings.Duration("verify.challenge_upkeep_interval"));
  return parts;
}

}  // namespace limpid::verify

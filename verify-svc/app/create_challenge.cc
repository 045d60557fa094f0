#include "verify-svc/app/create_challenge.h"

#include <memory>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/unique_id.h"
#include "verify-svc/app/send_challenge.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kField = "challenge";
// What the steps before and after the delivery may take. Then a process that has vanished leaves the key
// free.
constexpr absl::Duration kAroundDelivery = absl::Seconds(10);

absl::Status AtField(const absl::Status& status) {
  ErrorCollector errors;
  errors.Merge(kField, status);
  return errors.Finish();
}

// Gives the challenge, once repeats under its idempotency key are given it, too. On the executor: the store
// must not be asked on a thread of the network.
Done<Challenge> Settling(const ChallengeParts& parts, const Call& call, Done<Challenge> done) {
  return [&executor = parts.executor, &store = parts.store, request_id = call.request_id,
          done = std::move(done)](absl::StatusOr<Challenge> made) mutable {
    if (!made.ok()) return done(std::move(made));
    auto rest = std::make_shared<std::pair<Challenge, Done<Challenge>>>(*std::move(made), std::move(done));
    const absl::Status admitted = executor.Submit([&store, request_id, rest] {
      const Call repair = RepairCall(rest->first.tenant, request_id);
      if (absl::Status status = store.Settle(repair, rest->first.id); !status.ok()) {
        Log(LogLevel::kWarning, "challenge_not_settled", {{"id", Label(rest->first.id.value())}});
      }
      rest->second(std::move(rest->first));
    });
    // Too busy: repeats are told to come again until the time that was set is over.
    if (!admitted.ok()) rest->second(std::move(rest->first));
  };
}

}  // namespace

absl::StatusOr<Destination> CreateChallenge::Judge(const ChallengeRequest& request,
                                                   const Policy& policy) const {
  const std::shared_ptr<const FastRules> rules = parts_.rules.Get();
  if (IsEmail(request.channel)) {
    return EmailDestination(
        rules->email.Verify(request.destination, {.admit_quoted = policy.email.admit_quoted}));
  }
  const std::string& region =
      request.default_region.empty() ? parts_.options.default_region : request.default_region;
  return PhoneDestination(rules->phone.Verify(request.destination, region), request.channel, policy);
}

Challenge CreateChallenge::Make(const Call& call, const ChallengeRequest& request,
                                const Destination& destination, absl::Time now) const {
  const bool link = request.channel == ChallengeChannel::kEmailLink;
  std::string language = request.language.empty() ? call.language : request.language;
  if (language != "en") language = "fr";
  Challenge challenge{
      .id = ChallengeId(NewId("ch", parts_.clock, parts_.random)),
      .tenant = call.tenant,
      .channel = request.channel,
      .destination = destination.address,
      .region_code = destination.region_code,
      .purpose = request.purpose,
      .language = std::move(language),
      .brand = request.brand.empty() ? parts_.options.brand : request.brand,
      .autofill_host = request.autofill_host,
      .notice_version = request.notice_version,
      .source = request.source,
      .create_time = now,
      .expire_time = now + (link ? parts_.options.link_lifetime : parts_.options.code_lifetime),
      .resend_time = now + CoolDown(1)};
  parts_.mint.Strike(challenge);
  return challenge;
}

void CreateChallenge::Run(const Call& call, const ChallengeRequest& request, Done<Challenge> done) const {
  if (absl::Status status = CheckRequest(request); !status.ok()) return done(AtField(status));
  if (absl::Status status = CheckOffered(parts_, request.channel); !status.ok()) return done(status);
  const std::shared_ptr<const Policy> policy = parts_.policies.Of(call.tenant);
  const absl::StatusOr<Destination> destination = Judge(request, *policy);
  if (!destination.ok()) return done(AtField(destination.status()));

  const absl::Time now = StoredNow(parts_.clock);
  if (absl::Status status = parts_.guard.CheckConversion(call, *destination, now); !status.ok()) {
    return done(status);
  }
  std::vector<Allowance> allowances =
      parts_.guard.AllowancesFor(call, request.channel, *destination, request.remote_address, *policy);
  absl::StatusOr<ChallengeStore::Inserted> inserted =
      parts_.store.Insert(call, Make(call, request, *destination, now), parts_.guard.PrefixTag(*destination),
                          allowances, now + parts_.options.delivery_timeout + kAroundDelivery);
  if (!inserted.ok()) return done(inserted.status());
  if (!inserted->made) return done(std::move(inserted->challenge));
  SendChallenge(
      parts_, call, inserted->challenge,
      [&store = parts_.store, challenge = inserted->challenge,
       allowances = std::move(allowances)](const Call& repair) {
        if (absl::Status status = store.Remove(repair, challenge, allowances); !status.ok()) {
          Log(LogLevel::kWarning, "challenge_not_removed", {{"id", Label(challenge.id.value())}});
        }
      },
      call.idempotency_key.empty() ? std::move(done) : Settling(parts_, call, std::move(done)));
}

}  // namespace limpid::verify

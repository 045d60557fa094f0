#include "verify-svc/storage/sql_challenge_store.h"

#include <optional>
#include <string>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "verify-svc/storage/allowance_rows.h"

namespace limpid::verify {
namespace {

// How many of the newest challenges the alarm looks at: enough to be sure, few enough to count each time.
constexpr int kConversionSample = 300;

constexpr absl::Duration kRetryWhenInUse = absl::Seconds(1);

absl::Status KeyInUse() {
  return WithRetryAfter(
      MakeError(absl::StatusCode::kAborted, reason::kIdempotencyKeyInUse,
                "The first request under this idempotency key still runs: ask again for its answer."),
      kRetryWhenInUse);
}

// What ReadChallenge reads, in its order.
#define LIMPID_CHALLENGE_COLUMNS                                                                     \
  "tenant, id, channel, destination, region_code, purpose, language, brand, autofill_host, "         \
  "notice_version, source, seed, code_hash, link_hash, state, delivery, tries, sends, create_time, " \
  "expire_time, resend_time, approve_time, approve_address"

absl::StatusOr<Challenge> ReadChallenge(const sql::Row& row) {
  const auto text = [&row](size_t column) { return std::string(row.Text(column)); };
  const auto channel = ChallengeChannelFromName(row.Text(2));
  const auto state = ChallengeStateFromName(row.Text(14));
  const auto delivery = DeliveryStateFromName(row.Text(15));
  if (!channel || !state || !delivery) return absl::DataLossError("a challenge holds an unknown word");
  Challenge challenge{.id = ChallengeId(text(1)),
                      .tenant = TenantId(text(0)),
                      .channel = *channel,
                      .destination = text(3),
                      .region_code = text(4),
                      .purpose = text(5),
                      .language = text(6),
                      .brand = text(7),
                      .autofill_host = text(8),
                      .notice_version = text(9),
                      .source = text(10),
                      .seed = text(11),
                      .code_hash = text(12),
                      .link_hash = text(13),
                      .state = *state,
                      .delivery = *delivery,
                      .tries = static_cast<int>(row.Int(16)),
                      .sends = static_cast<int>(row.Int(17)),
                      .create_time = row.Time(18),
                      .expire_time = row.Time(19),
                      .resend_time = row.Time(20)};
  if (!row.IsNull(21)) challenge.approval = Approval{.time = row.Time(21), .remote_address = text(22)};
  return challenge;
}

/// Nothing where there is no such row.
absl::StatusOr<std::optional<Challenge>> First(const absl::StatusOr<sql::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  absl::StatusOr<Challenge> challenge = ReadChallenge(rows->front());
  if (!challenge.ok()) return challenge.status();
  return std::optional(*std::move(challenge));
}

absl::StatusOr<std::optional<Challenge>> Lock(sql::Session& session, const TenantId& tenant,
                                              const ChallengeId& id) {
  return First(session.Query("SELECT " LIMPID_CHALLENGE_COLUMNS
                             " FROM challenges WHERE tenant = ? AND id = ? {for_update}",
                             tenant.value(), id.value()));
}

/// What may change of a challenge. Touches nothing where there is none.
absl::Status Save(sql::Session& session, const Challenge& challenge) {
  const std::optional<absl::Time> approve_time =
      challenge.approval ? std::optional(challenge.approval->time) : std::nullopt;
  const std::string_view address =
      challenge.approval ? std::string_view(challenge.approval->remote_address) : std::string_view();
  return session
      .Execute(
          "UPDATE challenges SET state = ?, delivery = ?, tries = ?, sends = ?, resend_time = ?, "
          "approve_time = ?, approve_address = ? WHERE tenant = ? AND id = ?",
          Name(challenge.state), Name(challenge.delivery), challenge.tries, challenge.sends,
          challenge.resend_time, approve_time, address, challenge.tenant.value(), challenge.id.value())
      .status();
}

absl::Status TryLocked(sql::Session& session, absl::Time now,
                       absl::StatusOr<std::optional<Challenge>> challenge, const Allowance& refusals,
                       absl::FunctionRef<TryResult(Challenge*)> decide) {
  if (!challenge.ok()) return challenge.status();
  const TryResult result = decide(challenge->has_value() ? &**challenge : nullptr);
  // The same statements whatever came of it: their time tells nothing.
  if (absl::Status status = Save(session, challenge->value_or(Challenge())); !status.ok()) return status;
  return result == TryResult::kApproved ? absl::OkStatus() : CountAllowance(session, refusals, now);
}

}  // namespace

absl::StatusOr<ChallengeStore::Inserted> SqlChallengeStore::Insert(const Call& call,
                                                                   const Challenge& challenge,
                                                                   std::string_view prefix_tag,
                                                                   std::span<const Allowance> allowances,
                                                                   absl::Time busy_until) {
  const std::string& key = call.idempotency_key;
  const std::optional<std::string> stored_key = key.empty() ? std::nullopt : std::optional(key);
  const std::optional<sql::Blob> link_hash =
      challenge.link_hash.empty() ? std::nullopt : std::optional(sql::Blob{challenge.link_hash});
  const std::string key_lock = StrCat("challenge-key/", call.tenant.value(), "/", key);
  Inserted inserted;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) -> absl::Status {
    if (!key.empty()) {
      const std::string_view name = key_lock;
      if (absl::Status locked = session.Lock(std::span(&name, 1)); !locked.ok()) return locked;
      const absl::StatusOr<sql::Rows> rows = session.Query("SELECT " LIMPID_CHALLENGE_COLUMNS
                                                           ", request_digest, key_busy_until FROM challenges "
                                                           "WHERE tenant = ? AND idempotency_key = ?",
                                                           call.tenant.value(), key);
      if (!rows.ok()) return rows.status();
      if (!rows->empty()) {
        if (rows->front().Text(23) != call.request_digest) {
          return MakeError(absl::StatusCode::kInvalidArgument, reason::kIdempotencyKeyReused,
                           "The idempotency key was used for another request.");
        }
        if (!rows->front().IsNull(24) && challenge.create_time < rows->front().Time(24)) return KeyInUse();
        absl::StatusOr<Challenge> known = ReadChallenge(rows->front());
        if (known.ok()) inserted = {.challenge = *std::move(known), .made = false};
        return known.status();
      }
    }
    if (absl::Status taken = TakeAllowances(session, allowances, challenge.create_time); !taken.ok()) {
      return taken;
    }
    inserted = {.challenge = challenge, .made = true};
    return session
        .Execute("INSERT INTO challenges (" LIMPID_CHALLENGE_COLUMNS
                 ", prefix_tag, idempotency_key, request_digest, key_busy_until) VALUES "
                 "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '', ?, ?, ?, ?)",
                 challenge.tenant.value(), challenge.id.value(), Name(challenge.channel),
                 challenge.destination, challenge.region_code, challenge.purpose, challenge.language,
                 challenge.brand, challenge.autofill_host, challenge.notice_version, challenge.source,
                 sql::Blob{challenge.seed}, sql::Blob{challenge.code_hash}, link_hash, Name(challenge.state),
                 Name(challenge.delivery), challenge.tries, challenge.sends, challenge.create_time,
                 challenge.expire_time, challenge.resend_time, prefix_tag, stored_key,
                 sql::Blob{call.request_digest}, key.empty() ? std::nullopt : std::optional(busy_until))
        .status();
  });
  if (!status.ok()) return status;
  return inserted;
}

absl::Status SqlChallengeStore::Settle(const Call& call, const ChallengeId& id) {
  return database_.Write(call, [&](sql::Session& session) {
    return session
        .Execute("UPDATE challenges SET key_busy_until = NULL WHERE tenant = ? AND id = ?",
                 call.tenant.value(), id.value())
        .status();
  });
}

absl::Status SqlChallengeStore::Remove(const Call& call, const Challenge& challenge,
                                       std::span<const Allowance> allowances) {
  return database_.Write(call, [&](sql::Session& session) {
    const absl::StatusOr<int64_t> removed = session.Execute(
        "DELETE FROM challenges WHERE tenant = ? AND id = ?", challenge.tenant.value(), challenge.id.value());
    if (!removed.ok() || *removed == 0) return removed.status();
    return GiveBackAllowances(session, allowances, challenge.create_time);
  });
}

absl::StatusOr<Challenge> SqlChallengeStore::Get(const Call& call, const ChallengeId& id) {
  std::optional<Challenge> found;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    absl::StatusOr<std::optional<Challenge>> challenge =
        First(session.Query("SELECT " LIMPID_CHALLENGE_COLUMNS " FROM challenges WHERE tenant = ? AND id = ?",
                            call.tenant.value(), id.value()));
    if (challenge.ok()) found = *std::move(challenge);
    return challenge.status();
  });
  if (!status.ok()) return status;
  if (!found) return NotFound("challenge", id.value());
  return *std::move(found);
}

absl::StatusOr<Challenge> SqlChallengeStore::Change(
    const Call& call, absl::Time now, const ChallengeId& id,
    absl::FunctionRef<absl::StatusOr<std::vector<Allowance>>(Challenge&)> change) {
  Challenge changed;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) -> absl::Status {
    absl::StatusOr<std::optional<Challenge>> challenge = Lock(session, call.tenant, id);
    if (!challenge.ok()) return challenge.status();
    if (!challenge->has_value()) return NotFound("challenge", id.value());
    changed = **std::move(challenge);
    const absl::StatusOr<std::vector<Allowance>> allowances = change(changed);
    if (!allowances.ok()) return allowances.status();
    if (absl::Status taken = TakeAllowances(session, *allowances, now); !taken.ok()) return taken;
    return Save(session, changed);
  });
  if (!status.ok()) return status;
  return changed;
}

absl::StatusOr<Challenge> SqlChallengeStore::GiveBack(const Call& call, const ChallengeId& id,
                                                      absl::Time taken, std::span<const Allowance> allowances,
                                                      absl::FunctionRef<void(Challenge&)> change) {
  Challenge changed;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) -> absl::Status {
    absl::StatusOr<std::optional<Challenge>> challenge = Lock(session, call.tenant, id);
    if (!challenge.ok()) return challenge.status();
    if (!challenge->has_value()) return NotFound("challenge", id.value());
    changed = **std::move(challenge);
    change(changed);
    if (absl::Status given = GiveBackAllowances(session, allowances, taken); !given.ok()) return given;
    return Save(session, changed);
  });
  if (!status.ok()) return status;
  return changed;
}

absl::Status SqlChallengeStore::Try(const Call& call, absl::Time now, const ChallengeId& id,
                                    const Allowance& refusals,
                                    absl::FunctionRef<TryResult(Challenge*)> decide) {
  return database_.Write(call, [&](sql::Session& session) -> absl::Status {
    if (absl::Status spent = CheckAllowance(session, refusals, now); !spent.ok()) return spent;
    return TryLocked(session, now, Lock(session, call.tenant, id), refusals, decide);
  });
}

absl::Status SqlChallengeStore::TryLink(const Call& call, absl::Time now, std::string_view link_hash,
                                        const Allowance& refusals,
                                        absl::FunctionRef<TryResult(Challenge*)> decide) {
  return database_.Write(call, [&](sql::Session& session) -> absl::Status {
    if (absl::Status spent = CheckAllowance(session, refusals, now); !spent.ok()) return spent;
    return TryLocked(session, now,
                     First(session.Query("SELECT " LIMPID_CHALLENGE_COLUMNS
                                         " FROM challenges WHERE link_hash = ? {for_update}",
                                         sql::Blob{link_hash})),
                     refusals, decide);
  });
}

absl::StatusOr<ChallengeStore::Conversion> SqlChallengeStore::ConversionOf(const Call& call,
                                                                           const ConversionQuery& query) {
  constexpr std::string_view kSelect =
      "SELECT CAST(COALESCE(SUM(sends), 0) AS BIGINT), CAST(COALESCE(SUM(approved), 0) AS BIGINT) FROM "
      "(SELECT sends, "
      "CASE WHEN state = 'APPROVED' THEN 1 ELSE 0 END AS approved FROM challenges WHERE tenant = ? AND ";
  constexpr std::string_view kNewest =
      " = ? AND create_time > ? AND expire_time <= ? ORDER BY create_time DESC LIMIT ?) AS newest";
  const bool by_prefix = !query.prefix_tag.empty();
  const std::string text = StrCat(kSelect, by_prefix ? "prefix_tag" : "region_code", kNewest);
  const std::string_view value = by_prefix ? query.prefix_tag : query.region_code;
  Conversion conversion;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows =
        session.Query(text, call.tenant.value(), value, query.since, query.now, kConversionSample);
    if (!rows.ok()) return rows.status();
    conversion = {.sent = rows->front().Int(0), .approved = rows->front().Int(1)};
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return conversion;
}

absl::StatusOr<int64_t> SqlChallengeStore::DeleteExpired(const Call& call, absl::Time before, int limit) {
  int64_t deleted = 0;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) {
    const absl::StatusOr<int64_t> changed = session.Execute(
        "DELETE FROM challenges WHERE (tenant, id) IN "
        "(SELECT tenant, id FROM challenges WHERE expire_time < ? ORDER BY expire_time LIMIT ?)",
        before, limit);
    if (changed.ok()) deleted = *changed;
    return changed.status();
  });
  if (!status.ok()) return status;
  return deleted;
}

absl::Status SqlChallengeStore::DeleteWindows(const Call& call, absl::Time before) {
  return database_.Write(call, [&](sql::Session& session) {
    return session.Execute("DELETE FROM allowances WHERE window_start < ?", before).status();
  });
}

}  // namespace limpid::verify

#include "gateway/app/remembered_answer.h"

#include <charconv>
#include <cstdint>
#include <optional>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

/// Fields one after the other, each as its length, a colon and its bytes.
class Writer {
 public:
  void Text(std::string_view text) { StrAppend(bytes_, text.size(), ":", text); }
  void Int(int64_t number) { Text(StrCat(number)); }
  void Time(absl::Time time) { Int(absl::ToUnixMicros(time)); }
  void OptionalTime(const std::optional<absl::Time>& time) {
    Text(time ? StrCat(absl::ToUnixMicros(*time)) : "");
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::string Text() {
    size_t size = 0;
    const auto [end, error] = std::from_chars(bytes_.data(), bytes_.data() + bytes_.size(), size);
    const size_t begin = static_cast<size_t>(end - bytes_.data()) + 1;
    if (error != std::errc() || begin > bytes_.size() || *end != ':' || size > bytes_.size() - begin) {
      ok_ = false;
      return {};
    }
    std::string text(bytes_.substr(begin, size));
    bytes_.remove_prefix(begin + size);
    return text;
  }
  int64_t Int() {
    const std::string text = Text();
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) ok_ = false;
    return number;
  }
  absl::Time Time() { return absl::FromUnixMicros(Int()); }
  std::optional<absl::Time> OptionalTime() {
    if (bytes_.substr(0, 2) == "0:") {
      bytes_.remove_prefix(2);
      return std::nullopt;
    }
    return Time();
  }
  absl::Status Finish() const {
    if (ok_ && bytes_.empty()) return absl::OkStatus();
    return MakeError(absl::StatusCode::kDataLoss, reason::kInternal, "A kept answer cannot be read.");
  }
  bool ok() const { return ok_; }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

void Write(const IssuedKey& answer, Writer& out) {
  const ApiKey& key = answer.key;
  out.Text(key.id.value());
  out.Text(key.tenant.value());
  out.Text(key.display_name);
  out.Text(RoleName(key.role));
  out.Int(static_cast<int64_t>(key.origins.size()));
  for (const std::string& origin : key.origins) out.Text(origin);
  out.Int(key.rate_per_minute.value_or(0));
  out.Text(key.secret_prefix);
  out.Time(key.create_time);
  out.OptionalTime(key.revoke_time);
  out.OptionalTime(key.previous_expire_time);
  out.Text(answer.secret);
}

void Read(Reader& in, IssuedKey& answer) {
  ApiKey& key = answer.key;
  key.id = KeyId(in.Text());
  key.tenant = TenantId(in.Text());
  key.display_name = in.Text();
  key.role = RoleFromName(in.Text()).value_or(Role::kNone);
  key.origins.clear();
  for (int64_t left = in.Int(); left > 0 && in.ok(); --left) key.origins.push_back(in.Text());
  const int64_t rate = in.Int();
  key.rate_per_minute = rate > 0 ? std::optional<int>(static_cast<int>(rate)) : std::nullopt;
  key.secret_prefix = in.Text();
  key.create_time = in.Time();
  key.revoke_time = in.OptionalTime();
  key.previous_expire_time = in.OptionalTime();
  answer.secret = in.Text();
}

}  // namespace

std::string EncodeAnswer(const IssuedKey& answer) {
  Writer out;
  Write(answer, out);
  return out.Take();
}

absl::Status DecodeAnswer(std::string_view bytes, IssuedKey& answer) {
  Reader in(bytes);
  Read(in, answer);
  return in.Finish();
}

std::string EncodeAnswer(const IssuedTenant& answer) {
  Writer out;
  out.Text(answer.tenant.id.value());
  out.Text(answer.tenant.display_name);
  out.Text(answer.tenant.default_region);
  out.Text(answer.tenant.language_code);
  out.Time(answer.tenant.create_time);
  Write(answer.first_key, out);
  return out.Take();
}

absl::Status DecodeAnswer(std::string_view bytes, IssuedTenant& answer) {
  Reader in(bytes);
  answer.tenant.id = TenantId(in.Text());
  answer.tenant.display_name = in.Text();
  answer.tenant.default_region = in.Text();
  answer.tenant.language_code = in.Text();
  answer.tenant.create_time = in.Time();
  Read(in, answer.first_key);
  return in.Finish();
}

absl::Status RememberedWrite::RunBytes(
    const Call& call, absl::FunctionRef<absl::StatusOr<std::string>(IdentityTransaction&)> work,
    absl::FunctionRef<absl::Status(std::string_view)> repeat) {
  if (call.idempotency_key.empty()) {
    return store_.Write(call, [&](IdentityTransaction& transaction) { return work(transaction).status(); });
  }
  const absl::StatusOr<AnswerSeal::Lock> lock = seal_.Derive(call.tenant, call.idempotency_key);
  if (!lock.ok()) return lock.status();
  return store_.Write(call, [&](IdentityTransaction& transaction) -> absl::Status {
    const absl::Time now = clock_.Now();
    const auto kept = transaction.FindAnswer(call.tenant, lock->id, now);
    if (!kept.ok()) return kept.status();
    if (kept->has_value()) {
      if ((*kept)->digest != call.request_digest) {
        return MakeError(absl::StatusCode::kInvalidArgument, reason::kIdempotencyKeyReused,
                         "This idempotency key was used for another request: choose a new one.");
      }
      const absl::StatusOr<std::string> answer = seal_.Open(*lock, (*kept)->sealed);
      if (!answer.ok()) return answer.status();
      return repeat(*answer);
    }
    const absl::StatusOr<std::string> answer = work(transaction);
    if (!answer.ok()) return answer.status();
    absl::StatusOr<std::string> sealed = seal_.Seal(*lock, *answer);
    if (!sealed.ok()) return sealed.status();
    return transaction.KeepAnswer(
        call.tenant, lock->id,
        {.digest = call.request_digest, .sealed = *std::move(sealed), .expire_time = now + kAnswerLifetime},
        now);
  });
}

}  // namespace limpid::gateway

#include "verify-svc/email/smtp/callout_memory.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

constexpr std::size_t kOwnBytes = 4 * 1024 * 1024;
constexpr std::string_view kYes = "1";
constexpr std::string_view kNo = "0";
// A mailbox that was put off longer ago begins anew.
constexpr absl::Duration kGreylistingFor = absl::Hours(1);

std::optional<std::int64_t> NumberOf(const redis::Cache::Value& value) {
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size()) return std::nullopt;
  return number;
}

void Read(const std::vector<redis::Cache::Value>& values, CalloutMemory::Known& known) {
  if (values[0] == kYes) known.catch_all = quality::Ternary::kYes;
  if (values[0] == kNo) known.catch_all = quality::Ternary::kNo;
  if (const auto seconds = NumberOf(values[1])) known.blocked_until = absl::FromUnixSeconds(*seconds);
}

}  // namespace

CalloutMemory::CalloutMemory(const redis::KeyHasher& hasher, redis::Cache* shared, MetricsRegistry& metrics,
                             const Clock& clock)
    : hasher_(hasher), shared_(shared), clock_(clock), own_({.max_bytes = kOwnBytes}, metrics, clock) {}

redis::CacheKey CalloutMemory::CatchAllKey(std::string_view domain) const {
  return hasher_.Key("catch-all", {domain});
}

redis::CacheKey CalloutMemory::BlockKey(std::string_view provider) const {
  return hasher_.Key("smtp-block", {provider});
}

void CalloutMemory::Recall(const Call& call, std::string_view domain, std::string_view provider,
                           absl::AnyInvocable<void(Known)> known) {
  const std::vector<redis::CacheKey> keys = {CatchAllKey(domain), BlockKey(provider)};
  Known remembered;
  // The process's own memory answers at once.
  own_.GetAll(call, keys,
              [&remembered](const std::vector<redis::Cache::Value>& values) { Read(values, remembered); });
  if (shared_ == nullptr) return known(remembered);
  shared_->GetAll(
      call, keys,
      [remembered, known = std::move(known)](const std::vector<redis::Cache::Value>& values) mutable {
        Read(values, remembered);
        known(remembered);
      });
}

void CalloutMemory::RememberCatchAll(std::string_view domain, bool catch_all) {
  Set(CatchAllKey(domain), std::string(catch_all ? kYes : kNo), catch_all ? kCatchAllFor : kNoCatchAllFor);
}

void CalloutMemory::RememberBlock(std::string_view provider, absl::Time until) {
  const absl::Duration left = until - clock_.Now();
  if (left > absl::ZeroDuration()) Set(BlockKey(provider), StrCat(absl::ToUnixSeconds(until)), left);
}

void CalloutMemory::CountGreylisting(const Call& call, std::string_view address,
                                     absl::AnyInvocable<void(int)> times) {
  const redis::CacheKey key = hasher_.Key("greylisted", {address});
  redis::Cache& cache = shared_ == nullptr ? own_ : *shared_;
  cache.Get(
      call, key,
      [self = shared_from_this(), key, times = std::move(times)](const redis::Cache::Value& value) mutable {
        const int count = static_cast<int>(NumberOf(value).value_or(0)) + 1;
        self->Set(key, StrCat(count), kGreylistingFor);
        times(count);
      });
}

void CalloutMemory::Set(const redis::CacheKey& key, const std::string& value, absl::Duration expiry) {
  own_.Set(key, value, expiry);
  if (shared_ != nullptr) shared_->Set(key, value, expiry);
}

}  // namespace limpid::verify

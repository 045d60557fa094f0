#include "verify-svc/email/checks/callout_codec.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "libs/quality/reasons.h"
#include "libs/redis/packing.h"

namespace limpid::verify {
namespace {

// Another number for every change of what follows: replicas of two versions share a Redis for a while.
constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kMostEvidence = 64;
constexpr std::int64_t kNever = 0;
constexpr std::array<std::string_view, 7> kSteps = {"DNS",  "CONNECT", "EHLO",       "TLS",
                                                    "MAIL", "RCPT",    "RANDOM_RCPT"};

// Words of a verdict live as long as the program: those read are looked up.
std::string_view KnownReason(std::string_view text) {
  const auto found = std::ranges::find(quality::kEmailReasons, text, &quality::EmailReason::word);
  return found == quality::kEmailReasons.end() ? std::string_view() : found->word;
}

std::string_view KnownStep(std::string_view text) {
  const auto found = std::ranges::find(kSteps, text);
  return found == kSteps.end() ? std::string_view() : *found;
}

}  // namespace

std::string Pack(const KeptCallout& kept, absl::Time now) {
  const CalloutAnswer& answer = kept.answer;
  redis::Packer packer;
  packer.Number(kVersion);
  packer.Number(absl::ToUnixMillis(kept.expiry));
  packer.Text(answer.reason);
  packer.Number(static_cast<std::int64_t>(answer.catch_all));
  packer.Number(answer.retry_after ? absl::ToUnixMillis(now + *answer.retry_after) : kNever);
  packer.Number(static_cast<std::int64_t>(answer.evidence.size()));
  for (const quality::EmailEvidence& evidence : answer.evidence) {
    packer.Text(evidence.step);
    packer.Text(evidence.host);
    packer.Number(evidence.code);
    packer.Text(evidence.enhanced_code);
    packer.Text(evidence.text);
    packer.Text(evidence.source);
  }
  return packer.Take();
}

std::optional<KeptCallout> UnpackCallout(std::string_view packed, absl::Time now) {
  redis::Unpacker unpacker(packed);
  if (unpacker.Number() != kVersion) return std::nullopt;
  KeptCallout kept{.expiry = absl::FromUnixMillis(unpacker.Number())};
  CalloutAnswer& answer = kept.answer;
  answer.reason = KnownReason(unpacker.Text());
  const std::int64_t catch_all = unpacker.Number();
  const std::int64_t retry = unpacker.Number();
  const std::int64_t steps = unpacker.Number();
  if (!unpacker.ok() || answer.reason.empty() || steps > kMostEvidence) return std::nullopt;
  if (catch_all < 0 || catch_all > static_cast<std::int64_t>(quality::Ternary::kNo)) return std::nullopt;
  answer.catch_all = static_cast<quality::Ternary>(catch_all);
  if (retry != kNever) {
    answer.retry_after = std::max(absl::FromUnixMillis(retry) - now, absl::ZeroDuration());
  }
  for (std::int64_t i = 0; i < steps && unpacker.ok(); ++i) {
    quality::EmailEvidence& evidence = answer.evidence.emplace_back();
    evidence.step = KnownStep(unpacker.Text());
    evidence.host = unpacker.Text();
    evidence.code = static_cast<int>(unpacker.Number());
    evidence.enhanced_code = unpacker.Text();
    evidence.text = unpacker.Text();
    evidence.source = unpacker.Text();
    evidence.cached = true;
    if (evidence.step.empty()) return std::nullopt;
  }
  if (!unpacker.whole()) return std::nullopt;
  return kept;
}

}  // namespace limpid::verify

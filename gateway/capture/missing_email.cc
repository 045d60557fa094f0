#include "gateway/capture/missing_email.h"

#include <algorithm>

#include "limpid/type/v1/verdict_status.pb.h"

namespace limpid::gateway {
namespace {

using type::v1::Depth;
using type::v1::EmailStatus;
using verify::v1::EmailVerdict;

bool Has(const EmailVerdict& verdict, std::string_view reason) {
  return std::find(verdict.reasons().begin(), verdict.reasons().end(), reason) != verdict.reasons().end();
}

// Why the network gave no answer, as far as the verdict says.
std::string_view TroubleOf(const EmailVerdict& verdict) {
  if (Has(verdict, "BUDGET_SPENT")) return "BUDGET_SPENT";
  if (Has(verdict, "RATE_LIMITED")) return "RATE_LIMITED";
  return "SERVICE_UNAVAILABLE";
}

std::string_view WhyNoDomain(Depth::Value offered, const EmailVerdict& verdict) {
  return offered < Depth::STANDARD ? "DEPTH_NOT_OFFERED" : TroubleOf(verdict);
}

std::string_view WhyNoMailbox(Depth::Value offered, const EmailVerdict& verdict) {
  if (offered < Depth::DEEP) return "DEPTH_NOT_OFFERED";
  // Nothing went wrong and nobody was asked: the tenant allows no callouts.
  const bool asked = Has(verdict, "BUDGET_SPENT") || Has(verdict, "RATE_LIMITED") ||
                     Has(verdict, "SMTP_UNAVAILABLE") || verdict.depth_reached() != Depth::STANDARD;
  return asked ? TroubleOf(verdict) : "NOT_ALLOWED";
}

}  // namespace

std::vector<MissingPart> MissingEmailParts(Depth::Value wanted, Depth::Value offered,
                                           const EmailVerdict& verdict) {
  std::vector<MissingPart> missing;
  if (wanted < Depth::STANDARD || verdict.status() == EmailStatus::UNDELIVERABLE) return missing;
  const Depth::Value reached = verdict.depth_reached();
  if (reached < Depth::STANDARD) missing.push_back({"EMAIL_DOMAIN", WhyNoDomain(offered, verdict)});
  if (wanted < Depth::DEEP) return missing;
  const bool mailbox_known = reached == Depth::DEEP && verdict.status() != EmailStatus::UNKNOWN;
  if (!mailbox_known) missing.push_back({"EMAIL_MAILBOX", WhyNoMailbox(offered, verdict)});
  return missing;
}

}  // namespace limpid::gateway

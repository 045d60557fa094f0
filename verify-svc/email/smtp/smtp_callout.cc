#include "verify-svc/email/smtp/smtp_callout.h"

#include <utility>

#include "verify-svc/email/smtp/callout_desk.h"

namespace limpid::verify {

SmtpCallout::SmtpCallout(Options options, Parts parts)
    : desk_(std::make_shared<CalloutDesk>(std::move(options), std::move(parts))) {}

SmtpCallout::~SmtpCallout() { Stop(); }

void SmtpCallout::Stop() { desk_->Stop(); }

void SmtpCallout::Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) {
  desk_->Ask(call, std::move(query), std::move(done));
}

}  // namespace limpid::verify

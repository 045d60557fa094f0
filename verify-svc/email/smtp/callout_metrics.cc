#include "verify-svc/email/smtp/callout_metrics.h"

#include <string>

#include "libs/quality/reasons.h"

namespace limpid::verify {

CalloutMetrics::CalloutMetrics(MetricsRegistry& registry)
    : sessions(registry.AddGauge("limpid_smtp_sessions", "SMTP sessions that are open.")),
      waiting(registry.AddGauge("limpid_smtp_waiting", "Mailboxes asked for and not answered yet.")),
      blocked(registry.AddGauge("limpid_smtp_blocked_providers",
                                "Mail providers that are left alone since they refused us.")) {
  // All that there can be, so that a series is there before its first count.
  for (const quality::EmailReason& reason : quality::kEmailReasons) {
    answers_.emplace(reason.word, registry.AddCounter("limpid_smtp_answers_total", "Answers of callouts.",
                                                      {{"reason", std::string(reason.word)}}));
  }
}

void CalloutMetrics::CountAnswer(std::string_view reason) {
  if (const auto found = answers_.find(reason); found != answers_.end()) found->second.Increment();
}

}  // namespace limpid::verify

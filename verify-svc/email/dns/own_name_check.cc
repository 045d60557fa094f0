#include "verify-svc/email/dns/own_name_check.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

#include "libs/base/log.h"
#include "verify-svc/email/dns/reverse_name.h"

namespace limpid::verify::dns {
namespace {

constexpr absl::Duration kBudget = absl::Seconds(10);
// More addresses than any host of ours says its name from.
constexpr std::size_t kMaxAddresses = 8;

}  // namespace

// One look at the DNS.
struct OwnNameCheck::Look {
  SteadyTime deadline;
  Outstanding::Token token;
  std::atomic<int> missing = 2;  ///< Answers that are still to come: of A and AAAA, then of each PTR.
  std::atomic<bool> confirmed = false;
  std::atomic<bool> unanswered = false;
};

OwnNameCheck::OwnNameCheck(Options options, Resolver& resolver, Timers& timers, MetricsRegistry& metrics,
                           const Clock& clock)
    : options_(std::move(options)),
      resolver_(resolver),
      timers_(timers),
      clock_(clock),
      unconfirmed_(
          metrics.AddGauge("limpid_smtp_own_name_unconfirmed",
                           "1 when the name said to mail servers leads to no address whose name it is.")) {
  // A name without a dot is nobody's on the internet; the callouts say so when the first of them is made.
  if (options_.name.find('.') != std::string::npos) Begin();
}

OwnNameCheck::~OwnNameCheck() {
  MutexLock lock(mutex_);
  ending_ = true;
  timers_.Cancel(timer_);
}

void OwnNameCheck::Begin() {
  const SteadyTime now = clock_.SteadyNow();
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    timer_ = timers_.At(now + absl::ToChronoNanoseconds(options_.interval),
                        [this, token = outstanding_.Begin()] { Begin(); });
  }
  const auto look = std::make_shared<Look>();
  look->deadline = now + absl::ToChronoNanoseconds(kBudget);
  look->token = outstanding_.Begin();
  for (const RecordType type : {RecordType::kA, RecordType::kAaaa}) {
    AskThroughAliases(resolver_, options_.name, type, look->deadline,
                      [this, look](const Answer& answer) { TakeAddresses(look, answer); });
  }
}

void OwnNameCheck::TakeAddresses(const LookPtr& look, const Answer& answer) {
  if (answer.outcome != Outcome::kAnswered) look->unanswered = true;
  const std::size_t addresses = std::min(answer.records.size(), kMaxAddresses);
  look->missing += static_cast<int>(addresses);
  for (std::size_t i = 0; i < addresses; ++i) {
    AskThroughAliases(resolver_, ReverseName(answer.records[i].data), RecordType::kPtr, look->deadline,
                      [this, look](const Answer& names) { TakeNames(look, names); });
  }
  Arrived(*look);
}

void OwnNameCheck::TakeNames(const LookPtr& look, const Answer& answer) {
  if (answer.outcome != Outcome::kAnswered) look->unanswered = true;
  const bool is_ours = std::ranges::any_of(
      answer.records, [this](const Record& record) { return record.data == options_.name; });
  if (is_ours) look->confirmed = true;
  Arrived(*look);
}

void OwnNameCheck::Arrived(Look& look) {
  if (--look.missing > 0) return;
  if (look.confirmed) return unconfirmed_.Set(0);
  if (look.unanswered) return;
  unconfirmed_.Set(1);
  Log(LogLevel::kWarning, "smtp_own_name_unconfirmed",
      {{"name", Label(options_.name)},
       {"hint",
        "the name said to mail servers needs an address whose PTR record leads back to it: see "
        "verify.smtp_helo_name"}});
}

}  // namespace limpid::verify::dns

// Callouts against a mail server that takes its time for every reply: checks a second with so many in flight,
// and whether each provider is asked within its limits all the while.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/quota.h"
#include "tests/verify-svc/email/smtp/scripted_server.h"
#include "verify-svc/email/smtp/smtp_callout.h"

namespace limpid::verify {
namespace {

constexpr absl::Duration kReplyTime = absl::Milliseconds(700);
constexpr int kInFlight = 64;
constexpr int kProviders = 80;
constexpr absl::Duration kWarmUp = absl::Seconds(8);

/// What one provider noticed.
struct Noticed {
  int asked = 0;
  std::set<int> sessions;
  std::size_t most_sessions = 0;
};

/// All providers in one server: whoever has an `e` at the end exists.
class Providers {
 public:
  ScriptedServer::Reaction operator()(int connection, const std::string& line) {
    if (line.empty()) return {"220 mx.test ESMTP\r\n"};
    if (line.starts_with("EHLO")) return {"250-mx.test\r\n250 PIPELINING\r\n"};
    MutexLock lock(mutex_);
    if (line.starts_with("QUIT")) {
      noticed_[provider_of_[connection]].sessions.erase(connection);
      return {"221 Bye\r\n", true};
    }
    if (!line.starts_with("RCPT")) return {"250 Ok\r\n"};
    const std::string provider = line.substr(line.find('@') + 1);
    provider_of_[connection] = provider;
    Noticed& noticed = noticed_[provider];
    ++noticed.asked;
    noticed.sessions.insert(connection);
    noticed.most_sessions = std::max(noticed.most_sessions, noticed.sessions.size());
    return {line.find("e@") != std::string::npos ? "250 Ok\r\n" : "550 5.1.1 User unknown\r\n"};
  }
  /// Of all providers the most.
  Noticed Most() {
    MutexLock lock(mutex_);
    Noticed most;
    for (const auto& [provider, noticed] : noticed_) {
      most.asked = std::max(most.asked, noticed.asked);
      most.most_sessions = std::max(most.most_sessions, noticed.most_sessions);
    }
    return most;
  }

 private:
  Mutex mutex_;
  std::map<int, std::string> provider_of_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Noticed> noticed_ ABSL_GUARDED_BY(mutex_);
};

CalloutQuery Question(int number, int mailboxes) {
  const std::string domain = StrCat("provider", number / mailboxes % kProviders, ".fr");
  CalloutQuery query{.domain = domain, .mail = {.state = MailDomainState::kHasHosts}, .recipients = {}};
  query.mail.hosts.push_back({.name = "mx." + domain, .addresses = {"127.0.0.1"}});
  for (int i = 0; i < mailboxes; ++i) {
    query.recipients.push_back({.address = StrCat("user", number + i, i % 2 == 0 ? "e" : "x", "@", domain)});
  }
  return query;
}

/// Keeps kInFlight calls in flight, of `mailboxes` each.
class Load {
 public:
  Load(SmtpCallout& callout, int mailboxes) : callout_(callout), mailboxes_(mailboxes) {}

  void Run(absl::Duration time) {
    for (int i = 0; i < kInFlight; ++i) AskNext();
    MutexLock lock(mutex_);
    changed_.WaitUntil(mutex_, SystemClock().SteadyNow() + absl::ToChronoNanoseconds(time),
                       [] { return false; });
    ending_ = true;
    changed_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return under_way_ == 0; });
  }
  int told() const { return told_; }
  int answered() const { return answered_; }

 private:
  void AskNext() {
    int number = 0;
    {
      MutexLock lock(mutex_);
      if (ending_) return;
      ++under_way_;
      number = next_;
      next_ += mailboxes_;
    }
    callout_.Ask(Call(), Question(number, mailboxes_),
                 [this](absl::StatusOr<std::vector<CalloutAnswer>> answers) {
                   for (const CalloutAnswer& answer : *answers) {
                     ++answered_;
                     const bool told = answer.reason == quality::email_reason::kMailboxExists ||
                                       answer.reason == quality::email_reason::kMailboxNotFound;
                     if (told) ++told_;
                   }
                   AskNext();
                   MutexLock lock(mutex_);
                   --under_way_;
                   changed_.NotifyAll();
                 });
  }

  SmtpCallout& callout_;
  const int mailboxes_;
  std::atomic<int> told_ = 0;
  std::atomic<int> answered_ = 0;
  Mutex mutex_;
  CondVar changed_;
  int next_ ABSL_GUARDED_BY(mutex_) = 0;
  int under_way_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
};

void Measure(int mailboxes, absl::Duration time) {
  const auto providers = std::make_shared<Providers>();
  ScriptedServer server(
      [providers](int connection, const std::string& line) { return (*providers)(connection, line); },
      {.delay = kReplyTime});
  MetricsRegistry metrics;
  const redis::KeyHasher hasher("of the benchmark");
  redis::SharedTokenBucket rate({}, nullptr, hasher);
  SmtpCallout::Options options;
  options.session = {
      .ehlo_name = "verify.example.org", .mail_from = "verify@example.org", .port = server.port()};
  options.session.guard.allowed = {*http::AddressBlock::Parse("127.0.0.0/8")};
  options.probe.mode = PortProbe::Mode::kOff;
  const std::string data = LIMPID_SOURCE_DIR "/data";
  SmtpCallout callout(
      options, {.rules = std::make_shared<const Snapshot<ReplyRules>>(*ReplyRules::Load(data)),
                .quirks = std::make_shared<const Snapshot<ProviderQuirks>>(*ProviderQuirks::Load(data)),
                .memory = std::make_shared<CalloutMemory>(hasher, nullptr, metrics),
                .rate = rate,
                .registrable_domain = [](std::string_view host) { return std::string(host.substr(3)); },
                .metrics = metrics});
  const SteadyTime start = SystemClock().SteadyNow();
  // Finds out which domains are catch-alls.
  Load(callout, mailboxes).Run(kWarmUp);
  Load load(callout, mailboxes);
  const SteadyTime measured_from = SystemClock().SteadyNow();
  load.Run(time);
  const SteadyTime end = SystemClock().SteadyNow();
  const double seconds = absl::ToDoubleSeconds(absl::FromChrono(end - measured_from));
  const double minutes = absl::ToDoubleMinutes(absl::FromChrono(end - start));
  const Noticed most = providers->Most();
  std::printf("| %d | %.1f | %.1f%% | %zu of %d | %d of %.0f |\n", mailboxes, load.told() / seconds,
              100.0 * load.told() / std::max(1, load.answered()), most.most_sessions,
              options.limits.connections, most.asked,
              options.limits.per_minute * minutes + ProviderQuirk::kMostRecipients);
}

}  // namespace
}  // namespace limpid::verify

int main(int argc, char** argv) {
  const absl::Duration time = absl::Seconds(argc > 1 ? std::atoi(argv[1]) : 20);
  std::printf("%d calls in flight, %d providers, %s a reply\n", limpid::verify::kInFlight,
              limpid::verify::kProviders, absl::FormatDuration(limpid::verify::kReplyTime).c_str());
  std::printf(
      "| mailboxes in a call | told a second | told of answered | most sessions at once with one provider | "
      "most "
      "asked of one provider |\n|---|---|---|---|---|\n");
  for (const int mailboxes : {1, 8}) limpid::verify::Measure(mailboxes, time);
}

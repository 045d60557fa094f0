#include "libs/redis/client.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <pthread.h>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/mutex.h"
#include "libs/base/random.h"
#include "libs/base/strings.h"
#include "libs/redis/pipeline.h"
#include "libs/redis/url.h"

namespace limpid::redis {
namespace {

// Between attempts while the breaker is closed; it opens after a few of them and then sets the pace.
constexpr absl::Duration kFirstPause = absl::Milliseconds(10);
constexpr absl::Duration kLongestPause = absl::Seconds(1);
// A server that takes no writes is left, but not more often than this: it may be meant to be a replica.
constexpr absl::Duration kReadOnlyPatience = absl::Seconds(1);
constexpr absl::Duration kRetryAfter = absl::Milliseconds(50);
// How much later than the answer's deadline a waiting caller looks for itself.
constexpr absl::Duration kWaitSlack = absl::Milliseconds(10);

SteadyTime Later(SteadyTime from, absl::Duration by) { return from + absl::ToChronoNanoseconds(by); }

// OpenSSL writes to a closed socket with write(2): the signal must not end the process.
void BlockSigpipe() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Counter OutcomeCounter(MetricsRegistry& metrics, const std::string& outcome) {
  return metrics.AddCounter("limpid_redis_commands_total", "Commands for Redis, by what became of them.",
                            {{"outcome", outcome}});
}

}  // namespace

class Client::Impl {
 public:
  Impl(Options options, Target target, std::optional<TlsContext> tls, MetricsRegistry& metrics)
      : options_(std::move(options)),
        connector_(std::move(target), std::move(tls), options_.timeouts, interrupt_),
        breaker_(options_.breaker),
        refused_(OutcomeCounter(metrics, "refused")),
        sent_{.answered = OutcomeCounter(metrics, "answered"),
              .failed = OutcomeCounter(metrics, "failed"),
              .seconds = metrics.AddHistogram("limpid_redis_seconds", "Time that Redis took to answer.")},
        connections_(metrics.AddCounter("limpid_redis_connections_total", "Connections opened to Redis.")),
        connected_(metrics.AddGauge("limpid_redis_connected", "1 while there is a connection to Redis.")),
        thread_([this] { Loop(); }) {
    pthread_setname_np(thread_.native_handle(), "redis");
  }

  ~Impl() {
    {
      MutexLock lock(mutex_);
      stopping_ = true;
    }
    interrupt_.Raise();
    thread_.join();
  }

  void Send(const Call& call, std::span<const std::string_view> command, Done<Reply> done) {
    if (absl::Status status = call.Check(); !status.ok()) return done(status);
    const SteadyTime now = SystemClock().SteadyNow();
    Request request = {.encoded = EncodeCommand(command),
                       .sent = now,
                       .caller_deadline = call.deadline,
                       .answer_deadline = Later(now, options_.timeouts.command),
                       .done = std::move(done)};
    const absl::Status admitted = Admit(request);
    if (admitted.ok()) return;
    refused_.Increment();
    request.done(admitted);
  }

  bool ready() const {
    MutexLock lock(mutex_);
    return ready_;
  }

  bool WaitUntilReady(SteadyTime until) {
    MutexLock lock(mutex_);
    return became_ready_.WaitUntil(mutex_, until, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return ready_; });
  }

  absl::Duration command_timeout() const { return options_.timeouts.command; }

 private:
  // Moves from `request` only when it is admitted.
  absl::Status Admit(Request& request) {
    bool first = false;
    {
      MutexLock lock(mutex_);
      if (!ready_) return Unavailable("redis");
      if (inbox_.size() + unanswered_ >= options_.max_in_flight ||
          inbox_bytes_ + unwritten_bytes_ + request.encoded.size() > options_.max_queued_bytes) {
        return Overloaded(kRetryAfter);
      }
      first = inbox_.empty();
      inbox_bytes_ += request.encoded.size();
      inbox_.push_back(std::move(request));
    }
    if (first) interrupt_.Raise();
    return absl::OkStatus();
  }

  void Loop() {
    BlockSigpipe();
    int attempts = 0;
    bool known_away = false;
    while (!stopping()) {
      std::optional<CircuitBreaker::Permit> permit = breaker_.Admit();
      if (!permit) {
        Pause(breaker_.RetryAfter());
        continue;
      }
      absl::StatusOr<std::unique_ptr<Session>> session = connector_.Open();
      absl::Status away = session.status();
      if (session.ok()) {
        permit->Succeeded();
        known_away = false;
        connections_.Increment();
        Log(LogLevel::kInfo, "redis_connected");
        bool answered = false;
        away = Serve(**session, answered);
        if (answered) attempts = 0;
      } else {
        permit->Failed();
      }
      if (stopping()) return;
      // Once for each time it goes away: the attempts after that are counted by nobody but the breaker.
      if (!known_away) Log(LogLevel::kWarning, "redis_away", {{"reason", Label(Std(away.message()))}});
      known_away = true;
      Pause(std::min(kFirstPause * std::pow(2, attempts++), kLongestPause) *
            SecureRandom().Between(0.5, 1.5));
    }
  }

  // Until the connection is of no more use; says why.
  absl::Status Serve(Session& session, bool& answered) {
    Pipeline pipeline(breaker_, sent_);
    SetReady(true);
    absl::Status end = Work(session, pipeline);
    answered = pipeline.answered();
    SetReady(false);
    interrupt_.Clear();
    pipeline.FailAll(Unavailable("redis"));
    for (Request& request : TakeInbox()) {
      refused_.Increment();
      request.done(Unavailable("redis"));
    }
    return end;
  }

  absl::Status Work(Session& session, Pipeline& pipeline) {
    const SteadyTime began = SystemClock().SteadyNow();
    for (;;) {
      for (Request& request : TakeInbox()) {
        session.Queue(request.encoded);
        pipeline.Add(std::move(request));
      }
      SteadyTime now = SystemClock().SteadyNow();
      bool in_step = true;
      absl::Status pumped =
          session.Pump([&](Reply reply) { in_step = in_step && pipeline.Answer(std::move(reply), now); });
      now = SystemClock().SteadyNow();
      pipeline.Expire(now);
      {
        MutexLock lock(mutex_);
        unanswered_ = pipeline.size();
        unwritten_bytes_ = session.queued_bytes();
        if (stopping_) return Cancelled();
      }
      if (!pumped.ok()) return pumped;
      if (!in_step || pipeline.broken()) return Unavailable("redis");
      if (pipeline.read_only() && now > Later(began, kReadOnlyPatience)) return Unavailable("redis");
      const SteadyTime until = session.unfinished() ? now : pipeline.next_deadline();
      if (WaitFor(session.fd(), session.events(), until, interrupt_) == Waited::kInterrupted) {
        interrupt_.Clear();
      }
    }
  }

  std::vector<Request> TakeInbox() {
    MutexLock lock(mutex_);
    unanswered_ += inbox_.size();
    unwritten_bytes_ += std::exchange(inbox_bytes_, 0);
    return std::exchange(inbox_, {});
  }

  void SetReady(bool ready) {
    {
      MutexLock lock(mutex_);
      ready_ = ready;
      unanswered_ = 0;
      unwritten_bytes_ = 0;
    }
    connected_.Set(ready ? 1 : 0);
    became_ready_.NotifyAll();
  }

  void Pause(absl::Duration duration) {
    const SteadyTime until = Later(SystemClock().SteadyNow(), std::max(duration, absl::Milliseconds(1)));
    WaitFor(-1, 0, until, interrupt_);
  }

  bool stopping() const {
    MutexLock lock(mutex_);
    return stopping_;
  }

  const Options options_;
  Interrupt interrupt_;
  Connector connector_;
  CircuitBreaker breaker_;
  Counter refused_;
  PipelineMetrics sent_;
  Counter connections_;
  Gauge connected_;

  mutable Mutex mutex_;
  CondVar became_ready_;
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Request> inbox_ ABSL_GUARDED_BY(mutex_);
  size_t inbox_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t unwritten_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::thread thread_;  ///< Last: it uses all of the above.
};

absl::StatusOr<std::unique_ptr<Client>> Client::Create(Options options, MetricsRegistry& metrics) {
  absl::StatusOr<Target> target = ParseUrl(options.url);
  if (!target.ok()) return target.status();
  std::optional<TlsContext> tls;
  if (target->tls) {
    absl::StatusOr<TlsContext> context = TlsContext::Create(options.tls);
    if (!context.ok()) return context.status();
    tls = *std::move(context);
  }
  return std::unique_ptr<Client>(
      new Client(std::make_unique<Impl>(std::move(options), *std::move(target), std::move(tls), metrics)));
}

Client::Client(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Client::~Client() = default;

void Client::Send(const Call& call, std::span<const std::string_view> command, Done<Reply> done) {
  impl_->Send(call, command, std::move(done));
}

absl::StatusOr<Reply> Client::SendAndWait(const Call& call, std::initializer_list<std::string_view> command) {
  struct Answer {
    Mutex mutex;
    CondVar came;
    std::optional<absl::StatusOr<Reply>> reply ABSL_GUARDED_BY(mutex);
  };
  const auto answer = std::make_shared<Answer>();
  Send(call, command, [answer](absl::StatusOr<Reply> reply) {
    MutexLock lock(answer->mutex);
    answer->reply = std::move(reply);
    answer->came.NotifyAll();
  });
  const SteadyTime now = SystemClock().SteadyNow();
  const SteadyTime until = Later(std::min(call.deadline, Later(now, impl_->command_timeout())), kWaitSlack);
  MutexLock lock(answer->mutex);
  if (!answer->came.WaitUntil(answer->mutex, until, [&answer]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
        return answer->reply.has_value();
      })) {
    // The client's thread is late itself.
    const absl::Status over = call.Check();
    return over.ok() ? Unavailable("redis") : over;
  }
  return *std::move(answer->reply);
}

bool Client::connected() const { return impl_->ready(); }
bool Client::WaitUntilConnected(SteadyTime until) { return impl_->WaitUntilReady(until); }

}  // namespace limpid::redis

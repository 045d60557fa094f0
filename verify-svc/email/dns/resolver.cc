#include "verify-svc/email/dns/resolver.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstring>
#include <deque>
#include <map>
#include <span>
#include <thread>
#include <utility>

#include <ares.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/unique_fd.h"

namespace limpid::verify::dns {
namespace {

constexpr int kDnsPort = 53;
constexpr int kInternet = 1;
// The size of UDP answers that passes every path unfragmented (DNS flag day 2020).
constexpr int kUdpAnswerBytes = 1232;
// Answers of a burst wait here until the thread comes to them.
constexpr int kReceiveBufferBytes = 4 * 1024 * 1024;
// Questions beyond max_in_flight that may wait; beyond that there is no hope to be answered in time.
constexpr std::size_t kMaxWaiting = 65'536;
// c-ares finds its next timeout by looking at every question; looking at the clock so often is cheaper.
constexpr int kTickMilliseconds = 10;
constexpr int kEventsAtOnce = 16;

struct Question;
using ByDeadline = std::multimap<SteadyTime, Question*>;

struct Question {
  std::string name;
  RecordType type;
  SteadyTime deadline;
  Resolver::OnReply on_reply;  ///< Null once it was called: what comes later is dropped.
  SteadyTime asked;
  ByDeadline::iterator place;
};
using QuestionPtr = std::unique_ptr<Question>;

absl::StatusOr<ares_addr_port_node> ParseServer(std::string_view text) {
  const absl::Status malformed = InvalidField(
      "verify.dns_servers", reason::kInvalidFormat,
      StrCat("verify.dns_servers: an IP address with or without a port is expected, not ", text));
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return malformed;
    host = text.substr(1, close - 1);
    port = text.substr(close + 1);
    if (!port.empty() && !port.starts_with(':')) return malformed;
  } else if (std::ranges::count(text, ':') == 1) {
    host = text.substr(0, text.find(':'));
    port = text.substr(host.size());
  }
  ares_addr_port_node server{};
  server.family = host.find(':') == std::string_view::npos ? AF_INET : AF_INET6;
  if (inet_pton(server.family, std::string(host).c_str(), &server.addr) != 1) return malformed;
  int number = kDnsPort;
  if (!port.empty()) {
    port.remove_prefix(1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error != std::errc() || end != port.data() + port.size() || number < 1 || number > UINT16_MAX) {
      return malformed;
    }
  }
  server.udp_port = number;
  server.tcp_port = number;
  return server;
}

Reply ReplyOf(int status, std::span<const std::uint8_t> bytes) {
  if (status == ARES_ETIMEOUT) return {.outcome = Outcome::kTimeout};
  if (bytes.empty()) {
    // c-ares answers names of `.onion` itself, as RFC 7686 asks.
    if (status == ARES_ENOTFOUND) {
      return {.outcome = Outcome::kAnswered, .message = {.code = ResponseCode::kNameError}};
    }
    return {.outcome = Outcome::kError};
  }
  std::optional<Message> message = ParseMessage(bytes);
  if (!message || (message->code != ResponseCode::kNoError && message->code != ResponseCode::kNameError)) {
    return {.outcome = Outcome::kError};
  }
  return {.outcome = Outcome::kAnswered, .message = *std::move(message)};
}

}  // namespace

class Resolver::Impl {
 public:
  Impl(const Options& options, MetricsRegistry& metrics)
      : max_in_flight_(options.max_in_flight),
        answered_(CountOf(metrics, "answered")),
        timed_out_(CountOf(metrics, "timeout")),
        failed_(CountOf(metrics, "error")),
        seconds_(metrics.AddHistogram("limpid_dns_question_seconds",
                                      "Time from a question to the DNS to its answer.")) {}

  absl::Status Start(const Options& options) {
    epoll_.Reset(epoll_create1(EPOLL_CLOEXEC));
    wake_.Reset(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!epoll_.valid() || !wake_.valid()) return absl::UnavailableError("epoll");
    Watch(wake_.get(), EPOLL_CTL_ADD, EPOLLIN);
    if (absl::Status status = OpenChannel(options); !status.ok()) return status;
    thread_ = std::thread([this] { Work(); });
    pthread_setname_np(thread_.native_handle(), "limpid-dns");
    return absl::OkStatus();
  }

  ~Impl() {
    Stop();
    if (channel_ != nullptr) ares_destroy(channel_);
  }

  void Stop() {
    if (!thread_.joinable()) return;
    ending_ = true;
    Wake();
    thread_.join();
  }

  void Ask(QuestionPtr question) {
    // What a callback asks leaves at once, so that the server has work while we go on with its answers.
    if (current_ == this) return Take(std::move(question));
    Outcome refusal = Outcome::kTimeout;
    bool first = false;
    {
      MutexLock lock(mutex_);
      if (closed_) {
        refusal = Outcome::kError;
      } else if (arrived_.size() < kMaxWaiting) {
        first = arrived_.empty();
        arrived_.push_back(std::move(question));
      }
    }
    if (question) return question->on_reply({.outcome = refusal});  // Not taken.
    if (first) Wake();
  }

 private:
  static Counter CountOf(MetricsRegistry& metrics, const std::string& outcome) {
    return metrics.AddCounter("limpid_dns_questions_total", "Questions to the DNS, by outcome.",
                              {{"outcome", outcome}});
  }

  absl::Status OpenChannel(const Options& options) {
    static const int initialized = ares_library_init(ARES_LIB_INIT_ALL);
    if (initialized != ARES_SUCCESS) return absl::UnavailableError(ares_strerror(initialized));
    ares_options wanted{};
    wanted.flags = ARES_FLAG_EDNS | ARES_FLAG_NOSEARCH;
    wanted.ednspsz = kUdpAnswerBytes;
    wanted.timeout = static_cast<int>(absl::ToInt64Milliseconds(options.timeout));
    wanted.tries = options.tries;
    wanted.socket_receive_buffer_size = kReceiveBufferBytes;
    wanted.sock_state_cb = [](void* self, ares_socket_t socket, int readable, int writable) {
      static_cast<Impl*>(self)->OnSocket(socket, readable != 0, writable != 0);
    };
    wanted.sock_state_cb_data = this;
    const int status = ares_init_options(&channel_, &wanted,
                                         ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS |
                                             ARES_OPT_TRIES | ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_STATE_CB);
    if (status != ARES_SUCCESS) return absl::UnavailableError(StrCat("c-ares: ", ares_strerror(status)));
    return SetServers(options.servers);
  }

  absl::Status SetServers(const std::vector<std::string>& texts) {
    std::vector<ares_addr_port_node> servers;
    for (const std::string& text : texts) {
      absl::StatusOr<ares_addr_port_node> server = ParseServer(text);
      if (!server.ok()) return server.status();
      servers.push_back(*server);
    }
    if (servers.empty()) return absl::OkStatus();
    for (std::size_t i = 0; i + 1 < servers.size(); ++i) servers[i].next = &servers[i + 1];
    const int status = ares_set_servers_ports(channel_, servers.data());
    if (status != ARES_SUCCESS) return absl::UnavailableError(StrCat("c-ares: ", ares_strerror(status)));
    return absl::OkStatus();
  }

  void Wake() const {
    const std::uint64_t one = 1;
    // Only a counter at its maximum refuses, and then the thread is awake.
    (void)!write(wake_.get(), &one, sizeof(one));
  }

  void Watch(int fd, int operation, std::uint32_t events) const {
    epoll_event event{.events = events, .data = {.fd = fd}};
    epoll_ctl(epoll_.get(), operation, fd, &event);
  }

  void OnSocket(int socket, bool readable, bool writable) {
    if (!readable && !writable) {
      Watch(socket, EPOLL_CTL_DEL, 0);
      watched_.erase(socket);
      return;
    }
    const std::uint32_t events = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U);
    const bool known = !watched_.insert(socket).second;
    Watch(socket, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, events);
  }

  void Work() {
    current_ = this;
    std::array<epoll_event, kEventsAtOnce> events{};
    while (!ending_) {
      const int count = epoll_wait(epoll_.get(), events.data(), events.size(), WaitMilliseconds());
      for (int i = 0; i < count; ++i) {
        const int fd = events[i].data.fd;
        if (fd == wake_.get()) {
          std::uint64_t ignored = 0;
          (void)!read(fd, &ignored, sizeof(ignored));
          continue;
        }
        const bool writable = (events[i].events & EPOLLOUT) != 0;
        const bool readable = (events[i].events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0;
        ares_process_fd(channel_, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
      }
      // The timeouts of c-ares.
      ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
      PassDeadlines();
      TakeArrived();
    }
    {
      MutexLock lock(mutex_);
      closed_ = true;
    }
    TakeArrived();
    while (!by_deadline_.empty()) Finish(*by_deadline_.begin()->second, {.outcome = Outcome::kError});
  }

  int WaitMilliseconds() const {
    if (by_deadline_.empty()) return -1;
    return kTickMilliseconds;
  }

  void TakeArrived() {
    {
      MutexLock lock(mutex_);
      taken_.swap(arrived_);
    }
    for (QuestionPtr& question : taken_) Take(std::move(question));
    taken_.clear();
  }

  void Take(QuestionPtr question) {
    question->place = by_deadline_.emplace(question->deadline, question.get());
    waiting_.push_back(std::move(question));
    SendWaiting();
  }

  void SendWaiting() {
    while (!waiting_.empty() && in_flight_ < max_in_flight_) {
      QuestionPtr question = std::move(waiting_.front());
      waiting_.pop_front();
      if (question->on_reply) Send(std::move(question));
    }
  }

  // From here to its answer c-ares keeps the question.
  void Send(QuestionPtr question) {
    ++in_flight_;
    struct Sent {
      Impl* self;
      QuestionPtr question;
    };
    const std::string& name = question->name;
    const int type = static_cast<int>(question->type);
    auto* const sent = new Sent{this, std::move(question)};
    ares_query(
        channel_, name.c_str(), kInternet, type,
        [](void* argument, int status, int /*timeouts*/, unsigned char* bytes, int length) {
          const std::unique_ptr<Sent> answered(static_cast<Sent*>(argument));
          --answered->self->in_flight_;
          if (!answered->question->on_reply) return;
          const std::span<const std::uint8_t> message(bytes, bytes == nullptr ? 0 : length);
          answered->self->Finish(*answered->question, ReplyOf(status, message));
        },
        sent);
  }

  void PassDeadlines() {
    const SteadyTime now = std::chrono::steady_clock::now();
    while (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
      Finish(*by_deadline_.begin()->second, {.outcome = Outcome::kTimeout});
    }
    // What c-ares has given up makes room for what waits.
    SendWaiting();
  }

  void Finish(Question& question, Reply reply) {
    by_deadline_.erase(question.place);
    switch (reply.outcome) {
      case Outcome::kAnswered:
        answered_.Increment();
        break;
      case Outcome::kTimeout:
        timed_out_.Increment();
        break;
      case Outcome::kError:
        failed_.Increment();
        break;
    }
    seconds_.Observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - question.asked).count());
    std::exchange(question.on_reply, nullptr)(std::move(reply));
  }

  static thread_local const Impl* current_;  ///< Whose thread this is.

  const std::size_t max_in_flight_;
  Counter answered_;
  Counter timed_out_;
  Counter failed_;
  Histogram seconds_;
  UniqueFd epoll_;
  UniqueFd wake_;
  std::atomic<bool> ending_ = false;
  Mutex mutex_;
  std::vector<QuestionPtr> arrived_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  // Of the thread.
  ares_channel channel_ = nullptr;
  absl::flat_hash_set<int> watched_;  ///< Sockets of c-ares that epoll knows.
  std::vector<QuestionPtr> taken_;
  std::deque<QuestionPtr> waiting_;
  ByDeadline by_deadline_;     ///< Whatever is not answered yet.
  std::size_t in_flight_ = 0;  ///< What c-ares keeps.
  std::thread thread_;
};

thread_local const Resolver::Impl* Resolver::Impl::current_ = nullptr;

absl::StatusOr<std::unique_ptr<Resolver>> Resolver::Create(Options options, MetricsRegistry& metrics) {
  auto impl = std::make_unique<Impl>(options, metrics);
  if (absl::Status status = impl->Start(options); !status.ok()) return status;
  return std::unique_ptr<Resolver>(new Resolver(std::move(impl)));
}

Resolver::Resolver(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Resolver::~Resolver() = default;

void Resolver::Stop() { impl_->Stop(); }

void Resolver::Ask(const std::string& name, RecordType type, SteadyTime deadline, OnReply on_reply) {
  impl_->Ask(std::make_unique<Question>(Question{.name = name,
                                                 .type = type,
                                                 .deadline = deadline,
                                                 .on_reply = std::move(on_reply),
                                                 .asked = std::chrono::steady_clock::now(),
                                                 .place = {}}));
}

}  // namespace limpid::verify::dns

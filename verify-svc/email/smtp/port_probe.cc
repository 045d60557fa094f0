#include "verify-svc/email/smtp/port_probe.h"

#include <utility>

#include <curl/curl.h>

#include "libs/base/log.h"
#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

// So many different providers are not down at the same time.
constexpr int kSuspicious = 3;

}  // namespace

struct PortProbe::Probe {
  explicit Probe(EventLoop& the_loop) : loop(the_loop), easy(curl_easy_init()) {}
  ~Probe() {
    loop.Cancel(timer);
    loop.Remove(easy);
    curl_easy_cleanup(easy);
  }
  EventLoop& loop;
  CURL* const easy;
  EventLoop::Timer timer;
};

PortProbe::PortProbe(EventLoop& loop, Options options) : loop_(loop), options_(std::move(options)) {}

PortProbe::~PortProbe() = default;

void PortProbe::Start() {
  if (options_.mode == Mode::kOn) Run();
}

bool PortProbe::Closed() {
  if (closed_ && SystemClock().SteadyNow() >= believed_until_) Run();
  return closed_;
}

absl::Duration PortProbe::RetryAfter() const { return options_.believed_for; }

void PortProbe::Reached() {
  unreached_ = 0;
  closed_ = false;
  believed_until_ = SystemClock().SteadyNow() + absl::ToChronoNanoseconds(options_.believed_for);
}

void PortProbe::NotReached(const std::string& provider) {
  if (options_.mode == Mode::kOff || options_.target.empty() || provider == last_unreached_) return;
  last_unreached_ = provider;
  const bool believed_open = !closed_ && SystemClock().SteadyNow() < believed_until_;
  if (++unreached_ >= kSuspicious && !believed_open) Run();
}

void PortProbe::Run() {
  if (running_ || options_.target.empty()) return;
  running_ = std::make_unique<Probe>(loop_);
  CURL* const easy = running_->easy;
  curl_easy_setopt(easy, CURLOPT_URL, StrCat("http://", options_.target).c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
  curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  running_->timer = loop_.At(SystemClock().SteadyNow() + absl::ToChronoNanoseconds(options_.timeout),
                             [this] { Finish(/*open=*/false); });
  loop_.Start(easy, [this](CURLcode code) {
    // The handle cannot go from within its own callback.
    loop_.Cancel(running_->timer);
    running_->timer = loop_.At(SystemClock().SteadyNow(), [this, open = code == CURLE_OK] { Finish(open); });
  });
}

void PortProbe::Finish(bool open) {
  running_.reset();
  if (closed_ == open) {
    Log(open ? LogLevel::kInfo : LogLevel::kWarning, "smtp_port_probed", {{"open", open}});
  }
  closed_ = !open;
  unreached_ = 0;
  believed_until_ = SystemClock().SteadyNow() + absl::ToChronoNanoseconds(options_.believed_for);
}

}  // namespace limpid::verify

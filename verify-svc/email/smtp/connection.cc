#include "verify-svc/email/smtp/connection.h"

#include <algorithm>
#include <array>
#include <utility>

#include <sys/socket.h>

#include "absl/strings/ascii.h"

#include "libs/base/strings.h"
#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kConnect = "CONNECT";
constexpr std::string_view kEhlo = "EHLO";
constexpr std::string_view kTls = "TLS";
constexpr int kStartTlsAccepted = 220;
// Nothing of a reply is longer; more comes with the next event.
constexpr std::size_t kReadBytes = SmtpReplyReader::kMaxReplyBytes;

// Longer than any of our own steps: the session bounds them.
constexpr long kConnectTimeout = 120'000;

// A name that libcurl could take for an address would get around the one that we give it.
bool IsHostName(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return IsWireSafeDomain(host) && !last.empty() &&
         absl::ascii_isalpha(static_cast<unsigned char>(last.front()));
}

std::string Bracketed(const std::string& address) {
  return address.find(':') == std::string::npos ? address : StrCat("[", address, "]");
}

}  // namespace

SmtpConnection::SmtpConnection(EventLoop& loop, Target target, const http::AddressGuard& guard,
                               Callbacks callbacks)
    : loop_(loop),
      target_(std::move(target)),
      guard_(guard),
      callbacks_(std::move(callbacks)),
      easy_(curl_easy_init()),
      step_start_(SystemClock().SteadyNow()) {
  Configure();
  loop_.Start(easy_.get(), [this](CURLcode code) { OnDone(code); });
}

SmtpConnection::~SmtpConnection() {
  if (fd_ >= 0) loop_.Unwatch(fd_);
  loop_.Remove(easy_.get());
}

void SmtpConnection::Configure() {
  CURL* const easy = easy_.get();
  const bool named = IsHostName(target_.host);
  const std::string host = named ? target_.host : Bracketed(target_.address);
  if (named) {
    resolve_.reset(curl_slist_append(
        nullptr, StrCat("+", host, ":", target_.port, ":", Bracketed(target_.address)).c_str()));
    curl_easy_setopt(easy, CURLOPT_RESOLVE, resolve_.get());
  }
  // The path is the name that EHLO says.
  curl_easy_setopt(easy, CURLOPT_URL,
                   StrCat("smtp://", host, ":", target_.port, "/", target_.ehlo_name).c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp");
  curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
  // Not the environment's: nobody chose that for mail.
  curl_easy_setopt(easy, CURLOPT_PROXY, target_.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeout);
  curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(target_.tls ? CURLUSESSL_TRY : CURLUSESSL_NONE));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &SmtpConnection::OnSocket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &SmtpConnection::OnOpeningLine);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
}

// Where every connection passes. A proxy is the operator's own choice; what is behind it was checked before.
curl_socket_t SmtpConnection::OnSocket(void* self, curlsocktype purpose, curl_sockaddr* address) {
  const auto& connection = *static_cast<SmtpConnection*>(self);
  const bool admitted = !connection.target_.proxy.empty() || connection.guard_.Admits(address->addr);
  if (purpose != CURLSOCKTYPE_IPCXN || !admitted) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t SmtpConnection::OnOpeningLine(char* data, std::size_t, std::size_t size, void* self) {
  return static_cast<SmtpConnection*>(self)->TakeOpeningLine({data, size}) ? size : 0;
}

bool SmtpConnection::TakeOpeningLine(std::string_view line) {
  reader_.Feed(line);
  while (auto reply = reader_.Next()) {
    const SteadyTime now = SystemClock().SteadyNow();
    const bool greeting = steps_.empty();
    const bool starts_tls = !greeting && reply->code == kStartTlsAccepted;
    tls_asked_ = starts_tls;
    if (!greeting && !starts_tls && reply->Positive()) {
      extensions_.clear();
      for (const std::string& text : reply->lines) extensions_.push_back(absl::AsciiStrToUpper(text));
    }
    steps_.push_back({.step = greeting     ? kConnect
                              : starts_tls ? kTls
                                           : kEhlo,
                      .reply = *std::move(reply),
                      .elapsed = absl::FromChrono(now - step_start_)});
    step_start_ = now;
    callbacks_.on_progress();
  }
  return reader_.fault() == SmtpReplyReader::Fault::kNone;
}

void SmtpConnection::OnDone(CURLcode code) {
  if (code == CURLE_OK) {
    curl_socket_t fd = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &fd);
    if (fd != CURL_SOCKET_BAD) {
      fd_ = fd;
      loop_.Watch(fd_, /*writable=*/false, [this] { OnReady(); });
      callbacks_.on_opened(Opening::kOpen);
      return;
    }
  }
  over_ = true;
  callbacks_.on_opened(OpeningOf(code));
}

SmtpConnection::Opening SmtpConnection::OpeningOf(CURLcode code) const {
  if (reader_.fault() != SmtpReplyReader::Fault::kNone) return Opening::kNotSmtp;
  if (code == CURLE_SSL_CONNECT_ERROR || code == CURLE_USE_SSL_FAILED || tls_asked_)
    return Opening::kTlsFailed;
  if (!steps_.empty() && !steps_.back().reply.Positive()) return Opening::kRefused;
  if (!connected()) return Opening::kNoConnect;
  // A reply that libcurl cannot follow, as a greeting of 250.
  return code == CURLE_WEIRD_SERVER_REPLY ? Opening::kNotSmtp : Opening::kLost;
}

bool SmtpConnection::Offers(std::string_view extension) const {
  return std::ranges::any_of(extensions_, [extension](const std::string& line) {
    return Std(line).substr(0, line.find(' ')) == extension;
  });
}

bool SmtpConnection::connected() const {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &microseconds);
  return microseconds > 0;
}

void SmtpConnection::Send(std::string bytes) {
  unsent_ += bytes;
  Flush();
}

void SmtpConnection::Flush() {
  while (!unsent_.empty() && !over_) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(easy_.get(), unsent_.data(), unsent_.size(), &sent);
    unsent_.erase(0, sent);
    if (code != CURLE_OK) break;  // No room yet, or lost: reading says it.
  }
  if (fd_ >= 0 && !over_) loop_.Watch(fd_, /*writable=*/!unsent_.empty(), [this] { OnReady(); });
}

void SmtpConnection::OnReady() {
  if (!unsent_.empty()) Flush();
  Receive();
}

void SmtpConnection::Receive() {
  std::array<char, kReadBytes>
      buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled before it is read.
  while (!over_) {
    std::size_t received = 0;
    const CURLcode code = curl_easy_recv(easy_.get(), buffer.data(), buffer.size(), &received);
    if (code == CURLE_AGAIN) return;
    const bool closed = code != CURLE_OK || received == 0;
    if (!closed) {
      reader_.Feed({buffer.data(), received});
      while (auto reply = reader_.Next()) callbacks_.on_reply(*std::move(reply));
    }
    if (closed || reader_.fault() != SmtpReplyReader::Fault::kNone) {
      over_ = true;
      loop_.Unwatch(fd_);
      fd_ = -1;
      callbacks_.on_closed(reader_.fault());
    }
  }
}

}  // namespace limpid::verify

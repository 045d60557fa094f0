#include "tests/verify-svc/phone/stub/provider_stub.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace limpid::testing {
namespace {

constexpr std::size_t kHugeBytes = 4 * 1024 * 1024;
constexpr int kDripMilliseconds = 20;

bool Send(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// True when the client has gone (or the stub ends, which shuts the socket down).
bool GoneWithin(int fd, int milliseconds) {
  pollfd state{.fd = fd, .events = POLLIN, .revents = 0};
  if (poll(&state, 1, milliseconds) == 0) return false;
  char byte = 0;
  return recv(fd, &byte, 1, 0) <= 0;
}

std::string Head(std::string_view status, std::size_t length, std::string_view more = "") {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(length) + "\r\n" +
         std::string(more) + "\r\n";
}

// The same JSON with every value of another kind: text for what is no text, a list for what is.
nlohmann::json WrongTypes(const nlohmann::json& value) {
  if (value.is_object()) {
    nlohmann::json wrong = nlohmann::json::object();
    for (const auto& [name, member] : value.items()) wrong[name] = WrongTypes(member);
    return wrong;
  }
  if (value.is_array()) return nlohmann::json::object();
  if (value.is_string()) return nlohmann::json::array({value});
  return "?";
}

}  // namespace

ProviderStub::ProviderStub(Options options) : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const int on = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(options.port);
  socklen_t size = sizeof(address);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) return;
  listen(listener_, 128);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

ProviderStub::~ProviderStub() {
  {
    MutexLock lock(mutex_);
    ending_ = true;
    for (const Connection& connection : connections_) shutdown(connection.fd, SHUT_RDWR);
  }
  changed_.NotifyAll();
  shutdown(listener_, SHUT_RDWR);
  if (accepting_.joinable()) accepting_.join();
  for (Connection& connection : connections_) {
    connection.thread.join();
    close(connection.fd);
  }
  close(listener_);
}

std::string ProviderStub::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

int ProviderStub::calls() const {
  MutexLock lock(mutex_);
  return calls_;
}

int ProviderStub::asked(const std::string& number) const {
  MutexLock lock(mutex_);
  const auto found = asked_.find(number.substr(number.starts_with('+') ? 1 : 0));
  return found == asked_.end() ? 0 : found->second;
}

std::string ProviderStub::last_head() const {
  MutexLock lock(mutex_);
  return last_head_;
}

std::string ProviderStub::last_notify_url() const {
  MutexLock lock(mutex_);
  return last_notify_url_;
}

void ProviderStub::Pause() {
  MutexLock lock(mutex_);
  paused_ = true;
}

void ProviderStub::Resume() {
  MutexLock lock(mutex_);
  paused_ = false;
  changed_.NotifyAll();
}

void ProviderStub::AwaitCalls(int calls) const {
  MutexLock lock(mutex_);
  changed_.Wait(mutex_, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return calls_ >= calls || ending_; });
}

void ProviderStub::Accept() {
  for (;;) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    MutexLock lock(mutex_);
    if (ending_) {
      close(fd);
      return;
    }
    connections_.push_back({.fd = fd, .thread = std::thread([this, fd] { Serve(fd); })});
  }
}

void ProviderStub::Serve(int fd) {
  for (Request request; ReadRequest(fd, request); request = {}) {
    const std::optional<ProviderQuestion> question = ReadQuestion(request.question);
    {
      MutexLock lock(mutex_);
      ++calls_;
      last_head_ = request.head;
      if (question) {
        for (const std::string& number : question->numbers) ++asked_[number];
        if (!question->notify_url.empty()) last_notify_url_ = question->notify_url;
      }
      changed_.NotifyAll();
      changed_.Wait(mutex_, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !paused_ || ending_; });
    }
    if (!question) {
      Send(fd, Head("404 Not Found", 0));
      continue;
    }
    const auto faulty = std::ranges::find_if(question->numbers, [](const std::string& number) {
      const Fault fault = LineOf(number).fault;
      return fault != Fault::kNone && fault != Fault::kLeftOut;
    });
    if (faulty == question->numbers.end()) {
      Answer(fd, *question);
      continue;
    }
    Misbehave(fd, LineOf(*faulty).fault, *question);
  }
  // For the client to see; the descriptor stays ours until the end, so that no other connection gets it.
  shutdown(fd, SHUT_RDWR);
}

bool ProviderStub::ReadRequest(int fd, Request& request) const {
  char byte = 0;
  while (!request.head.ends_with("\r\n\r\n")) {
    if (recv(fd, &byte, 1, 0) != 1) return false;
    request.head.push_back(byte);
  }
  const std::size_t method_end = request.head.find(' ');
  const std::size_t target_end = request.head.find(' ', method_end + 1);
  request.question.method = request.head.substr(0, method_end);
  request.question.target = request.head.substr(method_end + 1, target_end - method_end - 1);
  std::string lower = request.head;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::string_view kLength = "content-length:";
  const std::size_t at = lower.find(kLength);
  std::size_t left = at == std::string::npos ? 0 : std::stoul(lower.substr(at + kLength.size()));
  for (; left > 0; --left) {
    if (recv(fd, &byte, 1, 0) != 1) return false;
    request.question.body.push_back(byte);
  }
  return true;
}

void ProviderStub::Answer(int fd, const ProviderQuestion& question) {
  const std::string body = (question.notify_url.empty() ? AnswerTo(question) : AcceptanceOf(question)).dump();
  Send(fd, Head("200 OK", body.size()) + body);
}

void ProviderStub::Misbehave(int fd, Fault fault, const ProviderQuestion& question) {
  const std::string body = AnswerTo(question).dump();
  switch (fault) {
    case Fault::kNone:
    case Fault::kLeftOut:
      return Answer(fd, question);
    case Fault::kTooManyRequests:
      Send(fd, Head("429 Too Many Requests", 0));
      return;
    case Fault::kTooManyRequestsRetryAfter:
      Send(fd, Head("429 Too Many Requests", 0, "Retry-After: 2\r\n"));
      return;
    case Fault::kServerError:
      Send(fd, Head("500 Internal Server Error", 12) + "<h1>Oh</h1>\n");
      return;
    case Fault::kHang:
      while (!GoneWithin(fd, -1)) {
      }
      return;
    case Fault::kDrip:
      Send(fd, Head("200 OK", kHugeBytes));
      while (!GoneWithin(fd, kDripMilliseconds) && Send(fd, " ")) {
      }
      return;
    case Fault::kReset: {
      const linger now{.l_onoff = 1, .l_linger = 0};
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
      // Ends the connection with RST while the descriptor stays ours.
      sockaddr none{};
      none.sa_family = AF_UNSPEC;
      connect(fd, &none, sizeof(none));
      return;
    }
    case Fault::kTruncated:
      Send(fd, Head("200 OK", body.size()) + body.substr(0, body.size() / 2));
      shutdown(fd, SHUT_RDWR);
      return;
    case Fault::kHuge:
      Send(fd, Head("200 OK", kHugeBytes) + std::string(kHugeBytes, ' '));
      return;
    case Fault::kRedirect:
      Send(fd, Head("302 Found", 0, "Location: " + url() + "/elsewhere\r\n"));
      return;
    case Fault::kWrongTypes: {
      const std::string wrong = WrongTypes(AnswerTo(question)).dump();
      Send(fd, Head("200 OK", wrong.size()) + wrong);
      return;
    }
    case Fault::kErrorInside: {
      const std::string refusal = RefusalOf(question).dump();
      Send(fd, Head("200 OK", refusal.size()) + refusal);
      return;
    }
    case Fault::kNotJson:
      Send(fd, Head("200 OK", 15) + "<p>Welcome!</p>");
      return;
  }
}

}  // namespace limpid::testing

#include "tests/verify-svc/email/smtp/scripted_server.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "absl/strings/match.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);

}  // namespace

ScriptedServer::ScriptedServer(Script script, Options options)
    : script_(std::move(script)),
      options_(std::move(options)),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      ending_(eventfd(0, EFD_CLOEXEC)) {
  const int on = 1;
  setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(options_.port));
  inet_pton(AF_INET, options_.address.c_str(), &address.sin_addr);
  socklen_t size = sizeof(address);
  const bool listens = bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       listen(listener_.get(), SOMAXCONN) == 0 &&
                       getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0;
  port_ = listens ? ntohs(address.sin_port) : -1;
  accepting_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  eventfd_write(ending_.get(), 1);
  accepting_.join();
}

void ScriptedServer::Accept() {
  const int on = 1;
  std::array<pollfd, 2> waits = {pollfd{listener_.get(), POLLIN, 0}, pollfd{ending_.get(), POLLIN, 0}};
  while (poll(waits.data(), waits.size(), -1) > 0 && waits[1].revents == 0) {
    const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    int number = 0;
    {
      MutexLock lock(mutex_);
      number = connections_++;
      most_at_once_ = std::max(most_at_once_, ++open_);
    }
    threads_.emplace_back([this, number, fd] { Serve(number, fd); });
  }
  for (std::thread& thread : threads_) thread.join();
}

// False when the connection is over.
bool ScriptedServer::Say(int fd, int number, const std::string& line, bool& closed) {
  const Reaction reaction = script_(number, line);
  if (options_.delay > absl::ZeroDuration()) {
    pollfd end{ending_.get(), POLLIN, 0};
    if (poll(&end, 1, static_cast<int>(absl::ToInt64Milliseconds(options_.delay))) > 0) return false;
  }
  if (reaction.close) {
    // Before the client can know: it may open its next connection at once.
    MutexLock lock(mutex_);
    --open_;
    closed = true;
  }
  std::string_view left = reaction.text;
  while (!left.empty()) {
    std::array<pollfd, 2> waits = {pollfd{fd, POLLOUT, 0}, pollfd{ending_.get(), POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) <= 0 || waits[1].revents != 0) return false;
    const ssize_t sent = send(fd, left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  return !reaction.close;
}

void ScriptedServer::Serve(int number, int fd) {
  const UniqueFd owner(fd);
  bool closed_by_script = false;
  std::string bytes;
  std::array<char, 4096> buffer{};
  bool goes_on = Say(fd, number, "", closed_by_script);
  while (goes_on) {
    std::array<pollfd, 2> waits = {pollfd{fd, POLLIN, 0}, pollfd{ending_.get(), POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) <= 0 || waits[1].revents != 0) break;
    const ssize_t count = recv(fd, buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    for (std::size_t end = 0; goes_on && (end = bytes.find('\n')) != std::string::npos;) {
      std::string line = bytes.substr(0, end);
      bytes.erase(0, end + 1);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      {
        MutexLock lock(mutex_);
        lines_.push_back(line);
        line_came_.NotifyAll();
      }
      goes_on = Say(fd, number, line, closed_by_script);
    }
  }
  // What was said is not to be lost by a reset.
  shutdown(fd, SHUT_WR);
  MutexLock lock(mutex_);
  if (!closed_by_script) --open_;
}

std::vector<std::string> ScriptedServer::lines() const {
  MutexLock lock(mutex_);
  return lines_;
}

std::vector<std::string> ScriptedServer::AwaitLines(std::size_t count) const {
  MutexLock lock(mutex_);
  line_came_.WaitUntil(mutex_, std::chrono::steady_clock::now() + kPatience,
                       [this, count]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return lines_.size() >= count; });
  return lines_;
}

int ScriptedServer::connections() const {
  MutexLock lock(mutex_);
  return connections_;
}

int ScriptedServer::most_at_once() const {
  MutexLock lock(mutex_);
  return most_at_once_;
}

ScriptedServer::Script Mailboxes(std::vector<std::string> known) {
  return [known = std::move(known)](int, const std::string& line) -> ScriptedServer::Reaction {
    if (line.empty()) return {"220 mx.test ESMTP\r\n"};
    if (line.starts_with("EHLO")) return {"250-mx.test\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n"};
    if (line.starts_with("QUIT")) return {"221 2.0.0 Bye\r\n", true};
    if (!line.starts_with("RCPT TO:<")) return {"250 2.0.0 Ok\r\n"};
    const bool exists = std::ranges::any_of(
        known, [&](const std::string& local) { return absl::StrContains(line, StrCat("<", local, "@")); });
    return {exists ? "250 2.1.5 Ok\r\n" : "550 5.1.1 User unknown\r\n"};
  };
}

}  // namespace limpid::verify

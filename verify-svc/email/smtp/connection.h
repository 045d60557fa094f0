#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/http/address_guard.h"
#include "verify-svc/email/smtp/event_loop.h"
#include "verify-svc/email/smtp/reply.h"

namespace limpid::verify {

/// One connection to a mail server. libcurl connects (through a proxy where one is given), reads the
/// greeting, says EHLO, HELO where that is refused, and turns TLS on where it is offered; after that the
/// bytes are ours.
///
/// Connects to the given address only, and to none that the guard refuses, checked when the socket is made.
/// Waits as long as it is left alive. Certificates are not looked at: mail between servers is encrypted
/// opportunistically (RFC 7435). Lives on the loop; must not be destroyed from within its callbacks.
class SmtpConnection {
 public:
  struct Target {
    std::string host;     ///< For SNI alone.
    std::string address;  ///< Numeric.
    int port = 25;
    std::string proxy;  ///< libcurl's spelling (`socks5://host:port`); empty: none.
    bool tls = true;
    std::string ehlo_name;
  };
  enum class Opening {
    kOpen,
    kNoConnect,
    kRefused,  ///< The last step's reply says why.
    kTlsFailed,
    kLost,
    kNotSmtp,
  };
  /// One exchange of the opening, and what the server said. `step` as in evidence: CONNECT, EHLO, TLS.
  struct Step {
    std::string_view step;
    SmtpReply reply;
    absl::Duration elapsed;
  };
  struct Callbacks {
    std::function<void()> on_progress;  ///< One more step of the opening is over.
    std::function<void(Opening)> on_opened;
    std::function<void(SmtpReply)> on_reply;
    std::function<void(SmtpReplyReader::Fault)> on_closed;  ///< By the server, or for what it sent.
  };

  SmtpConnection(EventLoop& loop, Target target, const http::AddressGuard& guard, Callbacks callbacks);
  ~SmtpConnection();
  SmtpConnection(const SmtpConnection&) = delete;
  SmtpConnection& operator=(const SmtpConnection&) = delete;

  void Send(std::string bytes);
  const std::vector<Step>& steps() const { return steps_; }
  /// Of the last EHLO.
  bool Offers(std::string_view extension) const;
  /// False while there is no TCP connection yet.
  bool connected() const;

 private:
  struct Free {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  static std::size_t OnOpeningLine(char* data, std::size_t, std::size_t size, void* self);
  static curl_socket_t OnSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
  void Configure();
  bool TakeOpeningLine(std::string_view line);
  void OnDone(CURLcode code);
  Opening OpeningOf(CURLcode code) const;
  void OnReady();
  void Flush();
  void Receive();

  EventLoop& loop_;
  const Target target_;
  const http::AddressGuard& guard_;
  const Callbacks callbacks_;
  std::unique_ptr<CURL, Free> easy_;
  std::unique_ptr<curl_slist, Free> resolve_;
  SteadyTime step_start_;
  SmtpReplyReader reader_;
  std::vector<Step> steps_;
  std::vector<std::string> extensions_;
  bool tls_asked_ = false;  ///< STARTTLS was accepted, the handshake follows.
  int fd_ = -1;             ///< Ours to watch, once the opening is over.
  std::string unsent_;
  bool over_ = false;
};

}  // namespace limpid::verify

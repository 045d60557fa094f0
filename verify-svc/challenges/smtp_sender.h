#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/base/random.h"
#include "verify-svc/challenges/message_texts.h"
#include "verify-svc/challenges/sender.h"

namespace limpid::verify {

/// Sends e-mails through one mail server of the operator's (a smarthost), by libcurl.
///
/// Its transfers run on a few threads of their own that keep their connections. What the server refused, or
/// never got to the end of, is kNotSent; a connection that is lost while the server has the whole message and
/// has not answered is kUncertain. Thread-safe.
class SmtpSender final : public Sender {
 public:
  struct Options {
    std::string url;   ///< `smtp://host:port`, or `smtps://host:port` for TLS from the first byte.
    std::string user;  ///< Empty: the server asks for none.
    std::string password;
    std::string from;         ///< The sender's address.
    bool require_tls = true;  ///< Sends nothing in clear.
    std::string ca_file;      ///< PEM; empty: the system's.
    int threads = 2;
    size_t max_waiting = 256;
  };

  SmtpSender(Options options, std::shared_ptr<const TextsInForce> texts, const Clock& clock, Random& random);
  /// Ends what was admitted.
  ~SmtpSender() override;

  const std::string& name() const override { return name_; }
  bool Carries(ChallengeChannel channel) const override { return IsEmail(channel); }
  void Send(const Call& call, const ChallengeMessage& message, MessageDelivery::Delivered done) override;

 private:
  Fate Transfer(const Call& call, const std::string& to, const std::string& text) const;

  const std::string name_ = "smtp";
  const Options options_;
  const std::shared_ptr<const TextsInForce> texts_;
  const Clock& clock_;
  Random& random_;
  Executor executor_;
};

}  // namespace limpid::verify

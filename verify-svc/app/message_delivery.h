#pragma once

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "verify-svc/domain/challenge.h"

namespace limpid::verify {

/// What is told to a person.
struct ChallengeMessage {
  ChallengeChannel channel = ChallengeChannel::kEmailCode;
  std::string destination;
  std::string secret;  ///< The code, or the token of the link.
  std::string language;
  std::string brand;
  std::string autofill_host;
  absl::Duration lifetime;  ///< How long the code or link still works.
};

/// What became of a message.
enum class Fate {
  kSent,
  kNotSent,    ///< Certainly not: it may be tried again, and nothing was spent.
  kRefused,    ///< Not sent, and not for want of health: none is taken for this destination.
  kUncertain,  ///< It may have been: it is not tried again, so that nothing is sent and paid twice.
};

/// Hands messages to those who carry them. Thread-safe.
class MessageDelivery {
 public:
  using Delivered = absl::AnyInvocable<void(Fate)>;

  virtual ~MessageDelivery() = default;
  /// Whether anybody carries messages of this channel.
  virtual bool Offers(ChallengeChannel channel) const = 0;
  /// `done` is called once, from any thread, and must not block.
  virtual void Deliver(const Call& call, ChallengeMessage message, Delivered done) = 0;
};

}  // namespace limpid::verify

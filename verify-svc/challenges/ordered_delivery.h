#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "libs/base/circuit_breaker.h"
#include "libs/base/metrics.h"
#include "verify-svc/challenges/sender.h"

namespace limpid::verify {

/// Asks the senders of a channel in their order: the next one only when the one before has certainly not
/// sent, so that nobody gets a message twice. One that fails is left alone for a while. Thread-safe.
class OrderedDelivery final : public MessageDelivery {
 public:
  OrderedDelivery(std::vector<std::unique_ptr<Sender>> senders, MetricsRegistry& metrics, const Clock& clock,
                  Random& random);
  /// Ends what is under way; what comes of it is told before this returns.
  ~OrderedDelivery() override;

  bool Offers(ChallengeChannel channel) const override;
  void Deliver(const Call& call, ChallengeMessage message, Delivered done) override;

 private:
  struct Lane;
  struct Way;
  void AskFrom(size_t lane, std::shared_ptr<Way> way);

  std::atomic<bool> ending_ = false;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace limpid::verify

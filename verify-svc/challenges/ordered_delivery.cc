#include "verify-svc/challenges/ordered_delivery.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace limpid::verify {

/// A sender, whether it is well, and what became of its messages.
struct OrderedDelivery::Lane {
  Lane(std::unique_ptr<Sender> the_sender, MetricsRegistry& metrics, const Clock& clock, Random& random)
      : sender(std::move(the_sender)),
        breaker({}, clock, random),
        sent(Count(metrics, "sent")),
        not_sent(Count(metrics, "not_sent")),
        refused(Count(metrics, "refused")),
        uncertain(Count(metrics, "uncertain")) {}

  Counter Count(MetricsRegistry& metrics, const char* fate) const {
    return metrics.AddCounter("limpid_challenge_messages_total",
                              "Messages of challenges by what became of them.",
                              {{"sender", sender->name()}, {"fate", fate}});
  }
  void Note(Fate fate) {
    switch (fate) {
      case Fate::kSent:
        return sent.Increment();
      case Fate::kNotSent:
        return not_sent.Increment();
      case Fate::kRefused:
        return refused.Increment();
      case Fate::kUncertain:
        return uncertain.Increment();
    }
  }

  std::unique_ptr<Sender> sender;
  CircuitBreaker breaker;
  Counter sent;
  Counter not_sent;
  Counter refused;
  Counter uncertain;
};

/// A message on its way past the senders.
struct OrderedDelivery::Way {
  Call call;
  ChallengeMessage message;
  Delivered done;
  Fate fate = Fate::kNotSent;  ///< What the last sender said.
};

OrderedDelivery::OrderedDelivery(std::vector<std::unique_ptr<Sender>> senders, MetricsRegistry& metrics,
                                 const Clock& clock, Random& random) {
  for (std::unique_ptr<Sender>& sender : senders) {
    lanes_.push_back(std::make_unique<Lane>(std::move(sender), metrics, clock, random));
  }
}

OrderedDelivery::~OrderedDelivery() {
  ending_ = true;
  for (const std::unique_ptr<Lane>& lane : lanes_) lane->sender.reset();
}

bool OrderedDelivery::Offers(ChallengeChannel channel) const {
  return std::ranges::any_of(lanes_, [&](const auto& lane) { return lane->sender->Carries(channel); });
}

void OrderedDelivery::Deliver(const Call& call, ChallengeMessage message, Delivered done) {
  AskFrom(0, std::make_shared<Way>(Way{call, std::move(message), std::move(done), Fate::kNotSent}));
}

void OrderedDelivery::AskFrom(size_t lane, std::shared_ptr<Way> way) {
  for (; lane < lanes_.size() && !ending_; ++lane) {
    Lane& asked = *lanes_[lane];
    if (!asked.sender->Carries(way->message.channel)) continue;
    if (!way->call.Check().ok()) break;
    std::optional<CircuitBreaker::Permit> permit = asked.breaker.Admit();
    if (!permit) continue;
    asked.sender->Send(way->call, way->message,
                       [this, lane, way, permit = *std::move(permit)](Fate fate) mutable {
                         lanes_[lane]->Note(fate);
                         // A refusal is an answer of a sender in good health.
                         const bool well = fate == Fate::kSent || fate == Fate::kRefused;
                         well ? permit.Succeeded() : static_cast<void>(permit.Failed());
                         if (fate == Fate::kSent || fate == Fate::kUncertain) return way->done(fate);
                         way->fate = fate;
                         AskFrom(lane + 1, way);
                       });
    return;
  }
  way->done(way->fate);
}

}  // namespace limpid::verify

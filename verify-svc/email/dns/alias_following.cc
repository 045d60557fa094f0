#include "verify-svc/email/dns/alias_following.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace limpid::verify::dns {
namespace {

constexpr int kMaxQuestions = 5;
// Without a SOA nothing says how long "there is none" holds.
constexpr absl::Duration kUnstatedNegativeTimeToLive = absl::Seconds(60);

struct Chase {
  Resolver& resolver;
  RecordType type;
  SteadyTime deadline;
  OnAnswer on_answer;
  absl::Duration aliases_hold = absl::InfiniteDuration();
  int questions = 0;
};

absl::Duration NegativeTimeToLive(const Message& message) {
  return std::min(message.negative_time_to_live.value_or(kUnstatedNegativeTimeToLive),
                  kMaxNegativeTimeToLive);
}

void Ask(Chase chase, const std::string& name);

void Fail(Chase& chase, Outcome outcome) {
  chase.on_answer({.outcome = outcome, .time_to_live = kFailureTimeToLive});
}

void Take(Chase chase, const std::string& name, Reply reply) {
  if (reply.outcome != Outcome::kAnswered) return Fail(chase, reply.outcome);
  const std::optional<Found> found = Find(reply.message, name, chase.type);
  if (!found) return Fail(chase, Outcome::kError);
  const absl::Duration holds = std::min(chase.aliases_hold, found->time_to_live);
  Answer answer{.outcome = Outcome::kAnswered, .time_to_live = std::min(holds, kMaxTimeToLive)};
  if (!found->records.empty()) {
    for (const Record* record : found->records) answer.records.push_back(*record);
    return chase.on_answer(std::move(answer));
  }
  answer.no_such_name = reply.message.code == ResponseCode::kNameError;
  const bool chain_ends_here =
      answer.no_such_name || reply.message.negative_time_to_live || found->name == name;
  if (chain_ends_here) {
    answer.time_to_live = std::min(holds, NegativeTimeToLive(reply.message));
    return chase.on_answer(std::move(answer));
  }
  if (chase.questions == kMaxQuestions) return Fail(chase, Outcome::kError);
  chase.aliases_hold = holds;
  const std::string target(found->name);
  Ask(std::move(chase), target);
}

void Ask(Chase chase, const std::string& name) {
  ++chase.questions;
  Resolver& resolver = chase.resolver;
  const RecordType type = chase.type;
  const SteadyTime deadline = chase.deadline;
  resolver.Ask(name, type, deadline, [chase = std::move(chase), name](Reply reply) mutable {
    Take(std::move(chase), name, std::move(reply));
  });
}

}  // namespace

void AskThroughAliases(Resolver& resolver, const std::string& name, RecordType type, SteadyTime deadline,
                       OnAnswer on_answer) {
  Ask({.resolver = resolver, .type = type, .deadline = deadline, .on_answer = std::move(on_answer)}, name);
}

}  // namespace limpid::verify::dns

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/mutex.h"
#include "verify-svc/app/lookup_budget.h"
#include "verify-svc/app/number_history.h"
#include "verify-svc/app/number_lookup.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/phone/provider.h"

/// Neighbours of one layer, so that it can be seen alone.
namespace limpid::verify {

class FixedPolicies final : public Policies {
 public:
  explicit FixedPolicies(Policy::Phone phone) {
    Policy policy;
    policy.phone = std::move(phone);
    policy_ = std::make_shared<const Policy>(std::move(policy));
  }
  std::shared_ptr<const Policy> Of(const TenantId& /*tenant*/) const override { return policy_; }

 private:
  std::shared_ptr<const Policy> policy_;
};

/// Keeps every question until it is told to answer.
class HeldLookup final : public NumberLookup {
 public:
  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override {
    MutexLock lock(mutex_);
    for (const NumberQuestion& number : numbers) ++asked_[number.e164];
    held_.push_back({call, std::move(numbers), std::move(tell)});
  }

  /// The current carrier of the answer is named like the number.
  void AnswerAll() {
    std::vector<Held> held;
    {
      MutexLock lock(mutex_);
      held.swap(held_);
    }
    for (Held& question : held) {
      for (std::size_t i = 0; i < question.numbers.size(); ++i) {
        NumberFacts facts;
        facts.reachability = quality::Reachability::kReachable;
        facts.carrier_current = Carrier{.name = question.numbers[i].e164};
        question.tell(i, std::move(facts));
      }
    }
  }

  std::map<std::string, int> asked() {
    MutexLock lock(mutex_);
    return asked_;
  }
  std::size_t questions() {
    MutexLock lock(mutex_);
    return held_.size();
  }
  Call call(std::size_t question) {
    MutexLock lock(mutex_);
    return held_.at(question).call;
  }

 private:
  struct Held {
    Call call;
    std::vector<NumberQuestion> numbers;
    OnFacts tell;
  };
  Mutex mutex_;
  std::vector<Held> held_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, int> asked_ ABSL_GUARDED_BY(mutex_);
};

/// Answers at once, as it is told.
class ScriptedProvider final : public PhoneProvider {
 public:
  using Script = std::function<ProviderAnswer(const std::string& e164)>;
  explicit ScriptedProvider(std::string name, Script script, std::size_t max_numbers = 1)
      : name_(std::move(name)), max_numbers_(max_numbers), script_(std::move(script)) {}

  const std::string& name() const override { return name_; }
  std::size_t max_numbers() const override { return max_numbers_; }
  void Ask(const Call& /*call*/, std::vector<NumberQuestion> numbers, OnAnswers done) override {
    std::vector<ProviderAnswer> answers;
    for (const NumberQuestion& number : numbers) {
      asked.push_back(number.e164);
      answers.push_back(script_(number.e164));
    }
    sizes.push_back(numbers.size());
    done(std::move(answers));
  }

  std::vector<std::string> asked;
  std::vector<std::size_t> sizes;  ///< Of the questions.

 private:
  const std::string name_;
  const std::size_t max_numbers_;
  const Script script_;
};

inline ProviderAnswer Answered(const char* carrier = "Orange") {
  ProviderAnswer answer{.outcome = LookupOutcome::kAnswered};
  answer.facts.reachability = quality::Reachability::kReachable;
  answer.facts.carrier_current = Carrier{.name = carrier};
  return answer;
}

inline ScriptedProvider::Script Always(ProviderAnswer answer) {
  return [answer = std::move(answer)](const std::string&) { return answer; };
}

/// A budget in memory.
class CountedBudget final : public LookupBudget {
 public:
  void Reserve(const Call& /*call*/, int daily, int questions, OnGranted granted) override {
    if (!away.ok()) return granted(away);
    const int count = std::max(0, std::min(questions, daily - used));
    used += count;
    granted(count);
  }
  void Release(const Call& /*call*/, int questions, OnReleased released) override {
    used -= questions;
    released();
  }

  int used = 0;
  absl::Status away;  ///< Not OK: the store does not answer.
};

/// A history in memory, of one tenant.
class RememberedHistory final : public NumberHistory {
 public:
  void Recall(const Call& /*call*/, std::vector<std::string> e164, OnRecalled recalled) override {
    std::vector<std::optional<NumberFacts>> known;
    for (const std::string& number : e164) {
      const auto found = facts.find(number);
      known.push_back(found == facts.end() ? std::nullopt : std::optional(found->second));
    }
    recalled(std::move(known));
  }
  void Keep(const Call& /*call*/, std::vector<std::pair<std::string, NumberFacts>> kept) override {
    for (auto& [number, known] : kept) facts[number] = std::move(known);
  }
  absl::StatusOr<std::vector<Entry>> List(const Call& /*call*/, const std::string& e164) override {
    return std::vector<Entry>{{.facts = facts.at(e164)}};
  }
  absl::Status Erase(const Call& /*call*/, const std::string& e164) override {
    facts.erase(e164);
    return absl::OkStatus();
  }

  std::map<std::string, NumberFacts> facts;
};

}  // namespace limpid::verify

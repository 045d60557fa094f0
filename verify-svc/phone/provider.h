#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "verify-svc/domain/number.h"

namespace limpid::verify {

/// What came of asking a provider about one number. Only kAnswered speaks of the number; after anything else
/// another provider may be asked.
enum class LookupOutcome {
  kAnswered,     ///< It told what it knows, which may be that the network says nothing.
  kNoCoverage,   ///< It does not know this network.
  kTimeout,      ///< No answer in time.
  kBusy,         ///< It asks to come again, fails, breaks off, or answers what cannot be read.
  kRefused,      ///< It does not want us: credentials, credit, or a request that it does not take.
  kBudgetSpent,  ///< It was not asked: the tenant may pay no more today.
};

struct ProviderAnswer {
  LookupOutcome outcome = LookupOutcome::kBusy;
  NumberFacts facts;  ///< Of kAnswered.
  /// False where the provider surely charges nothing: the question never left, or was turned away at the
  /// door. In doubt true.
  bool billed = true;
  /// When asking again can help, where the provider said so; zero: it did not.
  absl::Duration retry_after = absl::ZeroDuration();
};

/// Somebody who is paid to ask phone networks. Thread-safe.
class PhoneProvider {
 public:
  /// As many answers as numbers, in their order. Called once, from any thread; must not block.
  using OnAnswers = absl::AnyInvocable<void(std::vector<ProviderAnswer>)>;

  virtual ~PhoneProvider() = default;
  /// As settings and policies name it.
  virtual const std::string& name() const = 0;
  /// How many numbers one question may hold, at least 1.
  virtual std::size_t max_numbers() const = 0;
  /// Asks about 1 to max_numbers() different numbers. The call's deadline bounds the answer.
  virtual void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) = 0;
};

}  // namespace limpid::verify

#include "verify-svc/app/verify_phone.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

NumberQuestion QuestionOf(const quality::PhoneVerdict& verdict) {
  return {.e164 = verdict.e164,
          .region_code = verdict.region_code,
          .calling_code = verdict.calling_code,
          .type = verdict.type};
}

void Add(const std::shared_ptr<const NumberFacts>& facts, PhoneAnswer& answer) {
  Apply(*facts, answer.verdict);
  answer.network = facts;
}

}  // namespace

VerifyPhone::VerifyPhone(std::shared_ptr<const RulesInForce> rules, std::string default_region,
                         const Clock& clock, NumberLookup* network)
    : rules_(std::move(rules)),
      default_region_(std::move(default_region)),
      clock_(clock),
      network_(network) {}

absl::StatusOr<PhoneAnswer> VerifyPhone::Run(const Call& call, const PhoneQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  const std::string_view region = query.default_region.empty() ? default_region_ : query.default_region;
  std::shared_ptr<const FastRules> rules = rules_->Get();
  PhoneAnswer answer{.id = query.id,
                     .input = query.phone,
                     .verdict = rules->phone.Verify(query.phone, region, query.likely_regions),
                     .check_time = clock_.Now()};
  if (rules->directory != nullptr) rules->directory->Describe(call.language, answer.verdict);
  answer.tables = std::move(rules);
  return answer;
}

bool VerifyPhone::AsksNetwork(const PhoneQuery& query, const absl::StatusOr<PhoneAnswer>& answer) const {
  return network_ != nullptr && query.depth == Depth::kDeep && answer.ok() && CanBeAsked(answer->verdict);
}

void VerifyPhone::Run(const Call& call, const PhoneQuery& query, Done<PhoneAnswer> done) const {
  absl::StatusOr<PhoneAnswer> answer = Run(call, query);
  if (!AsksNetwork(query, answer)) return done(std::move(answer));
  struct Question {
    PhoneAnswer answer;
    Done<PhoneAnswer> done;
  };
  std::vector<NumberQuestion> numbers = {QuestionOf(answer->verdict)};
  const auto question = std::make_shared<Question>(Question{*std::move(answer), std::move(done)});
  network_->Find(query.budget ? call.Within(*query.budget, clock_) : call, std::move(numbers),
                 [question](std::size_t, NumberFacts facts) {
                   Add(std::make_shared<const NumberFacts>(std::move(facts)), question->answer);
                   question->done(std::move(question->answer));
                 });
}

void VerifyPhone::RunAll(const Call& call, const std::vector<PhoneQuery>& queries, Done<Answers> done) const {
  // What the network tells lands here; the last of it hands the batch over.
  struct Batch {
    Answers answers;
    std::vector<std::vector<std::size_t>> rows;  ///< Of each number that is asked about.
    std::vector<std::shared_ptr<const NumberFacts>> facts;
    std::atomic<std::size_t> open = 0;
    Done<Answers> done;

    void Finish() {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const std::size_t row : rows[i]) Add(facts[i], *answers[row]);
      }
      done(std::move(answers));
    }
  };
  const auto batch = std::make_shared<Batch>();
  batch->answers.reserve(queries.size());
  batch->done = std::move(done);

  std::vector<NumberQuestion> numbers;
  absl::flat_hash_map<std::string, std::size_t> places;
  absl::Duration budget = absl::ZeroDuration();
  for (std::size_t row = 0; row < queries.size(); ++row) {
    // Given up when nobody waits any more.
    if (absl::Status status = call.Check(clock_); !status.ok()) return batch->done(std::move(status));
    batch->answers.push_back(Run(call, queries[row]));
    const absl::StatusOr<PhoneAnswer>& answer = batch->answers.back();
    if (!AsksNetwork(queries[row], answer)) continue;
    budget = std::max(budget, queries[row].budget.value_or(absl::InfiniteDuration()));
    const auto [place, is_new] = places.try_emplace(answer->verdict.e164, numbers.size());
    if (is_new) {
      numbers.push_back(QuestionOf(answer->verdict));
      batch->rows.emplace_back();
    }
    batch->rows[place->second].push_back(row);
  }
  if (numbers.empty()) return batch->Finish();
  batch->facts.resize(numbers.size());
  batch->open = numbers.size();
  const bool bounded = budget < absl::InfiniteDuration();
  network_->Find(bounded ? call.Within(budget, clock_) : call, std::move(numbers),
                 [batch](std::size_t place, NumberFacts facts) {
                   batch->facts[place] = std::make_shared<const NumberFacts>(std::move(facts));
                   if (batch->open.fetch_sub(1) == 1) batch->Finish();
                 });
}

}  // namespace limpid::verify

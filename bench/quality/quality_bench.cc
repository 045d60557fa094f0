#include <benchmark/benchmark.h>

#include "bench/quality/naive_email.h"
#include "bench/quality/samples.h"
#include "libs/quality/email/address.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/quality_data.h"

namespace limpid::bench {
namespace {

constexpr int kAddresses = 100'000;

std::shared_ptr<const quality::QualityData> Data() {
  static const auto* const data = new std::shared_ptr<const quality::QualityData>(
      quality::QualityData::Load(quality::QualityData::DefaultDirectory()).value());
  return *data;
}

const std::vector<std::string>& Emails() {
  static const auto* const emails =
      new std::vector<std::string>(SampleEmails(quality::QualityData::DefaultDirectory(), kAddresses));
  return *emails;
}

/// Runs `judge` over the rows in turn; an item is one row.
template <class Judge>
void OverRows(benchmark::State& state, const std::vector<std::string>& rows, Judge judge) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge(rows[i]));
    if (++i == rows.size()) i = 0;
  }
  state.SetItemsProcessed(state.iterations());
}

void LoadData(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(quality::QualityData::Load(quality::QualityData::DefaultDirectory()));
  }
}
BENCHMARK(LoadData)->Unit(benchmark::kMillisecond);

void EmailSyntaxOnly(benchmark::State& state) {
  OverRows(state, Emails(), [](const std::string& row) { return quality::ParseEmail(row); });
}
BENCHMARK(EmailSyntaxOnly);

void EmailVerdictFast(benchmark::State& state) {
  const quality::EmailRules rules(Data());
  OverRows(state, Emails(), [&](const std::string& row) { return rules.Verify(row); });
}
BENCHMARK(EmailVerdictFast)->ThreadRange(1, 2);

void EmailNaive(benchmark::State& state) {
  const NaiveEmailCheck check(quality::QualityData::DefaultDirectory());
  OverRows(state, Emails(), [&](const std::string& row) { return check.Check(row); });
}
BENCHMARK(EmailNaive);

}  // namespace
}  // namespace limpid::bench

BENCHMARK_MAIN();

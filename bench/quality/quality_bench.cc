#include <fstream>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "bench/quality/naive_email.h"
#include "bench/quality/samples.h"
#include "libs/quality/email/address.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/email/list_files.h"
#include "libs/quality/quality_data.h"

namespace limpid::bench {
namespace {

constexpr int kAddresses = 100'000;

std::shared_ptr<const quality::QualityData> Data() {
  static const auto* const data = new std::shared_ptr<const quality::QualityData>(
      quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return *data;
}

const std::vector<std::string>& Emails() {
  static const auto* const emails =
      new std::vector<std::string>(SampleEmails(LIMPID_SOURCE_DIR "/data", kAddresses));
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
    benchmark::DoNotOptimize(quality::QualityData::Load(LIMPID_SOURCE_DIR "/data"));
  }
}
BENCHMARK(LoadData)->Unit(benchmark::kMillisecond);

double ResidentMib() {
  long pages = 0;
  long resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Maps the e-mail lists of the build, and says what they add to the memory of a process when every page has
/// been looked at.
void LoadEmailLists(benchmark::State& state) {
  const std::string folder = LIMPID_SOURCE_DIR "/data";
  const double before = ResidentMib();
  const absl::StatusOr<quality::EmailLists> kept = quality::LoadEmailLists(folder);
  kept->domains().ForEach([](std::string_view domain, uint16_t marks) {
    benchmark::DoNotOptimize(domain);
    benchmark::DoNotOptimize(marks);
  });
  state.counters["resident_MiB"] = ResidentMib() - before;
  for (auto _ : state) benchmark::DoNotOptimize(quality::LoadEmailLists(folder));
}
BENCHMARK(LoadEmailLists)->Unit(benchmark::kMillisecond)->Iterations(20);

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
  const NaiveEmailCheck check(LIMPID_SOURCE_DIR "/data");
  OverRows(state, Emails(), [&](const std::string& row) { return check.Check(row); });
}
BENCHMARK(EmailNaive);

}  // namespace
}  // namespace limpid::bench

BENCHMARK_MAIN();

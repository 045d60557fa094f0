#include <benchmark/benchmark.h>
#include <phonenumbers/phonenumberutil.h>

#include "bench/quality/packaged_library.h"
#include "bench/quality/phone_samples.h"
#include "libs/quality/phone/compiled_plan.h"
#include "libs/quality/phone/phone_rules.h"
#include "libs/quality/quality_data.h"

namespace limpid::bench {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr int kRows = 20'000;

const std::shared_ptr<const quality::QualityData>& Data() {
  static const auto* const data = new std::shared_ptr<const quality::QualityData>(
      quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return *data;
}

const std::vector<SamplePhone>& Phones() {
  static const auto* const phones =
      new std::vector<SamplePhone>(SamplePhones(LIMPID_SOURCE_DIR "/data", kRows));
  return *phones;
}

/// Runs `judge` over the numbers in turn; an item is one of them. Threads begin at different places.
template <class Judge>
void OverPhones(benchmark::State& state, Judge judge) {
  const std::vector<SamplePhone>& phones = Phones();
  std::size_t i = phones.size() / 2 * static_cast<std::size_t>(state.thread_index());
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge(phones[i].text, phones[i].region));
    if (++i == phones.size()) i = 0;
  }
  state.SetItemsProcessed(state.iterations());
}

/// What two threads get of the machine while nothing is shared but that.
void EmptyLoop(benchmark::State& state) {
  OverPhones(state, [](const std::string& text, const std::string& region) {
    std::size_t sum = region.size();
    for (int round = 0; round < 20; ++round) {
      for (const char c : text) benchmark::DoNotOptimize(sum += static_cast<unsigned char>(c));
    }
    return sum;
  });
}
BENCHMARK(EmptyLoop)->ThreadRange(1, 2)->UseRealTime();

void PhoneVerdict(benchmark::State& state) {
  const quality::PhoneRules rules(Data());
  OverPhones(state,
             [&](const std::string& text, const std::string& region) { return rules.Verify(text, region); });
}
BENCHMARK(PhoneVerdict)->ThreadRange(1, 2)->UseRealTime();

void PhoneE164(benchmark::State& state) {
  const quality::PhoneRules rules(Data());
  OverPhones(state,
             [&](const std::string& text, const std::string& region) { return rules.E164(text, region); });
}
BENCHMARK(PhoneE164);

/// Reading, validity and its reason, type and region.
void PhoneClassification(benchmark::State& state) {
  const quality::NumberPlan& plan = Data()->number_plan();
  OverPhones(state,
             [&](const std::string& text, const std::string& region) { return plan.Read(text, region); });
}
BENCHMARK(PhoneClassification);

void PackagedClassification(benchmark::State& state) {
  const PhoneNumberUtil& util = PackagedLibrary().util();
  OverPhones(state, [&](const std::string& text, const std::string& region) {
    PhoneNumber number;
    if (util.Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
    benchmark::DoNotOptimize(util.GetNumberType(number));
    return util.IsValidNumber(number);
  });
}
BENCHMARK(PackagedClassification);

/// What the library costs for the fields of our verdict, asked one by one.
void PackagedFullAnswer(benchmark::State& state) {
  const PhoneNumberUtil& util = PackagedLibrary().util();
  OverPhones(state, [&](const std::string& text, const std::string& region) {
    PhoneNumber number;
    std::string answer;
    if (util.Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return answer;
    if (!util.IsValidNumber(number)) {
      benchmark::DoNotOptimize(util.IsPossibleNumberWithReason(number));
      return answer;
    }
    benchmark::DoNotOptimize(util.GetNumberType(number));
    util.GetRegionCodeForNumber(number, &answer);
    for (const auto format : {PhoneNumberUtil::E164, PhoneNumberUtil::NATIONAL,
                              PhoneNumberUtil::INTERNATIONAL, PhoneNumberUtil::RFC3966}) {
      util.Format(number, format, &answer);
    }
    return answer;
  });
}
BENCHMARK(PackagedFullAnswer)->ThreadRange(1, 2)->UseRealTime();

/// What the number plan adds to a start: libphonenumber's instance, and the tables over it. Of the packaged
/// plan, because an instance of ours is there already and would be shared.
void LoadNumberPlan(benchmark::State& state) {
  quality::MetadataBytes bytes = PackagedMetadata();
  for (auto _ : state) {
    benchmark::DoNotOptimize(quality::NumberPlan::Load(bytes));
  }
}
BENCHMARK(LoadNumberPlan)->Unit(benchmark::kMillisecond);

/// The largest price that a first number can have: its calling code is compiled.
void CompileCallingCode(benchmark::State& state) {
  const int code = static_cast<int>(state.range(0));
  for (auto _ : state) {
    const quality::CompiledPlan plan(Data()->number_plan().library().metadata());
    benchmark::DoNotOptimize(plan.Code(code));
  }
}
BENCHMARK(CompileCallingCode)->Arg(33)->Arg(1)->Arg(49)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace limpid::bench

BENCHMARK_MAIN();

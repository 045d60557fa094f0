#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <phonenumbers/asyoutypeformatter.h>
#include <phonenumbers/phonenumberutil.h>

#include "libs/quality/phone/phone_directory.h"
#include "libs/quality/phone/phone_rules.h"
#include "libs/quality/phone/typing/as_you_type.h"
#include "libs/quality/phone/typing/typed_entry.h"
#include "libs/quality/quality_data.h"

// What a form pays for each key of a number, and a verdict for carrier, time zones and place.
namespace limpid::bench {
namespace {

using i18n::phonenumbers::AsYouTypeFormatter;
using i18n::phonenumbers::PhoneNumberUtil;

const quality::NumberPlan& Plan() {
  static const auto* const data = new std::shared_ptr<const quality::QualityData>(
      quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return (*data)->number_plan();
}

struct TypedNumber {
  std::string region;
  std::string keys;
};

/// The example numbers of every region, three of four of them French as in the forms that Limpid is made for.
std::vector<TypedNumber> Numbers() {
  std::ifstream file(LIMPID_SOURCE_DIR "/tests/data/phone/asyoutype.tsv");
  std::vector<TypedNumber> numbers;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t region = line.find('\t');
    const std::size_t keys = line.find('\t', region + 1);
    numbers.push_back({line.substr(0, region), line.substr(region + 1, keys - region - 1)});
    for (const char* french : {"0612345678", "+33612345678", "0142685300"}) numbers.push_back({"FR", french});
  }
  return numbers;
}

/// Calls `type(number)` for one number after the other; an item is a key.
template <class Type>
void OverNumbers(benchmark::State& state, Type type) {
  static const auto* const numbers = new std::vector<TypedNumber>(Numbers());
  int64_t keys = 0;
  std::size_t i = 0;
  for (auto _ : state) {
    const TypedNumber& number = (*numbers)[i];
    type(number);
    keys += static_cast<int64_t>(number.keys.size());
    if (++i == numbers->size()) i = 0;
  }
  state.SetItemsProcessed(keys);
}

/// Key after key into one formatter, a new one for each number.
void AsYouTypeKeys(benchmark::State& state) {
  const quality::TypingPlan& plan = Plan().typing();
  OverNumbers(state, [&](const TypedNumber& number) {
    quality::AsYouType formatter(plan, *plan.Code(quality::CallingCodeOf(number.region)));
    for (const char key : number.keys) {
      formatter.Key(key);
      benchmark::DoNotOptimize(formatter.text().data());
    }
  });
}
BENCHMARK(AsYouTypeKeys);

/// As the service does: for each key the whole field anew, with its caret and whether it is valid.
void TypedEntryKeys(benchmark::State& state) {
  OverNumbers(state, [&](const TypedNumber& number) {
    for (std::size_t length = 1; length <= number.keys.size(); ++length) {
      benchmark::DoNotOptimize(quality::FormatEntry(Plan(), std::string_view(number.keys).substr(0, length),
                                                    std::nullopt, number.region));
    }
  });
}
BENCHMARK(TypedEntryKeys);

/// libphonenumber's, one formatter for each region, kept.
void PackagedAsYouTypeKeys(benchmark::State& state) {
  Plan();
  std::map<std::string, std::unique_ptr<AsYouTypeFormatter>> formatters;
  std::string text;
  OverNumbers(state, [&](const TypedNumber& number) {
    std::unique_ptr<AsYouTypeFormatter>& formatter = formatters[number.region];
    if (formatter == nullptr) {
      formatter.reset(PhoneNumberUtil::GetInstance()->GetAsYouTypeFormatter(number.region));
    }
    formatter->Clear();
    for (const char key : number.keys) benchmark::DoNotOptimize(formatter->InputDigit(key, &text).data());
  });
}
BENCHMARK(PackagedAsYouTypeKeys);

void DescribeVerdict(benchmark::State& state) {
  const auto directory = quality::PhoneDirectory::Load(LIMPID_SOURCE_DIR "/data").value();
  const quality::PhoneRules rules(quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  std::vector<quality::PhoneVerdict> verdicts;
  for (const char* number : {"0612345678", "0142685300", "+32470123456", "+14155552671", "+493012345678"}) {
    verdicts.push_back(rules.Verify(number, "FR"));
  }
  std::size_t i = 0;
  for (auto _ : state) {
    directory->Describe("fr", verdicts[i]);
    benchmark::DoNotOptimize(verdicts[i].location);
    if (++i == verdicts.size()) i = 0;
  }
}
BENCHMARK(DescribeVerdict);

void LoadPhoneDirectory(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(quality::PhoneDirectory::Load(LIMPID_SOURCE_DIR "/data"));
  }
}
BENCHMARK(LoadPhoneDirectory)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace limpid::bench

#include <benchmark/benchmark.h>
#include <phonenumbers/phonenumberutil.h>

#include "bench/quality/naive_email.h"
#include "bench/quality/samples.h"
#include "libs/quality/email/address.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/phone/phone_rules.h"
#include "libs/quality/quality_data.h"

namespace limpid::bench {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr int kRows = 20'000;
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

const std::vector<std::string>& Phones() {
  static const auto* const phones = new std::vector<std::string>(SamplePhones(kRows));
  return *phones;
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

void PhoneVerdictFast(benchmark::State& state) {
  const quality::PhoneRules rules(Data());
  OverRows(state, Phones(), [&](const std::string& row) { return rules.Verify(row, "FR"); });
}
BENCHMARK(PhoneVerdictFast)->ThreadRange(1, 2);

/// The least that any user of the library does: parse, validity, E.164.
void PhoneLibraryLeast(benchmark::State& state) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  OverRows(state, Phones(), [&](const std::string& row) {
    PhoneNumber number;
    std::string e164;
    if (util.Parse(row, "FR", &number) == PhoneNumberUtil::NO_PARSING_ERROR && util.IsValidNumber(number)) {
      util.Format(number, PhoneNumberUtil::E164, &e164);
    }
    return e164;
  });
}
BENCHMARK(PhoneLibraryLeast);

/// What the library costs for the fields of our verdict, asked one by one.
void PhoneLibraryAll(benchmark::State& state) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  OverRows(state, Phones(), [&](const std::string& row) {
    PhoneNumber number;
    std::string text;
    if (util.Parse(row, "FR", &number) != PhoneNumberUtil::NO_PARSING_ERROR || !util.IsValidNumber(number)) {
      return text;
    }
    benchmark::DoNotOptimize(util.GetNumberType(number));
    util.GetRegionCodeForNumber(number, &text);
    for (const auto format : {PhoneNumberUtil::E164, PhoneNumberUtil::NATIONAL,
                              PhoneNumberUtil::INTERNATIONAL, PhoneNumberUtil::RFC3966}) {
      util.Format(number, format, &text);
    }
    return text;
  });
}
BENCHMARK(PhoneLibraryAll);

}  // namespace
}  // namespace limpid::bench

BENCHMARK_MAIN();

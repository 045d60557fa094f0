#include "libs/quality/phone/plan_changes.h"

#include <optional>
#include <random>
#include <set>

#include <phonenumbers/phonemetadata.pb.h>

#include "libs/base/strings.h"
#include "libs/quality/phone/digit_pattern.h"
#include "libs/quality/phone/library_instance.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneNumberDesc;

constexpr std::size_t kMostExamples = 3;

/// Numbers in E.164 form, by the region from whose patterns they are.
using Probes = std::map<std::string, std::set<std::string>>;

void AddProbes(const PhoneMetadata& territory, std::size_t samples, Probes& probes) {
  std::mt19937 engine(static_cast<unsigned>(territory.country_code()));
  const auto choose = [&engine](std::size_t n) { return static_cast<std::size_t>(engine() % n); };
  const std::string code = StrCat("+", territory.country_code());
  // Networks that are not of a country are told apart by their code.
  std::set<std::string>& numbers = probes[territory.id() == "001" ? code : territory.id()];
  for (const PhoneNumberDesc* kind :
       {&territory.fixed_line(), &territory.mobile(), &territory.toll_free(), &territory.premium_rate(),
        &territory.shared_cost(), &territory.voip(), &territory.personal_number(), &territory.pager(),
        &territory.uan(), &territory.voicemail()}) {
    if (kind->has_example_number()) numbers.insert(code + kind->example_number());
    const std::optional<DigitPattern> pattern = DigitPattern::Parse(kind->national_number_pattern());
    if (!pattern || kind->national_number_pattern().empty()) continue;
    for (std::size_t i = 0; i < samples; ++i) numbers.insert(code + pattern->Sample(choose));
  }
}

void Compare(const PlannedNumber& before, const PlannedNumber& after, const std::string& e164,
             RegionChanges& changes) {
  ++changes.compared;
  if (before.valid() && after.valid()) {
    if (before.type != after.type) ++changes.other_type;
    return;
  }
  if (before.valid() == after.valid()) return;
  ++(after.valid() ? changes.now_valid : changes.now_invalid);
  if (changes.examples.size() < kMostExamples) changes.examples.push_back(e164);
}

}  // namespace

PlanChanges ComparePlans(const NumberPlan& before, const NumberPlan& after, std::size_t samples) {
  Probes probes;
  for (const NumberPlan* plan : {&before, &after}) {
    for (const PhoneMetadata& territory : plan->library().metadata().metadata()) {
      AddProbes(territory, samples, probes);
    }
  }
  PlanChanges changes;
  for (const auto& [region, numbers] : probes) {
    RegionChanges in_region;
    for (const std::string& e164 : numbers) {
      Compare(before.Read(e164, {}), after.Read(e164, {}), e164, in_region);
    }
    changes.compared += in_region.compared;
    changes.now_valid += in_region.now_valid;
    changes.now_invalid += in_region.now_invalid;
    if (in_region.now_valid + in_region.now_invalid + in_region.other_type > 0) {
      changes.regions.emplace(region, std::move(in_region));
    }
  }
  return changes;
}

}  // namespace limpid::quality

#include "libs/quality/phone/number_plan.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/compiled_plan.h"
#include "libs/quality/phone/library_instance.h"
#include "libs/quality/phone/library_reader.h"
#include "libs/quality/phone/plain_reader.h"
#include "libs/quality/phone/region_index.h"
#include "libs/quality/phone/typing/typing_plan.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// libphonenumber reads 250 characters; this many bytes hold them in any script.
constexpr std::size_t kMaxInput = 1000;

/// The plan that was made last, for whoever asks for the same again.
struct LastPlan {
  Mutex mutex;
  std::weak_ptr<const NumberPlan> plan ABSL_GUARDED_BY(mutex);
};

LastPlan& Last() {
  static auto* const last = new LastPlan();
  return *last;
}

}  // namespace

std::string PlannedNumber::E164() const { return StrCat("+", calling_code, national_digits); }

int CallingCodeOf(std::string_view region) {
  static const auto* const codes = new std::array<uint16_t, kRegionIndices>([] {
    std::array<uint16_t, kRegionIndices> table{};
    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    std::set<std::string> regions;
    util.GetSupportedRegions(&regions);
    for (const std::string& known : regions) {
      table[*RegionIndex(known)] = static_cast<uint16_t>(util.GetCountryCodeForRegion(known));
    }
    return table;
  }());
  const std::optional<std::size_t> index = RegionIndex(region);
  return index ? (*codes)[*index] : 0;
}

NumberPlan::NumberPlan(MetadataBytes bytes, std::unique_ptr<const LibraryInstance> library)
    : bytes_(std::move(bytes)),
      library_(std::move(library)),
      compiled_(std::make_unique<const CompiledPlan>(library_->metadata())),
      typing_(std::make_unique<const TypingPlan>(library_->metadata())) {}

NumberPlan::~NumberPlan() = default;

absl::StatusOr<std::shared_ptr<const NumberPlan>> NumberPlan::Load(MetadataBytes bytes) {
  if (bytes.version.empty()) {
    return InvalidField("phone/metadata_version.txt", reason::kInvalidFormat,
                        "The line is not `package version date`.");
  }
  LastPlan& last = Last();
  const MutexLock lock(last.mutex);
  if (std::shared_ptr<const NumberPlan> plan = last.plan.lock(); plan && plan->bytes_ == bytes) return plan;
  absl::StatusOr<std::unique_ptr<const LibraryInstance>> library = LibraryInstance::Make(bytes);
  if (!library.ok()) return library.status();
  std::shared_ptr<const NumberPlan> plan(new NumberPlan(std::move(bytes), *std::move(library)));
  last.plan = plan;
  return plan;
}

PlannedNumber NumberPlan::Read(std::string_view input, std::string_view region) const {
  PlannedNumber read;
  if (input.size() > kMaxInput) {
    read.fault = phone_reason::kTooLong;
  } else if (!text::IsValidUtf8(input)) {
    read.fault = phone_reason::kNotANumber;
  } else if (std::optional<PlannedNumber> plain = ReadPlainly(*compiled_, input, region)) {
    read = *std::move(plain);
  } else {
    read = ReadWithLibrary(*library_, input, region);
  }
  return read;
}

NumberFormats NumberPlan::Format(const PlannedNumber& number) const {
  std::optional<NumberFormats> plain = FormatPlainly(*compiled_, number);
  return plain ? *std::move(plain) : FormatWithLibrary(*library_, number);
}

RegionCodes NumberPlan::CandidateRegions(const PlannedNumber& number) const {
  std::optional<RegionCodes> plain = CandidatesPlainly(*compiled_, number);
  return plain ? *std::move(plain) : CandidatesOfLibrary(*library_, number);
}

ShortNumber NumberPlan::ReadShortNumber(std::string_view digits, std::string_view region) const {
  const std::string dialled(digits);
  const std::string where(region);
  if (library_->short_numbers().IsEmergencyNumber(dialled, where)) return ShortNumber::kEmergency;
  PhoneNumber number;
  if (library_->util().Parse(dialled, where, &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return ShortNumber::kNone;
  }
  return library_->short_numbers().IsValidShortNumberForRegion(number, where) ? ShortNumber::kShortCode
                                                                              : ShortNumber::kNone;
}

std::string NumberPlan::TrunkPrefix(std::string_view region) const { return compiled_->TrunkPrefix(region); }

std::vector<std::string> NumberPlan::Regions() const {
  std::set<std::string> regions;
  library_->util().GetSupportedRegions(&regions);
  return {regions.begin(), regions.end()};
}

}  // namespace limpid::quality

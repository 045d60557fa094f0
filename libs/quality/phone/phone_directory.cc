#include "libs/quality/phone/phone_directory.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_split.h"

#include "libs/base/strings.h"
#include "libs/quality/data_file.h"

namespace limpid::quality {
namespace {

/// Countries whose mobile numbers belong to a place, as libphonenumber has it: Mexico, Argentina, Brazil,
/// Indonesia.
constexpr int kPlacedMobiles[] = {52, 54, 55, 62};

bool IsPlaced(const PhoneVerdict& verdict) {
  if (verdict.type == PhoneType::kFixedLine || verdict.type == PhoneType::kFixedLineOrMobile) return true;
  return verdict.type == PhoneType::kMobile && std::find(std::begin(kPlacedMobiles), std::end(kPlacedMobiles),
                                                         verdict.calling_code) != std::end(kPlacedMobiles);
}

bool HasNetwork(PhoneType type) {
  return type == PhoneType::kMobile || type == PhoneType::kFixedLineOrMobile || type == PhoneType::kPager;
}

/// The national digits of `e164`.
std::string_view NationalDigits(const PhoneVerdict& verdict) {
  const std::size_t code = verdict.calling_code >= 100 ? 3 : verdict.calling_code >= 10 ? 2 : 1;
  return std::string_view(verdict.e164).substr(1 + code);
}

absl::StatusOr<PrefixTable> Read(const std::string& directory, std::string_view file) {
  absl::StatusOr<std::string> text = ReadDataFile(directory, file);
  if (!text.ok()) return text.status();
  return PrefixTable::Parse(file, *text);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const PhoneDirectory>> PhoneDirectory::Load(const std::string& directory) {
  std::shared_ptr<PhoneDirectory> loaded(new PhoneDirectory());
  const std::array tables = {&loaded->carriers_, &loaded->zones_, &loaded->places_english_,
                             &loaded->places_french_};
  for (std::size_t i = 0; i < kFiles.size(); ++i) {
    absl::StatusOr<PrefixTable> read = Read(directory, kFiles[i]);
    if (!read.ok()) return read.status();
    *tables[i] = *std::move(read);
  }
  for (const std::string_view name : loaded->zones_.Names()) {
    std::vector<std::string_view>& zones = loaded->zones_of_.emplace_back();
    if (name.empty()) continue;
    for (const absl::string_view zone : absl::StrSplit(Absl(name), '&')) zones.push_back(Std(zone));
  }
  return loaded;
}

void PhoneDirectory::Describe(std::string_view language, PhoneVerdict& verdict) const {
  if (verdict.e164.empty()) return;
  const std::string_view digits = NationalDigits(verdict);
  const bool placed = IsPlaced(verdict);
  if (HasNetwork(verdict.type)) verdict.carrier_original = carriers_.Find(verdict.calling_code, digits);
  // What belongs to no place has the zones of its country.
  verdict.time_zones = zones_of_[zones_.FindName(verdict.calling_code, placed ? digits : std::string_view())];
  if (!placed) return;
  if (language != "en") verdict.location = places_french_.Find(verdict.calling_code, digits);
  if (verdict.location.empty()) verdict.location = places_english_.Find(verdict.calling_code, digits);
}

std::size_t PhoneDirectory::bytes() const {
  return carriers_.bytes() + zones_.bytes() + places_english_.bytes() + places_french_.bytes();
}

}  // namespace limpid::quality

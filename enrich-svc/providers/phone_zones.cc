#include "enrich-svc/providers/phone_zones.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "enrich-svc/providers/table_file.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

constexpr size_t kNationalDigits = 9;
// France, and its overseas territories whose numbers are dialled in France as 0 and the same nine digits.
constexpr std::array<std::string_view, 5> kCallingCodes = {"33", "262", "590", "594", "596"};

// Digits, and a leading plus; false for what does not belong into a number.
bool Compact(std::string_view typed, std::string& digits) {
  for (const char c : typed) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c == '+' && digits.empty()) {
      digits.push_back(c);
    } else if (std::string_view(" .-/()").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const PhoneZones>> PhoneZones::Load(const std::string& directory) {
  constexpr std::string_view kName = "phone_zones.csv";
  absl::StatusOr<std::string> content = ReadFile(StrCat(directory, "/", kName));
  if (!content.ok()) return content.status();
  std::unique_ptr<PhoneZones> zones(new PhoneZones);
  const absl::Status status = ReadTable(kName, *content, "prefix,territory,department,region,confidence",
                                        [&zones](const std::vector<std::string_view>& fields) {
                                          Zone zone{.prefix = std::string(fields[0]),
                                                    .territory = std::string(fields[1]),
                                                    .department = std::string(fields[2]),
                                                    .region = std::string(fields[3])};
                                          const char* const end = fields[4].data() + fields[4].size();
                                          const auto [stop, error] =
                                              std::from_chars(fields[4].data(), end, zone.confidence);
                                          if (zone.prefix.empty() || error != std::errc() || stop != end)
                                            return false;
                                          zones->zones_.push_back(std::move(zone));
                                          return true;
                                        });
  if (!status.ok()) return status;
  std::ranges::sort(zones->zones_, {}, &Zone::prefix);
  return zones;
}

const PhoneZones::Zone* PhoneZones::Find(std::string_view national) const {
  for (size_t length = std::min<size_t>(national.size(), 3); length > 0; --length) {
    const std::string_view prefix = national.substr(0, length);
    const auto found = std::ranges::lower_bound(
        zones_, prefix, {}, [](const Zone& zone) { return std::string_view(zone.prefix); });
    if (found != zones_.end() && found->prefix == prefix) return &*found;
  }
  return nullptr;
}

std::string FrenchNationalDigits(std::string_view typed, bool default_is_french) {
  std::string digits;
  if (!Compact(typed, digits)) return {};
  std::string_view rest = digits;
  if (rest.starts_with("+") || rest.starts_with("00")) {
    rest.remove_prefix(rest.starts_with("+") ? 1 : 2);
    const auto code = std::ranges::find_if(
        kCallingCodes, [rest](std::string_view known) { return rest.starts_with(known); });
    if (code == kCallingCodes.end()) return {};
    rest.remove_prefix(code->size());
    if (rest.starts_with("0")) rest.remove_prefix(1);  // `+33 (0)6 …`
  } else {
    if (!default_is_french || !rest.starts_with("0")) return {};
    rest.remove_prefix(1);
  }
  if (rest.size() != kNationalDigits || rest.front() == '0') return {};
  return std::string(rest);
}

}  // namespace limpid::enrich

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"

#include "libs/quality/reasons.h"

namespace limpid::quality {

/// libphonenumber's eleven types, and UNKNOWN.
enum class PhoneType {
  kUnknown,
  kFixedLine,
  kMobile,
  kFixedLineOrMobile,
  kTollFree,
  kPremiumRate,
  kSharedCost,
  kVoip,
  kPersonalNumber,
  kPager,
  kUan,
  kVoicemail,
};

enum class Reachability { kNotChecked, kReachable, kAbsent, kUnassigned, kBarred, kUnknown };
/// For `ported` and `roaming`.
enum class Assumption { kUnknown, kYes, kNo, kAssumedYes, kAssumedNo };
enum class CanReceive { kNo, kYes, kMaybe };

/// The words of CONTRACT's lists: `VALID`, `FIXED_LINE_OR_MOBILE`, `NOT_CHECKED` …
std::string_view Name(PhoneStatus status);
std::string_view Name(PhoneType type);
std::string_view Name(Reachability reachability);
std::string_view Name(Assumption assumption);
std::string_view Name(CanReceive can_receive);

/// What the person probably meant, and which of the reasons speaks for it. `confidence` from 0 to 1.
struct PhoneSuggestion {
  std::string e164;
  std::string_view reason;
  double confidence = 0;
};

/// ISO 3166-1 alpha-2. Most numbers are of one region, and many of the others of two.
using RegionCodes = absl::InlinedVector<std::string, 2>;

/// What is known of one number. The FAST rules fill it; providers add reachability, carrier and flags. The
/// formats are empty when the number is INVALID. A plain value; every std::string_view lives as long as the
/// program, or as the PhoneDirectory that filled it.
struct PhoneVerdict {
  PhoneStatus status = PhoneStatus::kUnknown;
  std::vector<std::string_view> reasons;
  std::string e164;
  std::string national;
  std::string international;
  std::string rfc3966;
  std::string extension;
  int calling_code = 0;           ///< 0 where none is known.
  std::string region_code;        ///< ISO 3166-1 alpha-2, `001` for international networks, or empty.
  RegionCodes region_candidates;  ///< All regions whose plan has the number: `GP`, `BL`, `MF`.
  PhoneType type = PhoneType::kUnknown;
  std::string_view line_type = "UNKNOWN";  ///< Finer than `type` once a provider has said so.
  std::vector<std::string_view> flags;
  /// PhoneDirectory fills these; empty where it knows nothing.
  std::string_view carrier_original;
  absl::Span<const std::string_view> time_zones;
  std::string_view location;
  Reachability reachability = Reachability::kNotChecked;
  Assumption ported = Assumption::kUnknown;
  Assumption roaming = Assumption::kUnknown;
  CanReceive sms = CanReceive::kNo;
  CanReceive voice = CanReceive::kNo;
  std::vector<PhoneSuggestion> suggestions;  ///< The likeliest first.
  std::string metadata_version;

  bool HasReason(std::string_view wanted) const;
  bool HasFlag(std::string_view wanted) const;
};

}  // namespace limpid::quality

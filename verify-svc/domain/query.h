#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/quality/phone/likely_regions.h"
#include "verify-svc/domain/depth.h"

/// What verify-svc is asked. The texts belong to the caller and outlive the query.
namespace limpid::verify {

inline constexpr std::size_t kMaxEmailCharacters = 1024;
inline constexpr std::size_t kMaxPhoneCharacters = 256;
inline constexpr std::size_t kMaxIdCharacters = 128;
inline constexpr absl::Duration kMaxBudget = absl::Seconds(60);

struct EmailQuery {
  std::string_view id;     ///< The caller's own, comes back in the answer.
  std::string_view email;  ///< As the person typed it.
  Depth depth = Depth::kFast;
  std::optional<absl::Duration> budget;  ///< Absent: what is left of the call.
};

struct PhoneQuery {
  std::string_view id;
  std::string_view phone;
  std::string_view default_region;  ///< ISO 3166-1 alpha-2; empty: the installation's.
  quality::LikelyRegions likely_regions = {};
  Depth depth = Depth::kFast;
  std::optional<absl::Duration> budget;
};

/// What one person gave; an empty field is not verified.
struct PersonQuery {
  std::string_view email;
  std::string_view phone;
  std::string_view default_region;
  quality::LikelyRegions likely_regions = {};
  Depth depth = Depth::kFast;
  std::optional<absl::Duration> budget;
};

/// A field for a phone number while somebody types into it.
struct TypingQuery {
  std::string_view digits;  ///< All that stands in the field.
  std::string_view default_region;
  std::optional<int64_t> caret;  ///< In UTF-16 code units; absent: at the end.
};

/// OK, or INVALID_ARGUMENT with every violation. Whether a text is a good address or number is not asked
/// here: that is what the verdict says.
absl::Status Check(const EmailQuery& query);
absl::Status Check(const PhoneQuery& query);
absl::Status Check(const PersonQuery& query);
absl::Status Check(const TypingQuery& query);

}  // namespace limpid::verify

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "libs/base/ids.h"
#include "libs/redis/key_hasher.h"

namespace limpid::verify {

/// The right to report once on one number, given to the provider that was asked about it.
struct ReportToken {
  std::string id;  ///< Random; what makes it good for one report only.
  absl::Time expire_time;
  std::string provider;
  TenantId tenant;
};

/// Makes such rights into a piece of a URL and knows them again. The number is signed and not named, so that
/// neither a log nor a proxy on the way can tell whose it is, and a report about another number does not fit.
/// Thread-safe; `hasher` must outlive it.
class ReportTokens {
 public:
  explicit ReportTokens(const redis::KeyHasher& hasher) : hasher_(hasher) {}

  std::string Make(const ReportToken& token, std::string_view e164) const;
  /// What a text says it is; nothing when it is none. Not believed before Fits says so.
  static std::optional<ReportToken> Read(std::string_view text);
  /// Whether we made this text for this number.
  bool Fits(std::string_view text, std::string_view e164) const;

 private:
  std::string Tag(const ReportToken& token, std::string_view e164) const;

  const redis::KeyHasher& hasher_;
};

}  // namespace limpid::verify

#pragma once

#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

namespace limpid::verify {

/// Takes what providers send later about numbers that they were asked about. The caller is nobody: the token
/// is the proof. Thread-safe.
class NumberReports {
 public:
  using Taken = absl::AnyInvocable<void(absl::Status)>;

  virtual ~NumberReports() = default;
  /// `report` is the provider's own JSON. NOT_FOUND for a token that is none of ours, too old, or does not
  /// fit the report. A report under a token that was used is answered OK, as providers repeat themselves, and
  /// changes nothing.
  virtual void Take(std::string_view token, const std::string& report, Taken taken) = 0;
};

}  // namespace limpid::verify

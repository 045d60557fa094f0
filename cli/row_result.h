#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "limpid/gateway/v1/capture_service.pb.h"

namespace limpid::cli {

/// What became of one row.
enum class RowOutcome {
  kAccept,   ///< Valid.
  kSuggest,  ///< Something else was probably meant.
  kReview,   ///< Risky.
  kReject,   ///< Wrong.
  kEmpty,    ///< Neither an e-mail nor a phone: nothing to check.
  kRagged,   ///< More cells than the header: which is which cannot be known.
  kRefused,  ///< The gateway could not read the row (a value too long).
  kFailed,   ///< Not checked.
};

/// The word in the column `limpid_decision`.
std::string_view OutcomeWord(RowOutcome outcome);

/// What is kept of a row's answer.
struct RowResult {
  RowOutcome outcome = RowOutcome::kFailed;
  std::vector<std::string> reasons;  ///< `email:DOMAIN_TYPO`.
  std::vector<std::string> suggestions;
  std::string email;   ///< Normal form.
  std::string phone;   ///< E.164.
  bool known = false;  ///< A stored contact is, or may be, the same person.
  /// Line of the first row with the same e-mail or phone.
  std::optional<size_t> duplicate_of;
};

RowResult ResultOf(const gateway::v1::CheckResponse& response);
/// For a row that the gateway answered with an error, or that was not sent at all.
RowResult ResultOf(const absl::Status& error);

}  // namespace limpid::cli

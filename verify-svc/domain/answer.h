#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "absl/time/time.h"

#include "libs/quality/email/verdict.h"
#include "libs/quality/phone/verdict.h"
#include "verify-svc/domain/depth.h"
#include "verify-svc/domain/number.h"

/// What verify-svc says. The texts of the query belong to its caller and outlive the answer.
namespace limpid::verify {

struct EmailAnswer {
  std::string_view id;
  std::string_view input;
  quality::EmailVerdict verdict;
  Depth depth_reached = Depth::kFast;
  absl::Time check_time;
  std::optional<absl::Time> expire_time;  ///< Until when it may be kept; absent: as long as the lists hold.
  std::optional<absl::Time> retry_time;   ///< When asking again can help.
};

struct PhoneAnswer {
  std::string_view id;
  std::string_view input;
  quality::PhoneVerdict verdict;
  absl::Time check_time;
  /// What a network was asked and told; absent at FAST and for what no network is asked about.
  std::shared_ptr<const NumberFacts> network = nullptr;
  std::shared_ptr<const void> tables = nullptr;  ///< The verdict looks into them.
};

struct PersonAnswer {
  std::optional<EmailAnswer> email;  ///< Absent when no address was given.
  std::optional<PhoneAnswer> phone;
  Depth email_depth_offered = Depth::kFast;  ///< The deepest there is.
  Depth phone_depth_offered = Depth::kFast;
};

}  // namespace limpid::verify

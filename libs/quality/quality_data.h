#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/quality/email/email_lists.h"
#include "libs/quality/phone/moved_numbers.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/quality/phone/number_ranges.h"
#include "libs/text/given_names.h"

namespace limpid::quality {

/// The lists and tables behind the FAST rules, read from the project's `data/` folder and compiled into
/// compact tables. Immutable and thread-safe; a reload makes a new one.
class QualityData {
 public:
  /// Reads every file that the rules need from `directory`. NOT_FOUND names the file that is missing,
  /// INVALID_ARGUMENT the line that cannot be read; FAILED_PRECONDITION as NumberPlan::Load. Without files of
  /// a number plan the embedded one is in force.
  static absl::StatusOr<std::shared_ptr<const QualityData>> Load(const std::string& directory);
  /// Paths of those files, whether they are there or not: when one changes a Load() is worth it.
  static std::vector<std::string> Files(const std::string& directory);

  /// Changes exactly when the content of a list does. Stands in every e-mail verdict.
  const std::string& version() const { return version_; }
  const EmailLists& email() const { return email_; }
  const NumberRanges& phone() const { return phone_; }
  const MovedNumbers& moved_numbers() const { return moved_numbers_; }
  const NumberPlan& number_plan() const { return *number_plan_; }
  const text::GivenNames& given_names() const { return given_names_; }

 private:
  QualityData() = default;

  std::string version_;
  EmailLists email_;
  NumberRanges phone_;
  MovedNumbers moved_numbers_;
  std::shared_ptr<const NumberPlan> number_plan_;
  text::GivenNames given_names_;
};

}  // namespace limpid::quality

#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "limpid/gateway/v1/capture_service.pb.h"

#include "cli/capture_row.h"
#include "cli/columns.h"
#include "cli/csv.h"
#include "cli/summary.h"
#include "libs/base/call.h"

namespace limpid::cli {

/// Checks one capture; answers from any thread, at once or later.
using CheckCall = std::function<void(const gateway::v1::CheckRequest&, Done<gateway::v1::CheckResponse>)>;

/// Puts every row of a CSV text through the capture check, several at a time, and counts what comes back.
///
/// Rows are given out in the order of the file, whatever the order of the answers. A row that finds the
/// gateway UNAVAILABLE or over its quota is sent again after the delay that the gateway named; everything
/// waits for that long. The run ends early, with that error, when the gateway refuses the caller, stays
/// UNAVAILABLE, or `stop` is requested. Memory is bounded by the rows under way, and by what finding
/// duplicates needs.
class FileCheck {
 public:
  struct Options {
    size_t max_in_flight = 32;
    /// Rows read ahead of the oldest that is not answered.
    size_t max_window = 1024;
    /// How often one row is sent to a gateway that is UNAVAILABLE.
    int max_attempts = 6;
    absl::Duration first_retry_delay = absl::Milliseconds(200);
    RowDefaults defaults;
  };
  /// Called for each row, in order, on the thread that runs.
  using OnRow = std::function<void(CsvRow row, const RowResult& result)>;

  FileCheck(Options options, CheckCall check) : options_(std::move(options)), check_(std::move(check)) {}

  /// `reader` stands behind the header, which has `width` cells. OK when the whole file was read and each row
  /// answered.
  absl::Status Run(CsvReader& reader, const Columns& columns, size_t width, Summary& summary,
                   const OnRow& on_row, std::stop_token stop);

 private:
  const Options options_;
  const CheckCall check_;
};

}  // namespace limpid::cli

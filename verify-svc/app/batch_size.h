#pragma once

#include <cstddef>

#include "absl/status/status.h"

namespace limpid::verify {

inline constexpr std::size_t kMaxBatch = 1000;

/// OK for a batch of 1 to 1,000 requests. A fault of one row is no error of the batch: it stands in the row's
/// answer.
absl::Status CheckBatchSize(std::size_t requests);

}  // namespace limpid::verify

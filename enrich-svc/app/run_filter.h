#pragma once

#include <string_view>

#include "absl/status/statusor.h"

#include "enrich-svc/app/run_store.h"

namespace limpid::enrich {

/// Reads a filter of runs in AIP-160: `contact = "contacts/…"` and `state = "FAILED"`, joined by AND, each at
/// most once; empty filters nothing. INVALID_ARGUMENT at `filter` for everything else.
absl::StatusOr<RunFilter> ParseRunFilter(std::string_view text);

}  // namespace limpid::enrich

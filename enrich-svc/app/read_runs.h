#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "enrich-svc/app/run_store.h"
#include "enrich-svc/domain/run.h"
#include "libs/base/call.h"

namespace limpid::enrich {

/// Gives and lists what the scenarios of the call's tenant did. Thread-safe.
class ReadRuns {
 public:
  struct Page {
    std::vector<Run> runs;  ///< The newest first.
    std::string next_page_token;
  };

  explicit ReadRuns(RunStore& store) : store_(store) {}
  absl::StatusOr<Run> Get(const Call& call, const RunId& id) const;
  absl::StatusOr<Page> List(const Call& call, std::string_view filter, int page_size,
                            std::string_view page_token) const;

 private:
  RunStore& store_;
};

}  // namespace limpid::enrich

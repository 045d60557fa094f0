#include "verify-svc/app/batch_size.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::verify {

absl::Status CheckBatchSize(std::size_t requests) {
  if (requests == 0) return InvalidField("requests", reason::kRequired, "Give at least one request.");
  if (requests > kMaxBatch) {
    return InvalidField("requests", reason::kTooMany, StrCat("At most ", kMaxBatch, " requests."));
  }
  return absl::OkStatus();
}

}  // namespace limpid::verify

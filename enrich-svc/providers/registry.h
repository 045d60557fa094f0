#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "enrich-svc/app/provider.h"
#include "libs/base/metrics.h"
#include "libs/quality/quality_data.h"

namespace limpid::enrich {

/// All providers, counted in `metrics`. `data_dir` holds the folder `fr`; the error names the file that is
/// missing or broken.
absl::StatusOr<Providers> MakeProviders(const std::string& data_dir,
                                        std::shared_ptr<const quality::QualityData> quality,
                                        MetricsRegistry& metrics);

}  // namespace limpid::enrich

#pragma once

#include <memory>

#include "libs/rpc/service.h"
#include "verify-svc/app/number_reports.h"

namespace limpid::verify {

/// limpid.verify.v1.PhoneReportService. `reports` is null where no provider is asked that reports: no token
/// can be one of ours then.
std::unique_ptr<rpc::Service> MakePhoneReportService(std::shared_ptr<const rpc::Door> door,
                                                     NumberReports* reports);

}  // namespace limpid::verify

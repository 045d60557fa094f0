#pragma once

#include <memory>

#include "libs/rpc/service.h"
#include "verify-svc/app/manage_number_history.h"

namespace limpid::verify {

/// limpid.verify.v1.PhoneHistoryService.
std::unique_ptr<rpc::Service> MakePhoneHistoryService(std::shared_ptr<const rpc::Door> door,
                                                      std::shared_ptr<const ManageNumberHistory> history);

}  // namespace limpid::verify

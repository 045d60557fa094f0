#pragma once

#include <memory>

#include "libs/rpc/service.h"
#include "verify-svc/app/format_phone.h"
#include "verify-svc/app/verify_phone.h"

namespace limpid::verify {

/// limpid.verify.v1.PhoneService.
std::unique_ptr<rpc::Service> MakePhoneService(std::shared_ptr<const rpc::Door> door,
                                               std::shared_ptr<const VerifyPhone> verify_phone,
                                               std::shared_ptr<const FormatPhone> format_phone);

}  // namespace limpid::verify

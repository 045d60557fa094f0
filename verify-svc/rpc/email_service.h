#pragma once

#include <memory>

#include "libs/rpc/service.h"
#include "verify-svc/app/verify_email.h"
#include "verify-svc/app/verify_emails.h"

namespace limpid::verify {

/// limpid.verify.v1.EmailService.
std::unique_ptr<rpc::Service> MakeEmailService(std::shared_ptr<const rpc::Door> door,
                                               std::shared_ptr<const VerifyEmail> verify_email);

}  // namespace limpid::verify

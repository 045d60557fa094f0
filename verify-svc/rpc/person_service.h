#pragma once

#include <memory>

#include "libs/rpc/service.h"
#include "verify-svc/app/verify_person.h"

namespace limpid::verify {

/// limpid.verify.v1.PersonService.
std::unique_ptr<rpc::Service> MakePersonService(std::shared_ptr<const rpc::Door> door,
                                                std::shared_ptr<const VerifyPerson> verify_person);

}  // namespace limpid::verify

#pragma once

#include <memory>

#include "contact-svc/app/contact_cases.h"
#include "libs/rpc/door.h"
#include "libs/rpc/service.h"

namespace limpid::contact {

/// The door `limpid.contact.v1.CaptureStoreService`. The use cases outlive it.
std::unique_ptr<rpc::Service> BuildCaptureStoreService(ContactCases& cases,
                                                       std::shared_ptr<const rpc::Door> door);

}  // namespace limpid::contact

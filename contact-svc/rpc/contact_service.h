#pragma once

#include <memory>

#include "contact-svc/app/contact_cases.h"
#include "contact-svc/app/watch_contacts.h"
#include "libs/rpc/door.h"
#include "libs/rpc/service.h"

namespace limpid::contact {

/// The door `limpid.contact.v1.ContactService`. The use cases outlive it. `reads` says where the look-ups run
/// that every capture waits for: inline where the store answers without waiting.
std::unique_ptr<rpc::Service> BuildContactService(ContactCases& cases, WatchContacts& watch,
                                                  std::shared_ptr<const rpc::Door> door, rpc::Run reads);

}  // namespace limpid::contact

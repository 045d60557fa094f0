#include "enrich-svc/clients/rpc_contacts.h"

#include <utility>

#include "enrich-svc/clients/convert.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

Done<contact::v1::Contact> Converted(Done<StoredContact> done) {
  return [done = std::move(done)](absl::StatusOr<contact::v1::Contact> contact) mutable {
    if (!contact.ok()) return done(contact.status());
    done(FromProto(*contact));
  };
}

}  // namespace

RpcContacts::RpcContacts(const rpc::Peer& contact_svc)
    : get_(contact_svc, "limpid.contact.v1.ContactService/GetContact"),
      update_(contact_svc, "limpid.contact.v1.ContactService/UpdateContact") {}

void RpcContacts::Get(const Call& call, const ContactId& id, Done<StoredContact> done) {
  contact::v1::GetContactRequest request;
  request.set_name(StrCat("contacts/", id.value()));
  get_(call, std::move(request), Converted(std::move(done)));
}

void RpcContacts::Fill(const Call& call, const StoredContact& contact, const Completions& completions,
                       Done<StoredContact> done) {
  contact::v1::Contact stored;
  if (!stored.ParseFromString(contact.wire)) {
    return done(
        MakeError(absl::StatusCode::kInternal, reason::kInternal, "The contact cannot be read back."));
  }
  update_(call, ToUpdate(stored, completions), Converted(std::move(done)));
}

}  // namespace limpid::enrich

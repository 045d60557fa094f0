#pragma once

#include "limpid/contact/v1/contact_service.pb.h"

#include "enrich-svc/app/contacts.h"
#include "libs/rpc/client.h"

namespace limpid::enrich {

/// The contacts over gRPC: through the network, or inside one process.
class RpcContacts final : public Contacts {
 public:
  explicit RpcContacts(const rpc::Peer& contact_svc);
  void Get(const Call& call, const ContactId& id, Done<StoredContact> done) override;
  void Fill(const Call& call, const StoredContact& contact, const Completions& completions,
            Done<StoredContact> done) override;

 private:
  const rpc::UnaryMethod<contact::v1::GetContactRequest, contact::v1::Contact> get_;
  const rpc::UnaryMethod<contact::v1::UpdateContactRequest, contact::v1::Contact> update_;
};

}  // namespace limpid::enrich

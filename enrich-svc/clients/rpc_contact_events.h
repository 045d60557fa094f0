#pragma once

#include <memory>
#include <string>

#include "limpid/contact/v1/contact_service.pb.h"

#include "enrich-svc/app/contact_events.h"
#include "libs/rpc/client.h"

namespace limpid::enrich {

/// The contacts' events over gRPC. What has come and was not yet taken is bounded: a slow reader makes
/// contact-svc wait.
class RpcContactEvents final : public ContactEvents {
 public:
  explicit RpcContactEvents(const rpc::Peer& contact_svc);
  std::unique_ptr<ContactEventStream> Watch(const Call& call, std::string cursor) override;

 private:
  const rpc::StreamMethod<contact::v1::WatchContactsRequest, contact::v1::ContactEvent> watch_;
};

}  // namespace limpid::enrich

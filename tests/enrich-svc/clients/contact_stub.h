#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/empty.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"

#include "libs/base/executor.h"
#include "libs/rpc/client.h"
#include "libs/rpc/door.h"
#include "libs/rpc/server.h"
#include "libs/rpc/service.h"

namespace limpid::enrich {

/// A server that speaks as contact-svc does and behaves as a test says: for streams that break off and
/// answers that the real one gives only by chance.
class ContactStub {
 public:
  std::function<absl::StatusOr<contact::v1::Contact>(const Call&, const contact::v1::GetContactRequest&)> get;
  std::function<absl::StatusOr<contact::v1::Contact>(const Call&, const contact::v1::UpdateContactRequest&)>
      update;
  std::function<void(const Call&, const contact::v1::WatchContactsRequest&,
                     rpc::ServerStream<contact::v1::ContactEvent>)>
      watch;

  ContactStub() {
    auto door = std::make_shared<rpc::Door>();
    door->domain = "contact.limpid";
    door->authenticator = rpc::MakePrincipalAuthenticator(std::make_shared<rpc::PrincipalVerifier>(keys_));
    door->executor = executor_;
    namespace v1 = contact::v1;
    rpc::ServiceBuilder builder("limpid.contact.v1.ContactService", door);
    builder
        .Unary<v1::GetContactRequest, v1::Contact>(
            "GetContact",
            [this](const Call& call, const v1::GetContactRequest& request) { return get(call, request); })
        .Unary<v1::UpdateContactRequest, v1::Contact>(
            "UpdateContact",
            [this](const Call& call, const v1::UpdateContactRequest& request) {
              return update(call, request);
            })
        .Stream<v1::WatchContactsRequest, v1::ContactEvent>(
            "WatchContacts",
            [this](const Call& call, const v1::WatchContactsRequest& request,
                   rpc::ServerStream<v1::ContactEvent> stream) { watch(call, request, std::move(stream)); });
    AddUnused<v1::ListContactsRequest, v1::ListContactsResponse>(builder, "ListContacts");
    AddUnused<v1::BatchGetContactsRequest, v1::BatchGetContactsResponse>(builder, "BatchGetContacts");
    AddUnused<v1::CreateContactRequest, v1::Contact>(builder, "CreateContact");
    AddUnused<v1::UpsertContactRequest, v1::UpsertContactResponse>(builder, "UpsertContact");
    AddUnused<v1::DeleteContactRequest, google::protobuf::Empty>(builder, "DeleteContact");
    AddUnused<v1::FindMatchesRequest, v1::FindMatchesResponse>(builder, "FindMatches");
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(builder.Build());
    server_ = *rpc::Server::Start({}, std::move(services));
  }
  ~ContactStub() { server_->Drain(absl::ZeroDuration()); }

  rpc::Peer peer() {
    return {.name = "contact-svc",
            .channel = server_->InProcessChannel(),
            .signer = std::make_shared<rpc::PrincipalSigner>(keys_)};
  }

 private:
  // enrich-svc calls none of these.
  template <class Request, class Response>
  static void AddUnused(rpc::ServiceBuilder& builder, std::string_view method) {
    builder.Unary<Request, Response>(method, [](const Call&, const Request&) -> absl::StatusOr<Response> {
      return absl::UnimplementedError("not here");
    });
  }

  const rpc::PrincipalKeys keys_ = {rpc::RandomPrincipalKey()};
  const std::shared_ptr<Executor> executor_ =
      std::make_shared<Executor>(Executor::Options{.name = "contact", .threads = 2});
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace limpid::enrich

#include "contact-svc/rpc/contact_service.h"

#include <utility>
#include <vector>

#include "google/protobuf/empty.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"

#include "contact-svc/rpc/convert.h"
#include "contact-svc/rpc/handler.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

constexpr int kMaxBatch = 100;

std::vector<std::string> PathsOf(const google::protobuf::FieldMask& mask) {
  return {mask.paths().begin(), mask.paths().end()};
}

// The contact in a request, with its violations at `contact.…`.
absl::StatusOr<Contact> Given(const v1::Contact& contact, OutputOnlyFields output_only) {
  ErrorCollector inner;
  Contact given = FromProto(contact, output_only, inner);
  ErrorCollector errors;
  errors.Merge("contact", inner.Finish());
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  return given;
}

absl::Status Get(ContactCases& cases, const Call& call, const v1::GetContactRequest& request,
                 v1::Contact& response) {
  absl::StatusOr<std::string> id = IdOf(request.name(), kContacts, "name");
  if (!id.ok()) return id.status();
  const absl::StatusOr<Contact> contact = cases.get.Run(call, ContactId(*std::move(id)));
  if (contact.ok()) ToProto(*contact, response);
  return contact.status();
}

absl::Status List(ContactCases& cases, const Call& call, const v1::ListContactsRequest& request,
                  v1::ListContactsResponse& response) {
  const absl::StatusOr<ListContacts::Output> page = cases.list.Run(call, {.page_size = request.page_size(),
                                                                          .page_token = request.page_token(),
                                                                          .filter = request.filter(),
                                                                          .order_by = request.order_by()});
  if (!page.ok()) return page.status();
  for (const Contact& contact : page->contacts) ToProto(contact, *response.add_contacts());
  response.set_next_page_token(page->next_page_token);
  return absl::OkStatus();
}

absl::Status BatchGet(ContactCases& cases, const Call& call, const v1::BatchGetContactsRequest& request,
                      v1::BatchGetContactsResponse& response) {
  if (request.names_size() == 0) return InvalidField("names", reason::kRequired, "1 to 100 names.");
  if (request.names_size() > kMaxBatch) return InvalidField("names", reason::kTooMany, "At most 100 names.");
  std::vector<ContactId> ids;
  ErrorCollector errors;
  for (int i = 0; i < request.names_size(); ++i) {
    absl::StatusOr<std::string> id = IdOf(request.names(i), kContacts, StrCat("names[", i, "]"));
    errors.Merge("", id.status());
    if (id.ok()) ids.emplace_back(*std::move(id));
  }
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  const absl::StatusOr<std::vector<Contact>> contacts = cases.batch_get.Run(call, ids);
  if (!contacts.ok()) return contacts.status();
  for (const Contact& contact : *contacts) ToProto(contact, *response.add_contacts());
  return absl::OkStatus();
}

absl::Status Create(ContactCases& cases, const Call& call, const v1::CreateContactRequest& request,
                    v1::Contact& response) {
  absl::StatusOr<Contact> given = Given(request.contact(), OutputOnlyFields::kRefused);
  if (!given.ok()) return given.status();
  const absl::StatusOr<Contact> contact = cases.create.Run(call, {.contact = *std::move(given),
                                                                  .contact_id = request.contact_id(),
                                                                  .validate_only = request.validate_only()});
  if (contact.ok()) ToProto(*contact, response);
  return contact.status();
}

absl::Status Update(ContactCases& cases, const Call& call, const v1::UpdateContactRequest& request,
                    v1::Contact& response) {
  absl::StatusOr<std::string> id = IdOf(request.contact().name(), kContacts, "contact.name");
  if (!id.ok()) return id.status();
  absl::StatusOr<Contact> given = Given(request.contact(), OutputOnlyFields::kIgnored);
  if (!given.ok()) return given.status();
  given->id = ContactId(*std::move(id));
  const absl::StatusOr<Contact> contact = cases.update.Run(call, {.contact = *std::move(given),
                                                                  .etag = request.contact().etag(),
                                                                  .mask = PathsOf(request.update_mask()),
                                                                  .validate_only = request.validate_only()});
  if (contact.ok()) ToProto(*contact, response);
  return contact.status();
}

absl::Status Upsert(ContactCases& cases, const Call& call, const v1::UpsertContactRequest& request,
                    v1::UpsertContactResponse& response) {
  absl::StatusOr<Contact> given = Given(request.contact(), OutputOnlyFields::kIgnored);
  if (!given.ok()) return given.status();
  const absl::StatusOr<UpsertContact::Output> done =
      cases.upsert.Run(call, {.contact = *std::move(given), .mask = PathsOf(request.update_mask())});
  if (!done.ok()) return done.status();
  ToProto(done->contact, *response.mutable_contact());
  response.set_created(done->created);
  return absl::OkStatus();
}

absl::Status Delete(ContactCases& cases, const Call& call, const v1::DeleteContactRequest& request,
                    google::protobuf::Empty&) {
  absl::StatusOr<std::string> id = IdOf(request.name(), kContacts, "name");
  if (!id.ok()) return id.status();
  return cases.erase.Run(call, {.id = ContactId(*std::move(id)), .etag = request.etag()});
}

absl::Status Find(ContactCases& cases, const Call& call, const v1::FindMatchesRequest& request,
                  v1::FindMatchesResponse& response) {
  const absl::StatusOr<std::vector<Match>> matches =
      cases.find_matches.Run(call, {.person = {.email = request.email(),
                                               .phone = request.phone(),
                                               .default_region = request.default_region(),
                                               .given_name = request.given_name(),
                                               .family_name = request.family_name(),
                                               .external_ids = FromProto(request.external_ids())},
                                    .page_size = request.page_size()});
  if (!matches.ok()) return matches.status();
  for (const Match& match : *matches) ToProto(match, *response.add_matches());
  return absl::OkStatus();
}

class StreamSink final : public EventSink {
 public:
  StreamSink(rpc::ServerStream<v1::ContactEvent> stream, bool with_tenant)
      : stream_(std::move(stream)), with_tenant_(with_tenant) {}

  void Write(const ContactEvents::Record& record, absl::AnyInvocable<void(bool)> written) override {
    v1::ContactEvent event;
    ToProto(record, with_tenant_, event);
    stream_.Write(event, std::move(written));
  }
  void Finish(absl::Status status) override { stream_.Finish(std::move(status)); }

 private:
  rpc::ServerStream<v1::ContactEvent> stream_;
  const bool with_tenant_;
};

}  // namespace

std::unique_ptr<rpc::Service> BuildContactService(ContactCases& cases, WatchContacts& watch,
                                                  std::shared_ptr<const rpc::Door> door, rpc::Run reads) {
  rpc::ServiceBuilder builder("limpid.contact.v1.ContactService", std::move(door));
  builder.Unary<v1::GetContactRequest, v1::Contact>("GetContact", HandlerOf(cases, Get), {.run = reads})
      .Unary<v1::ListContactsRequest, v1::ListContactsResponse>("ListContacts", HandlerOf(cases, List))
      .Unary<v1::BatchGetContactsRequest, v1::BatchGetContactsResponse>("BatchGetContacts",
                                                                        HandlerOf(cases, BatchGet))
      .Unary<v1::CreateContactRequest, v1::Contact>("CreateContact", HandlerOf(cases, Create))
      .Unary<v1::UpdateContactRequest, v1::Contact>("UpdateContact", HandlerOf(cases, Update))
      .Unary<v1::UpsertContactRequest, v1::UpsertContactResponse>("UpsertContact", HandlerOf(cases, Upsert))
      .Unary<v1::DeleteContactRequest, google::protobuf::Empty>("DeleteContact", HandlerOf(cases, Delete))
      .Unary<v1::FindMatchesRequest, v1::FindMatchesResponse>("FindMatches", HandlerOf(cases, Find),
                                                              {.run = reads})
      .Stream<v1::WatchContactsRequest, v1::ContactEvent>(
          "WatchContacts", [&watch](const Call& call, const v1::WatchContactsRequest& request,
                                    rpc::ServerStream<v1::ContactEvent> stream) {
            watch.Run(call, request.cursor(),
                      std::make_unique<StreamSink>(std::move(stream), call.tenant.empty()));
          });
  return builder.Build();
}

}  // namespace limpid::contact

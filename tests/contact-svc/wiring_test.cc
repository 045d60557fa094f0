// contact-svc as it is built from its settings, asked through its door.
#include "contact-svc/wiring.h"

#include <future>
#include <map>
#include <string>

#include <gmock/gmock.h>

#include "google/protobuf/empty.pb.h"
#include "limpid/contact/v1/capture_store_service.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"

#include "contact-svc/settings.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/rpc/client.h"
#include "libs/testing/temp_dir.h"

namespace limpid::contact {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kKey[] = "a key between services";

absl::StatusOr<std::unique_ptr<ContactService>> BuildWith(std::map<std::string, std::string> environment) {
  environment.emplace("LIMPID_DATA_DIR", std::string(LIMPID_SOURCE_DIR) + "/data");
  const auto settings = Settings::Load({.tables = {CommonSettings(), SettingsTable()},
                                        .services = {"contact"},
                                        .environment = std::move(environment)});
  if (!settings.ok()) return settings.status();
  return Build(*settings, std::make_shared<MetricsRegistry>(),
               {.service = "contact", .keys = {kKey}, .in_process = true});
}

class ContactServiceDoor : public ::testing::Test {
 protected:
  ContactServiceDoor() {
    auto built = BuildWith({{"LIMPID_STATE_DIR", folder_.path().string()}});
    EXPECT_TRUE(built.ok()) << built.status();
    service_ = *std::move(built);
    call_.tenant = TenantId("acme");
    call_.role = Role::kStandard;
  }

  rpc::Peer Peer() {
    return {.name = "contact-svc",
            .channel = service_->InProcessChannel(),
            .signer = std::make_shared<rpc::PrincipalSigner>(rpc::PrincipalKeys{kKey})};
  }
  template <class Response, class Request>
  absl::StatusOr<Response> Ask(std::string_view method, const Request& request) {
    std::promise<absl::StatusOr<Response>> answer;
    rpc::UnaryMethod<Request, Response>(Peer(), StrCat("limpid.contact.v1.", method))(
        call_, request, [&](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }
  absl::StatusOr<v1::Contact> Create(const std::string& given_name, const std::string& email) {
    v1::CreateContactRequest request;
    request.mutable_contact()->set_given_name(given_name);
    request.mutable_contact()->add_emails()->set_value(email);
    return Ask<v1::Contact>("ContactService/CreateContact", request);
  }

  const limpid::testing::TempDir folder_;
  std::unique_ptr<ContactService> service_;
  Call call_;
};

TEST_F(ContactServiceDoor, AContactIsCreatedReadChangedFoundAndDeleted) {
  const auto created = Create("Jean", "jean@example.org");
  ASSERT_TRUE(created.ok()) << created.status();
  v1::GetContactRequest get;
  get.set_name(created->name());
  EXPECT_EQ(Ask<v1::Contact>("ContactService/GetContact", get)->etag(), created->etag());

  v1::UpdateContactRequest update;
  *update.mutable_contact() = *created;
  update.mutable_contact()->set_family_name("Dupont");
  update.mutable_update_mask()->add_paths("family_name");
  const auto updated = Ask<v1::Contact>("ContactService/UpdateContact", update);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->family_name(), "Dupont");
  EXPECT_EQ(ReasonOf(Ask<v1::Contact>("ContactService/UpdateContact", update).status()), "ETAG_STALE");

  v1::FindMatchesRequest find;
  find.set_email("JEAN@example.org");
  const auto found = Ask<v1::FindMatchesResponse>("ContactService/FindMatches", find);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).decision(), v1::Match::Decision::SAME);

  EXPECT_EQ(Ask<v1::ListContactsResponse>("ContactService/ListContacts", v1::ListContactsRequest())
                ->contacts_size(),
            1);
  v1::BatchGetContactsRequest batch;
  batch.add_names(created->name());
  EXPECT_EQ(Ask<v1::BatchGetContactsResponse>("ContactService/BatchGetContacts", batch)->contacts_size(), 1);

  v1::DeleteContactRequest erase;
  erase.set_name(created->name());
  EXPECT_TRUE(Ask<google::protobuf::Empty>("ContactService/DeleteContact", erase).ok());
  EXPECT_EQ(Ask<v1::Contact>("ContactService/GetContact", get).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ContactServiceDoor, UpsertSaysWhetherItCreated) {
  v1::UpsertContactRequest upsert;
  upsert.mutable_contact()->set_given_name("Jean");
  v1::ExternalId& id = *upsert.mutable_contact()->add_external_ids();
  id.set_system("crm");
  id.set_id("1");
  EXPECT_TRUE(Ask<v1::UpsertContactResponse>("ContactService/UpsertContact", upsert)->created());
  EXPECT_FALSE(Ask<v1::UpsertContactResponse>("ContactService/UpsertContact", upsert)->created());
}

TEST_F(ContactServiceDoor, CapturesAreStoredHeldAndLookedUp) {
  v1::RecordCaptureRequest record;
  record.mutable_contact()->set_given_name("Jean");
  record.mutable_contact()->add_emails()->set_value("famille@example.org");
  record.add_consents()->set_purpose("newsletter");
  record.mutable_consents(0)->set_channel("EMAIL");
  call_.idempotency_key = "key";
  call_.request_digest = "digest";
  const auto first = Ask<v1::RecordCaptureResponse>("CaptureStoreService/RecordCapture", record);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->outcome(), v1::CaptureOutcome::CREATED);
  EXPECT_EQ(first->contact().consents(0).purpose(), "newsletter");
  EXPECT_EQ(Ask<v1::RecordCaptureResponse>("CaptureStoreService/LookUpCapture", v1::LookUpCaptureRequest())
                ->contact()
                .name(),
            first->contact().name());

  call_.idempotency_key.clear();
  record.mutable_contact()->set_given_name("Sylvie");
  EXPECT_EQ(Ask<v1::RecordCaptureResponse>("CaptureStoreService/RecordCapture", record)->outcome(),
            v1::CaptureOutcome::HELD_FOR_REVIEW);
  const auto held = Ask<v1::ListHeldCapturesResponse>("CaptureStoreService/ListHeldCaptures",
                                                      v1::ListHeldCapturesRequest());
  ASSERT_EQ(held->held_captures_size(), 1);
  v1::DeleteHeldCaptureRequest drop;
  drop.set_name(held->held_captures(0).name());
  EXPECT_TRUE(Ask<google::protobuf::Empty>("CaptureStoreService/DeleteHeldCapture", drop).ok());
}

TEST_F(ContactServiceDoor, ViolationsArriveWithTheirPaths) {
  v1::CreateContactRequest request;
  request.mutable_contact()->set_etag("mine");
  request.mutable_contact()->add_emails();
  const auto refused = Ask<v1::Contact>("ContactService/CreateContact", request);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailsOf(refused.status()).violations.at(0).field, "contact.etag");
  EXPECT_EQ(DetailsOf(refused.status()).domain, "contact.limpid");
}

TEST_F(ContactServiceDoor, AServiceForAllTenantsMustNameOneToReadContacts) {
  call_.tenant = TenantId();
  call_.role = Role::kService;
  EXPECT_EQ(
      Ask<v1::ListContactsResponse>("ContactService/ListContacts", v1::ListContactsRequest()).status().code(),
      absl::StatusCode::kPermissionDenied);
}

// Follows the changes until it has as many as asked for, then ends the stream.
class Follower {
 public:
  Follower(rpc::Peer peer, const Call& call, const std::string& cursor, size_t wanted) : wanted_(wanted) {
    v1::WatchContactsRequest request;
    request.set_cursor(cursor);
    rpc::StreamMethod<v1::WatchContactsRequest, v1::ContactEvent>(
        std::move(peer), "limpid.contact.v1.ContactService/WatchContacts")(
        call, request,
        [this](const v1::ContactEvent& event, rpc::ReadNext next) {
          events_.push_back(event);
          if (events_.size() < wanted_) next();
        },
        [this](absl::Status status) { end_.set_value(std::move(status)); });
  }
  std::pair<absl::Status, std::vector<v1::ContactEvent>> Wait() {
    absl::Status end = end_.get_future().get();
    return {std::move(end), events_};
  }

 private:
  const size_t wanted_;
  std::vector<v1::ContactEvent> events_;
  std::promise<absl::Status> end_;
};

TEST_F(ContactServiceDoor, ChangesAreStreamedAndTheStreamResumes) {
  const auto first = Create("Jean", "jean@example.org");
  const auto second = Create("Anne", "anne@example.org");
  const auto [end, events] = Follower(Peer(), call_, "0", 2).Wait();
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].contact(), first->name());
  EXPECT_EQ(events[0].type(), "limpid.contact.created");
  EXPECT_EQ(events[0].tenant(), "");
  const auto [resumed_end, resumed] = Follower(Peer(), call_, events[0].cursor(), 1).Wait();
  ASSERT_THAT(resumed, SizeIs(1));
  EXPECT_EQ(resumed[0].contact(), second->name());
  EXPECT_EQ(resumed[0].id(), events[1].id());
}

TEST_F(ContactServiceDoor, DrainingEndsTheStreamsOfChanges) {
  ASSERT_TRUE(Create("Jean", "jean@example.org").ok());
  Follower follower(Peer(), call_, "0", 100);
  service_->AnnounceDrain();
  service_->Drain(absl::Minutes(5));
  EXPECT_EQ(follower.Wait().first.code(), absl::StatusCode::kUnavailable);
}

TEST_F(ContactServiceDoor, WhatWasStoredIsThereAfterARestart) {
  const auto created = Create("Jean", "jean@example.org");
  service_->Drain(absl::Seconds(5));
  service_.reset();
  service_ = BuildWith({{"LIMPID_STATE_DIR", folder_.path().string()}}).value();
  service_->Reload();
  v1::GetContactRequest get;
  get.set_name(created->name());
  EXPECT_EQ(Ask<v1::Contact>("ContactService/GetContact", get)->given_name(), "Jean");
}

TEST(ContactServiceBuild, AWrongDatabaseStopsTheStart) {
  EXPECT_THAT(BuildWith({{"LIMPID_CONTACT_DATABASE_URL", "mysql://host"}}).status().ToString(),
              HasSubstr("database_url"));
  EXPECT_EQ(BuildWith({{"LIMPID_DATABASE_URL", "postgres://u@/d?host=/nowhere"}}).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace limpid::contact

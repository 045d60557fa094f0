#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/enrich/v1/scenario_service.pb.h"

#include "contact-svc/app/contact_cases.h"
#include "contact-svc/app/watch_contacts.h"
#include "contact-svc/domain/normal_forms.h"
#include "contact-svc/rpc/contact_service.h"
#include "contact-svc/storage/sql_contact_store.h"
#include "enrich-svc/wiring.h"
#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/base/random.h"
#include "libs/base/strings.h"
#include "libs/quality/quality_data.h"
#include "libs/rpc/client.h"
#include "libs/rpc/server.h"
#include "libs/testing/temp_dir.h"

// enrich-svc beside the contact-svc that it follows: both real, over gRPC inside one process.
namespace limpid {
namespace {

using contact::v1::Contact;

const std::string kDataFolder = LIMPID_SOURCE_DIR "/data";

// contact-svc over a SQLite file, with a door of its own.
class ContactSide {
 public:
  ContactSide(const std::string& folder, const rpc::PrincipalKeys& keys)
      : store_(*contact::SqlContactStore::Open(StrCat("sqlite:", folder, "/contact.db"), {})),
        forms_(*quality::QualityData::Load(kDataFolder)) {
    auto door = std::make_shared<rpc::Door>();
    door->domain = "contact.limpid";
    door->authenticator = rpc::MakePrincipalAuthenticator(std::make_shared<rpc::PrincipalVerifier>(keys));
    door->executor = executor_;
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(contact::BuildContactService(cases_, watch_, door, rpc::Run::kExecutor));
    server_ = *rpc::Server::Start({}, std::move(services));
  }
  ~ContactSide() {
    watch_.Stop();
    server_->Drain(absl::Seconds(5));
  }
  rpc::Channel channel() { return server_->InProcessChannel(); }

 private:
  const std::unique_ptr<contact::SqlContactStore> store_;
  const contact::NormalForms forms_;
  contact::ContactCases cases_{
      {.store = *store_, .forms = forms_, .clock = SystemClock(), .random = SecureRandom()}};
  contact::WatchContacts watch_{{}, *store_};
  const std::shared_ptr<Executor> executor_ =
      std::make_shared<Executor>(Executor::Options{.name = "contact", .threads = 2});
  std::unique_ptr<rpc::Server> server_;
};

// The shipped data, of which the tables of France may be written to.
class DataOfItsOwn {
 public:
  DataOfItsOwn() {
    for (const auto& entry : std::filesystem::directory_iterator(kDataFolder)) {
      const std::filesystem::path place = folder_.path() / entry.path().filename();
      if (entry.path().filename() == "fr") {
        std::filesystem::copy(entry.path(), place);
      } else {
        std::filesystem::create_symlink(entry.path(), place);
      }
    }
  }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  const limpid::testing::TempDir folder_;
};

class EnrichmentTest : public ::testing::Test {
 protected:
  EnrichmentTest() {
    call_.tenant = TenantId("acme");
    call_.role = Role::kAdmin;
    StartEnrich();
  }
  ~EnrichmentTest() override { StopEnrich(); }

  void StartEnrich() {
    auto enrich =
        enrich::Build(settings_, std::make_shared<MetricsRegistry>(),
                      {.service = "enrich", .keys = keys_, .in_process = true}, {.contact = ContactPeer()});
    ASSERT_TRUE(enrich.ok()) << enrich.status();
    enrich_ = *std::move(enrich);
  }
  void StopEnrich() {
    if (enrich_ == nullptr) return;
    enrich_->AnnounceDrain();
    enrich_->Drain(absl::Seconds(5));
    enrich_.reset();
  }

  rpc::Peer ContactPeer() {
    return {.name = "contact-svc", .channel = contact_.channel(), .signer = signer_};
  }
  template <class Request, class Response>
  absl::StatusOr<Response> Ask(rpc::Peer peer, const std::string& method, const Request& request) {
    std::promise<absl::StatusOr<Response>> answer;
    rpc::UnaryMethod<Request, Response>(std::move(peer), method)(
        call_, request,
        [&answer](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }

  Contact Create(const std::string& email, const std::string& postal_code, const std::string& locality) {
    contact::v1::CreateContactRequest request;
    request.mutable_contact()->set_family_name("Dupont");
    request.mutable_contact()->add_emails()->set_value(email);
    auto& address = *request.mutable_contact()->add_postal_addresses()->mutable_value();
    address.set_region_code("FR");
    address.set_postal_code(postal_code);
    address.set_locality(locality);
    const auto created = Ask<contact::v1::CreateContactRequest, Contact>(
        ContactPeer(), "limpid.contact.v1.ContactService/CreateContact", request);
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? *created : Contact();
  }
  Contact Stored(const std::string& name) {
    contact::v1::GetContactRequest request;
    request.set_name(name);
    const auto contact = Ask<contact::v1::GetContactRequest, Contact>(
        ContactPeer(), "limpid.contact.v1.ContactService/GetContact", request);
    EXPECT_TRUE(contact.ok()) << contact.status();
    return contact.ok() ? *contact : Contact();
  }
  template <class Request, class Response>
  Response AskEnrich(const std::string& method, const Request& request) {
    const auto answer = Ask<Request, Response>(
        {.name = "enrich-svc", .channel = enrich_->InProcessChannel(), .signer = signer_},
        "limpid.enrich.v1." + method, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : Response();
  }
  std::vector<enrich::v1::Run> RunsOf(const std::string& contact) {
    enrich::v1::ListRunsRequest request;
    request.set_filter(StrCat("contact = \"", contact, "\""));
    const auto answer = AskEnrich<enrich::v1::ListRunsRequest, enrich::v1::ListRunsResponse>(
        "ScenarioService/ListRuns", request);
    return {answer.runs().begin(), answer.runs().end()};
  }
  bool SucceededOnce(const std::string& contact) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < give_up) {
      const std::vector<enrich::v1::Run> runs = RunsOf(contact);
      if (!runs.empty() && runs.front().state() == enrich::v1::Run::State::SUCCEEDED) return runs.size() == 1;
      std::this_thread::yield();
    }
    return false;
  }

  const limpid::testing::TempDir folder_;
  const DataOfItsOwn data_;
  const Settings settings_ = *Settings::Load({.tables = {CommonSettings(), enrich::SettingsTable()},
                                              .services = {"enrich"},
                                              .args = {},
                                              .environment = {{"LIMPID_STATE_DIR", folder_.path().string()},
                                                              {"LIMPID_DATA_DIR", data_.path().string()}}});
  const rpc::PrincipalKeys keys_ = {rpc::RandomPrincipalKey()};
  const std::shared_ptr<rpc::PrincipalSigner> signer_ = std::make_shared<rpc::PrincipalSigner>(keys_);
  Call call_;
  ContactSide contact_{folder_.path().string(), keys_};
  std::unique_ptr<enrich::EnrichService> enrich_;
};

TEST_F(EnrichmentTest, ANewContactIsFilledOnceByItself) {
  const Contact created = Create("jean.dupont@michelin.com", "75002", "Paris");
  ASSERT_TRUE(SucceededOnce(created.name()));
  const Contact filled = Stored(created.name());
  ASSERT_EQ(filled.postal_addresses_size(), 1);
  EXPECT_EQ(filled.postal_addresses(0).value().department_code(), "75");
  EXPECT_EQ(filled.postal_addresses(0).value().commune_code(), "75102");
  EXPECT_EQ(filled.postal_addresses(0).value().administrative_area(), "Île-de-France");
  EXPECT_EQ(filled.company().domain(), "michelin.com");
  EXPECT_EQ(filled.emails(0).value(), "jean.dupont@michelin.com");
  EXPECT_EQ(RunsOf(created.name()).front().attempts(), 1);
}

TEST_F(EnrichmentTest, WhatHappensWhileItIsAwayIsMadeUpForAndNothingIsDoneTwice) {
  const Contact before = Create("jean@michelin.com", "75002", "Paris");
  ASSERT_TRUE(SucceededOnce(before.name()));
  const std::string etag = Stored(before.name()).etag();
  StopEnrich();
  const Contact meanwhile = Create("anne@michelin.com", "69003", "Lyon");
  StartEnrich();
  ASSERT_TRUE(SucceededOnce(meanwhile.name()));
  EXPECT_EQ(Stored(meanwhile.name()).postal_addresses(0).value().commune_code(), "69383");
  EXPECT_EQ(Stored(before.name()).etag(), etag);
}

TEST_F(EnrichmentTest, APausedScenarioLeavesNewContactsAlone) {
  enrich::v1::PauseScenarioRequest pause;
  pause.set_name("scenarios/fill-empty-on-create");
  AskEnrich<enrich::v1::PauseScenarioRequest, enrich::v1::Scenario>("ScenarioService/PauseScenario", pause);
  const Contact ignored = Create("jean@michelin.com", "75002", "Paris");
  // A tenant beside it is served in the order of the events: when it is done, the first was passed over.
  call_.tenant = TenantId("globex");
  ASSERT_TRUE(SucceededOnce(Create("anne@michelin.com", "75002", "Paris").name()));
  call_.tenant = TenantId("acme");
  EXPECT_TRUE(RunsOf(ignored.name()).empty());
  EXPECT_EQ(Stored(ignored.name()).etag(), ignored.etag());
}

TEST_F(EnrichmentTest, TablesThatChangedAreReadAgainAndBrokenOnesAreNot) {
  const auto communes = data_.path() / "fr/communes.csv";
  const auto commune_of = [&] {
    enrich::v1::PreviewEnrichmentRequest request;
    auto& address = *request.mutable_postal_address();
    address.set_region_code("FR");
    address.set_postal_code("01999");
    const auto answer =
        AskEnrich<enrich::v1::PreviewEnrichmentRequest, enrich::v1::PreviewEnrichmentResponse>(
            "EnrichmentService/PreviewEnrichment", request);
    for (const auto& completion : answer.completions()) {
      if (completion.field() == "postalAddress.locality") return completion.value();
    }
    return std::string();
  };
  EXPECT_EQ(commune_of(), "");
  std::ofstream(communes, std::ios::app) << "98999,Saint-Limpide,01,,01999\n";
  enrich_->Reload();
  EXPECT_EQ(commune_of(), "Saint-Limpide");
  std::ofstream(communes, std::ios::app) << "no row\n";
  enrich_->Reload();
  EXPECT_EQ(commune_of(), "Saint-Limpide");
}

TEST_F(EnrichmentTest, OnDemandAContactIsFilledInTheCallersName) {
  enrich::v1::PauseScenarioRequest pause;
  pause.set_name("scenarios/fill-empty-on-create");
  AskEnrich<enrich::v1::PauseScenarioRequest, enrich::v1::Scenario>("ScenarioService/PauseScenario", pause);
  enrich::v1::EnrichContactRequest request;
  request.set_name(Create("jean@michelin.com", "75002", "Paris").name());
  const auto answer = AskEnrich<enrich::v1::EnrichContactRequest, enrich::v1::EnrichContactResponse>(
      "EnrichmentService/EnrichContact", request);
  EXPECT_EQ(answer.contact().postal_addresses(0).value().department_code(), "75");
  EXPECT_EQ(answer.contact().etag(), Stored(request.name()).etag());
  EXPECT_EQ(answer.completions_size(), 6);
}

}  // namespace
}  // namespace limpid

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/enrich/v1/scenario_service.pb.h"

#include "enrich-svc/rpc/enrichment_service.h"
#include "enrich-svc/rpc/scenario_service.h"
#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/executor.h"
#include "libs/rpc/client.h"
#include "libs/rpc/server.h"
#include "tests/enrich-svc/app/fake_contacts.h"
#include "tests/enrich-svc/app/fake_provider.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

// Both doors as a caller sees them, over the real store.
namespace limpid::enrich {
namespace {

class DoorsTest : public StorageTest {
 protected:
  DoorsTest() {
    auto door = std::make_shared<rpc::Door>();
    door->domain = "enrich.limpid";
    door->authenticator = rpc::MakePrincipalAuthenticator(std::make_shared<rpc::PrincipalVerifier>(keys_));
    door->executor = executor_;
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(BuildEnrichmentService(preview_, enrich_, list_providers_, door));
    services.push_back(BuildScenarioService(manage_, read_, door));
    server_ = *rpc::Server::Start({}, std::move(services));
    peer_ = {.name = "enrich-svc",
             .channel = server_->InProcessChannel(),
             .signer = std::make_shared<rpc::PrincipalSigner>(keys_)};
    call_.role = Role::kAdmin;
    contact::v1::Contact contact;
    contact.set_name("contacts/c1");
    contacts_.Put("c1", {.address = {.postal_code = "75002"}}, contact.SerializeAsString());
  }
  ~DoorsTest() override { server_->Drain(absl::ZeroDuration()); }

  template <class Response, class Request>
  absl::StatusOr<Response> Ask(const std::string& method, const Request& request) {
    std::promise<absl::StatusOr<Response>> answer;
    rpc::UnaryMethod<Request, Response>(peer_, "limpid.enrich.v1." + method)(
        call_, request,
        [&answer](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }
  template <class Response, class Request>
  absl::StatusOr<Response> AskFor(const std::string& method, const std::string& name) {
    Request request;
    request.set_name(name);
    return Ask<Response>(method, request);
  }

  const rpc::PrincipalKeys keys_ = {rpc::RandomPrincipalKey()};
  FakeContacts contacts_;
  const ProvidersInForce providers_ =
      MakeFakes(FakeProvider("fake", Completions{{Field::kDepartmentCode, "75", "fake", 1}}));
  const PreviewEnrichment preview_{providers_};
  const EnrichContact enrich_{providers_, contacts_};
  const ListProviders list_providers_{providers_};
  const ManageScenarios manage_{*scenarios_, SystemClock()};
  const ReadRuns read_{*runs_};
  const std::shared_ptr<Executor> executor_ =
      std::make_shared<Executor>(Executor::Options{.name = "enrich", .threads = 2});
  std::unique_ptr<rpc::Server> server_;
  rpc::Peer peer_;
};

TEST_F(DoorsTest, PreviewsAProfile) {
  const auto answer = Ask<v1::PreviewEnrichmentResponse>("EnrichmentService/PreviewEnrichment",
                                                         v1::PreviewEnrichmentRequest());
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->completions_size(), 1);
  EXPECT_EQ(answer->completions(0).field(), "postalAddress.departmentCode");
}

TEST_F(DoorsTest, NamesTheFaultsOfAPreview) {
  v1::PreviewEnrichmentRequest request;
  request.set_default_region("france");
  const absl::Status status =
      Ask<v1::PreviewEnrichmentResponse>("EnrichmentService/PreviewEnrichment", request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DetailsOf(status).violations.front().field, "default_region");
  EXPECT_EQ(DetailsOf(status).domain, "enrich.limpid");
}

TEST_F(DoorsTest, EnrichesAContact) {
  const auto answer = AskFor<v1::EnrichContactResponse, v1::EnrichContactRequest>(
      "EnrichmentService/EnrichContact", "contacts/c1");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->completions_size(), 1);
  EXPECT_EQ(answer->contact().name(), "contacts/c1");
  EXPECT_EQ(contacts_.ProfileOf("c1").address.department_code, "75");
  EXPECT_EQ(contacts_.calls().front().role, Role::kAdmin) << "in the caller's name";
  EXPECT_EQ(
      (AskFor<v1::EnrichContactResponse, v1::EnrichContactRequest>("EnrichmentService/EnrichContact", "c1")
           .status()
           .code()),
      absl::StatusCode::kInvalidArgument);
  EXPECT_EQ((AskFor<v1::EnrichContactResponse, v1::EnrichContactRequest>("EnrichmentService/EnrichContact",
                                                                         "contacts/c2")
                 .status()
                 .code()),
            absl::StatusCode::kNotFound);
}

TEST_F(DoorsTest, AReaderEnrichesNothing) {
  call_.role = Role::kReader;
  EXPECT_EQ((AskFor<v1::EnrichContactResponse, v1::EnrichContactRequest>("EnrichmentService/EnrichContact",
                                                                         "contacts/c1")
                 .status()
                 .code()),
            absl::StatusCode::kPermissionDenied);
}

TEST_F(DoorsTest, ListsProviders) {
  const auto answer =
      Ask<v1::ListProvidersResponse>("EnrichmentService/ListProviders", v1::ListProvidersRequest());
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->providers_size(), 1);
  EXPECT_EQ(answer->providers(0).name(), "providers/fake");
  v1::ListProvidersRequest negative;
  negative.set_page_size(-1);
  EXPECT_EQ(Ask<v1::ListProvidersResponse>("EnrichmentService/ListProviders", negative).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(DoorsTest, AScenarioIsPausedAndActivated) {
  const std::string name = "scenarios/fill-empty-on-create";
  const auto paused = AskFor<v1::Scenario, v1::PauseScenarioRequest>("ScenarioService/PauseScenario", name);
  ASSERT_TRUE(paused.ok()) << paused.status();
  EXPECT_EQ(paused->state(), v1::Scenario::State::PAUSED);
  const auto listed =
      Ask<v1::ListScenariosResponse>("ScenarioService/ListScenarios", v1::ListScenariosRequest());
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->scenarios(0).state(), v1::Scenario::State::PAUSED);
  EXPECT_EQ(
      (AskFor<v1::Scenario, v1::ActivateScenarioRequest>("ScenarioService/ActivateScenario", name)->state()),
      v1::Scenario::State::ACTIVE);
  EXPECT_EQ((AskFor<v1::Scenario, v1::GetScenarioRequest>("ScenarioService/GetScenario", name)->state()),
            v1::Scenario::State::ACTIVE);
  EXPECT_EQ((AskFor<v1::Scenario, v1::GetScenarioRequest>("ScenarioService/GetScenario", "scenarios/x")
                 .status()
                 .code()),
            absl::StatusCode::kNotFound);
}

TEST_F(DoorsTest, RunsAreGivenAndListed) {
  Record({NewRun("e1-x"), NewRun("e2-x", "c2", absl::Seconds(1))});
  const auto run = AskFor<v1::Run, v1::GetRunRequest>("ScenarioService/GetRun", "runs/e1-x");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->state(), v1::Run::State::PENDING);
  v1::ListRunsRequest request;
  request.set_page_size(1);
  const auto first = Ask<v1::ListRunsResponse>("ScenarioService/ListRuns", request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->runs(0).name(), "runs/e2-x");
  request.set_page_token(first->next_page_token());
  const auto second = Ask<v1::ListRunsResponse>("ScenarioService/ListRuns", request);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->runs(0).name(), "runs/e1-x");
  EXPECT_EQ(second->next_page_token(), "");
  request.set_filter("state = FAILED");
  EXPECT_EQ(Ask<v1::ListRunsResponse>("ScenarioService/ListRuns", request).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ((AskFor<v1::Run, v1::GetRunRequest>("ScenarioService/GetRun", "runs/e9-x").status().code()),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace limpid::enrich

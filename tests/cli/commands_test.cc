#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/gateway/v1/capture_service.pb.h"
#include "limpid/gateway/v1/key_service.pb.h"

#include "cli/call.h"
#include "cli/check.h"
#include "cli/exit_code.h"
#include "cli/keys.h"
#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/rpc/server.h"
#include "libs/testing/temp_dir.h"

namespace limpid::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kKey[] = "lk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

/// Admits the one key.
class OneKey final : public rpc::Authenticator {
 public:
  void Authenticate(const rpc::CallMetadata& metadata, Done<rpc::Principal> done) override {
    if (metadata.Get("authorization") != StrCat("Bearer ", kKey)) {
      return done(Unauthenticated("CREDENTIALS_INVALID", "This API key is not known."));
    }
    done(rpc::Principal{.tenant = TenantId("default"), .role = Role::kOperator, .key = KeyId("k1")});
  }
};

/// A gateway whose answers follow from what it is asked.
class SmallGateway {
 public:
  SmallGateway() {
    rpc::Door door{.domain = "gateway.limpid",
                   .authenticator = std::make_shared<OneKey>(),
                   .executor = std::make_shared<Executor>(Executor::Options{.name = "test", .threads = 2}),
                   .outer = true};
    door_ = std::make_shared<const rpc::Door>(std::move(door));
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(Capture());
    services.push_back(Keys());
    services.push_back(Contacts());
    auto server = rpc::Server::Start({.address = "127.0.0.1:0"}, std::move(services));
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  std::string address() const { return StrCat("127.0.0.1:", server_->port()); }

 private:
  static absl::StatusOr<gateway::v1::CheckResponse> CheckPerson(const gateway::v1::CheckRequest& request) {
    if (request.email().size() > 100) return InvalidField("email", "TOO_LONG", "At most 100 characters.");
    gateway::v1::CheckResponse response;
    response.set_decision(gateway::v1::Decision::ACCEPT);
    response.mutable_email()->set_status(type::v1::EmailStatus::UNKNOWN);
    response.mutable_email()->set_normalized(request.email());
    if (request.email().find("gmial") != std::string::npos) {
      response.set_decision(gateway::v1::Decision::SUGGEST);
      auto* finding = response.add_findings();
      finding->set_field("email");
      finding->set_reason("DOMAIN_TYPO");
      finding->set_message("Vouliez-vous dire jean@gmail.com ?");
      finding->set_suggestion("jean@gmail.com");
    }
    if (!request.phone().empty()) response.mutable_phone()->set_e164("+33612345678");
    return response;
  }

  std::unique_ptr<rpc::Service> Capture() {
    using namespace gateway::v1;
    return rpc::ServiceBuilder("limpid.gateway.v1.CaptureService", door_)
        .Unary<CheckRequest, CheckResponse>(
            "Check", [](const Call&, const CheckRequest& request) { return CheckPerson(request); })
        .Unary<SubmitRequest, SubmitResponse>(
            "Submit",
            [](const Call& call, const SubmitRequest&) -> absl::StatusOr<SubmitResponse> {
              return FailedPrecondition("FAILED_PRECONDITION", StrCat("key ", call.idempotency_key));
            })
        .Build();
  }

  std::unique_ptr<rpc::Service> Keys() {
    using namespace gateway::v1;
    return rpc::ServiceBuilder("limpid.gateway.v1.KeyService", door_)
        .Unary<CreateKeyRequest, Key>(
            "CreateKey",
            [](const Call&, const CreateKeyRequest& request) -> absl::StatusOr<Key> {
              Key key = request.key();
              key.set_name("keys/k7");
              key.set_secret(kKey);
              key.set_secret_prefix("lk_01234");
              return key;
            })
        .Unary<GetKeyRequest, Key>("GetKey",
                                   [](const Call&, const GetKeyRequest& request) -> absl::StatusOr<Key> {
                                     return NotFound("key", request.name());
                                   })
        .Unary<ListKeysRequest, ListKeysResponse>(
            "ListKeys",
            [](const Call&, const ListKeysRequest& request) -> absl::StatusOr<ListKeysResponse> {
              ListKeysResponse page;
              page.add_keys()->set_name(request.page_token().empty() ? "keys/k1" : "keys/k2");
              if (request.page_token().empty()) page.set_next_page_token("more");
              return page;
            })
        .Unary<RevokeKeyRequest, Key>(
            "RevokeKey",
            [](const Call&, const RevokeKeyRequest& request) -> absl::StatusOr<Key> {
              Key key;
              key.set_name(request.name());
              key.mutable_revoke_time()->set_seconds(1'800'000'000);
              return key;
            })
        .Unary<RotateKeyRequest, Key>(
            "RotateKey",
            [](const Call&, const RotateKeyRequest& request) -> absl::StatusOr<Key> {
              Key key;
              key.set_name(request.name());
              key.set_display_name(StrCat("overlap ", request.overlap().seconds()));
              key.set_secret(kKey);
              return key;
            })
        .Build();
  }

  template <class Request, class Response>
  static absl::StatusOr<Response> NotHere(const Call&, const Request&) {
    return Unimplemented("not here");
  }

  std::unique_ptr<rpc::Service> Contacts() {
    using namespace contact::v1;
    rpc::ServiceBuilder builder("limpid.contact.v1.ContactService", door_);
    builder.Unary<CreateContactRequest, Contact>("CreateContact", &NotHere<CreateContactRequest, Contact>);
    builder.Unary<GetContactRequest, Contact>("GetContact", &NotHere<GetContactRequest, Contact>);
    builder.Unary<ListContactsRequest, ListContactsResponse>(
        "ListContacts", &NotHere<ListContactsRequest, ListContactsResponse>);
    builder.Unary<UpdateContactRequest, Contact>("UpdateContact", &NotHere<UpdateContactRequest, Contact>);
    builder.Unary<UpsertContactRequest, UpsertContactResponse>(
        "UpsertContact", &NotHere<UpsertContactRequest, UpsertContactResponse>);
    using google::protobuf::Empty;
    builder.Unary<DeleteContactRequest, Empty>("DeleteContact", &NotHere<DeleteContactRequest, Empty>);
    builder.Unary<BatchGetContactsRequest, BatchGetContactsResponse>(
        "BatchGetContacts", &NotHere<BatchGetContactsRequest, BatchGetContactsResponse>);
    builder.Unary<FindMatchesRequest, FindMatchesResponse>("FindMatches",
                                                           &NotHere<FindMatchesRequest, FindMatchesResponse>);
    builder.Stream<WatchContactsRequest, ContactEvent>(
        "WatchContacts",
        [](const Call&, const WatchContactsRequest&, rpc::ServerStream<ContactEvent> stream) {
          auto shared = std::make_shared<rpc::ServerStream<ContactEvent>>(std::move(stream));
          ContactEvent first;
          first.set_cursor("1");
          shared->Write(first, [shared](bool) {
            ContactEvent second;
            second.set_cursor("2");
            shared->Write(second, [shared](bool) {
              shared->Finish(FailedPrecondition("CURSOR_EXPIRED", "Read everything again."));
            });
          });
        });
    return builder.Build();
  }

  std::shared_ptr<const rpc::Door> door_;
  std::unique_ptr<rpc::Server> server_;
};

struct Outcome {
  int code;
  std::string out;
  std::string error;
};

class CommandsTest : public ::testing::Test {
 protected:
  CommandsTest() { std::ofstream(folder_.File("key")) << kKey << "\n"; }

  Outcome RunBare(int (*command)(std::span<const std::string>), const std::vector<std::string>& words) {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = command(words);
    return {code, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
  }
  Outcome Run(int (*command)(std::span<const std::string>), std::vector<std::string> words) {
    for (const std::string& word :
         {std::string("--address"), gateway_.address(), std::string("--key-file"), folder_.File("key")}) {
      words.push_back(word);
    }
    return RunBare(command, words);
  }
  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(folder_.File(name), std::ios::binary) << content;
    return folder_.File(name);
  }
  std::string ReadBack(const std::string& name) {
    std::ifstream file(folder_.File(name), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
  }

  limpid::testing::TempDir folder_;
  SmallGateway gateway_;
};

TEST_F(CommandsTest, CheckDescribesOnePerson) {
  const Outcome outcome = Run(&Check, {"--email", "jean@gmial.com", "--phone", "06 12 34 56 78"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_THAT(outcome.out, AllOf(StartsWith("SUGGEST\n"), HasSubstr("Vouliez-vous dire jean@gmail.com ?"),
                                 HasSubstr("+33612345678")));
  EXPECT_THAT(outcome.error, IsEmpty());
}

TEST_F(CommandsTest, CheckPrintsJson) {
  const Outcome outcome = Run(&Check, {"--json", "--email", "jean@gmial.com"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_THAT(outcome.out,
              AllOf(StartsWith("{\"decision\":\"SUGGEST\""), HasSubstr("\"suggestion\":\"jean@gmail.com\"")));
}

TEST_F(CommandsTest, CheckNamesTheViolations) {
  const Outcome outcome = Run(&Check, {"--email", std::string(101, 'a')});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_THAT(outcome.error, HasSubstr("email: At most 100 characters. (TOO_LONG)"));
}

TEST_F(CommandsTest, CheckAnnotatesAFile) {
  const std::string file = Write("contacts.csv",
                                 "nom;courriel;téléphone\r\n"
                                 "\"Du;pont\";jean@gmial.com;\r\n"
                                 "=cmd;anne@example.fr;06 12 34 56 78\r\n"
                                 "Martin;ANNE@example.fr;\r\n"
                                 "Personne;;\r\n");
  const Outcome outcome = Run(&Check, {file});
  EXPECT_EQ(outcome.code, kExitOk) << outcome.error;
  EXPECT_EQ(ReadBack("contacts.limpid.csv"),
            "\xEF\xBB\xBFnom;courriel;téléphone;limpid_decision;limpid_reasons;limpid_suggestion;limpid_"
            "email;limpid_phone;"
            "limpid_known;limpid_duplicate_of\r\n"
            "\"Du;pont\";jean@gmial.com;;SUGGEST;email:DOMAIN_TYPO;jean@gmail.com;jean@gmial.com;;;\r\n"
            "=cmd;anne@example.fr;06 12 34 56 78;ACCEPT;;;anne@example.fr;'+33612345678;;\r\n"
            "Martin;ANNE@example.fr;;ACCEPT;;;ANNE@example.fr;;;3\r\n"
            "Personne;;;EMPTY;;;;;;\r\n");
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("4 rows"), HasSubstr("suggestion"), HasSubstr("email:DOMAIN_TYPO")));
  EXPECT_THAT(outcome.error, AllOf(HasSubstr("4 rows, UTF-8, separator ;"), HasSubstr("courriel = email"),
                                   HasSubstr("contacts.limpid.csv")));
}

TEST_F(CommandsTest, CheckKeepsTheFilesOwnNameForItself) {
  const std::string file = Write("contacts.csv", "email\na@b.fr\n");
  const Outcome outcome = Run(&Check, {file, "--output", file});
  EXPECT_EQ(outcome.code, kExitUsage);
  EXPECT_EQ(ReadBack("contacts.csv"), "email\na@b.fr\n");
}

TEST_F(CommandsTest, CheckWritesToADeviceAndSaysWhenThatIsFull) {
  const std::string file = Write("contacts.csv", "email\na@b.fr\n");
  const std::string full = folder_.File("full");
  std::filesystem::create_symlink("/dev/full", full);
  const Outcome outcome = Run(&Check, {file, "--output", full});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_THAT(outcome.error, AllOf(HasSubstr("cannot be written"), Not(HasSubstr("is it running"))));
  EXPECT_TRUE(std::filesystem::is_symlink(full));
}

TEST_F(CommandsTest, CheckNeedsAColumnToCheck) {
  const Outcome outcome = Run(&Check, {Write("contacts.csv", "a,b\n1,2\n")});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_THAT(outcome.error, HasSubstr("no column is headed"));
  EXPECT_THAT(ReadBack("contacts.limpid.csv"), IsEmpty());
}

TEST_F(CommandsTest, CheckSaysThatItsKeyIsNotKnown) {
  Write("key", "lk_another");
  const Outcome outcome = Run(&Check, {Write("contacts.csv", "email\na@b.fr\n")});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_THAT(outcome.error, HasSubstr("CREDENTIALS_INVALID"));
}

TEST_F(CommandsTest, CheckLeavesTheResultOfAnEarlierRunAloneWhenItFails) {
  const std::string file = Write("contacts.csv", "email\na@b.fr\n");
  Write("contacts.limpid.csv", "earlier");
  Write("key", "lk_another");
  EXPECT_EQ(Run(&Check, {file}).code, kExitFailed);
  EXPECT_EQ(ReadBack("contacts.limpid.csv"), "earlier");
  EXPECT_THAT(ReadBack("contacts.limpid.csv.part"), IsEmpty());
}

TEST_F(CommandsTest, CheckRefusesACommandLineThatMakesNoSense) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"a.csv", "b.csv"},
                                                {"a.csv", "--email=x"},
                                                {"--email=x", "--output=y"},
                                                {"--mail=x"},
                                                {"--email=x", "--depth=y"}}) {
    EXPECT_EQ(Run(&Check, words).code, kExitUsage) << ::testing::PrintToString(words);
  }
}

TEST_F(CommandsTest, ASubcommandExplainsItself) {
  for (int (*const command)(std::span<const std::string>) : {&Check, &Keys, &CallAnyMethod}) {
    const Outcome outcome = RunBare(command, {"--help"});
    EXPECT_EQ(outcome.code, kExitOk);
    EXPECT_THAT(outcome.out, AllOf(StartsWith("usage: limpid "), HasSubstr("--key-file FILE")));
  }
}

TEST_F(CommandsTest, KeysCreatePrintsTheSecret) {
  const Outcome outcome = Run(&Keys, {"create", "--role", "capture", "--origin", "https://shop.example",
                                      "--rate=5", "--name", "Shop"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("CAPTURE"), HasSubstr("5/min"), HasSubstr("https://shop.example"),
                                 ::testing::EndsWith(StrCat("\n", kKey, "\n"))));
}

TEST_F(CommandsTest, KeysListReadsEveryPage) {
  const Outcome outcome = Run(&Keys, {"list"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("keys/k1"), HasSubstr("keys/k2")));
}

TEST_F(CommandsTest, KeysTakesAnIdOrAName) {
  EXPECT_THAT(Run(&Keys, {"revoke", "k9"}).out, AllOf(HasSubstr("keys/k9"), HasSubstr("revoked 2027-01-15")));
  EXPECT_THAT(Run(&Keys, {"rotate", "keys/k9", "--overlap=1h"}).out, HasSubstr("overlap 3600"));
  const Outcome missing = Run(&Keys, {"get", "k9"});
  EXPECT_EQ(missing.code, kExitFailed);
  EXPECT_THAT(missing.error, HasSubstr("NOT_FOUND"));
}

TEST_F(CommandsTest, KeysRefusesACommandLineThatMakesNoSense) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"make"},
                                                {"get"},
                                                {"list", "k1"},
                                                {"create", "--role=king"},
                                                {"create", "--role=admin", "--rate=many"},
                                                {"rotate", "k1", "--overlap=soon"}}) {
    EXPECT_EQ(Run(&Keys, words).code, kExitUsage) << ::testing::PrintToString(words);
  }
}

TEST_F(CommandsTest, CallPrintsTheAnswerAsALine) {
  const Outcome outcome = Run(&CallAnyMethod, {"CaptureService/Check", R"({"email":"jean@gmial.com"})"});
  EXPECT_EQ(outcome.code, kExitOk) << outcome.error;
  EXPECT_THAT(outcome.out, AllOf(StartsWith("{\"decision\":\"SUGGEST\""), ::testing::EndsWith("}\n")));
}

TEST_F(CommandsTest, CallPrintsAnErrorAsAProblem) {
  const Outcome outcome = Run(&CallAnyMethod, {"Submit", "{}", "--idempotency-key=abc"});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_THAT(outcome.error,
              AllOf(StartsWith("{"), HasSubstr("\"reason\":\"FAILED_PRECONDITION\""), HasSubstr("key abc")));
}

TEST_F(CommandsTest, CallReadsItsRequestStrictly) {
  const Outcome outcome = Run(&CallAnyMethod, {"CaptureService/Check", R"({"mail":"x","phone":1})"});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_THAT(outcome.error, AllOf(HasSubstr("UNKNOWN_FIELD"), HasSubstr("WRONG_TYPE")));
}

TEST_F(CommandsTest, CallPrintsAStreamLineByLine) {
  const Outcome outcome = Run(&CallAnyMethod, {"WatchContacts"});
  EXPECT_EQ(outcome.code, kExitFailed);
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("\"cursor\":\"1\""), HasSubstr("\"cursor\":\"2\"")));
  EXPECT_THAT(outcome.error, HasSubstr("CURSOR_EXPIRED"));
}

TEST_F(CommandsTest, CallRefusesACommandLineThatMakesNoSense) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"Nothing/Here"},
                                                {"Check", "{}", "{}"},
                                                {"Check", "{}", "--timeout=soon"},
                                                {"StreamVerifyEmails"}}) {
    EXPECT_EQ(Run(&CallAnyMethod, words).code, kExitUsage) << ::testing::PrintToString(words);
  }
}

TEST_F(CommandsTest, CallListsTheMethods) {
  const Outcome outcome = RunBare(&CallAnyMethod, {"--list"});
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("limpid.gateway.v1.CaptureService/Check\n"),
                                 HasSubstr("limpid.contact.v1.ContactService/WatchContacts  (stream)\n"),
                                 Not(HasSubstr("CaptureStoreService"))));
}

}  // namespace
}  // namespace limpid::cli

// The server over TLS, asked by our own client.
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/http/client.h"
#include "libs/http/server.h"
#include "libs/testing/certificate.h"
#include "libs/testing/temp_dir.h"
#include "tests/libs/http/raw_client.h"

namespace limpid::http {
namespace {

using limpid::testing::Certificate;
using limpid::testing::MakeCertificate;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EchoBody final : public Handler {
 public:
  void Handle(Request request, Responder responder) override {
    responder.Send({.body = std::move(request.body)});
  }
};

class HttpTlsTest : public ::testing::Test {
 protected:
  std::unique_ptr<Server> Serve(const Certificate& files, absl::Duration head_timeout = absl::Seconds(10)) {
    auto server = Server::Start(
        {.head_timeout = head_timeout, .tls_cert_file = files.certificate, .tls_key_file = files.key},
        std::make_shared<EchoBody>());
    EXPECT_TRUE(server.ok()) << server.status();
    return *std::move(server);
  }

  /// The body of the answer to one request, or why there is none.
  static std::string Ask(const Server& server, const Certificate& believed, std::string body) {
    Client::Options options;
    options.guard.allowed = {*AddressBlock::Parse("127.0.0.1")};
    options.connect_timeout = absl::Seconds(20);
    options.ca_file = believed.certificate;
    Client client(options);
    std::promise<std::string> answer;
    client.Fetch(
        {},
        {.method = "POST", .url = StrCat("https://127.0.0.1:", server.port(), "/"), .body = std::move(body)},
        [&answer](absl::StatusOr<FetchResponse> response) {
          answer.set_value(response.ok() ? response->body : response.status().ToString());
        });
    return answer.get_future().get();
  }

  const limpid::testing::TempDir folder_;
  const Certificate server_ = MakeCertificate(folder_, "server");
  const Certificate stranger_ = MakeCertificate(folder_, "stranger");
};

TEST_F(HttpTlsTest, IsSpokenWithWhoBelievesTheCertificate) {
  const auto server = Serve(server_);
  EXPECT_EQ(Ask(*server, server_, "hello"), "hello");
  const std::string large(200'000, 'x');
  EXPECT_EQ(Ask(*server, server_, large).size(), large.size());
  EXPECT_THAT(Ask(*server, stranger_, "hello"), HasSubstr("UNAVAILABLE"));
}

TEST_F(HttpTlsTest, PlainTextGetsNoAnswer) {
  const auto server = Serve(server_);
  RawClient client(server->port());
  client.Send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(StatusOf(client.ReadAll()), 0);
}

TEST_F(HttpTlsTest, AHandshakeThatDoesNotGoOnIsCut) {
  const auto server = Serve(server_, absl::Milliseconds(40));
  RawClient client(server->port());
  client.Send("\x16\x03\x01");
  EXPECT_THAT(client.ReadAll(), IsEmpty());
}

TEST_F(HttpTlsTest, NewFilesAreTakenOnReload) {
  const Certificate files{.certificate = folder_.File("live.pem"), .key = folder_.File("live.key")};
  const auto put = [&files](const Certificate& from) {
    const auto options = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(from.certificate, files.certificate, options);
    std::filesystem::copy_file(from.key, files.key, options);
  };
  put(server_);
  const auto server = Serve(files);
  put(stranger_);
  EXPECT_EQ(Ask(*server, server_, "before"), "before");
  ASSERT_TRUE(server->ReloadTls().ok());
  EXPECT_EQ(Ask(*server, stranger_, "after"), "after");
  EXPECT_THAT(Ask(*server, server_, "old"), HasSubstr("UNAVAILABLE"));
  std::ofstream(files.certificate) << "not a certificate";
  EXPECT_FALSE(server->ReloadTls().ok());
  EXPECT_EQ(Ask(*server, stranger_, "still"), "still");
}

TEST_F(HttpTlsTest, FilesThatDoNotFitStopTheStart) {
  const auto start = [](const std::string& certificate, const std::string& key) {
    return Server::Start({.tls_cert_file = certificate, .tls_key_file = key}, std::make_shared<EchoBody>())
        .status();
  };
  EXPECT_THAT(std::string(start(folder_.File("none"), server_.key).message()), HasSubstr("none"));
  EXPECT_THAT(std::string(start(server_.certificate, stranger_.key).message()), HasSubstr("key"));
  EXPECT_FALSE(start(server_.certificate, "").ok());
}

}  // namespace
}  // namespace limpid::http

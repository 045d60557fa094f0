#include "libs/rpc/tls.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "tests/libs/rpc/echo_server.h"

namespace limpid::rpc {
namespace {

namespace fs = std::filesystem;

// A certificate for localhost that signs itself, written as two PEM files.
void WriteCertificate(const fs::path& cert_file, const fs::path& key_file) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> cert(X509_new(), X509_free);
  X509_set_version(cert.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(cert.get()), 3600);
  X509_set_pubkey(cert.get(), key.get());
  X509_NAME* const name = X509_get_subject_name(cert.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                             -1, -1, 0);
  X509_set_issuer_name(cert.get(), name);
  for (const auto& [nid, value] : {std::pair{NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"},
                                   std::pair{NID_basic_constraints, "critical,CA:TRUE"}}) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, nid, value), X509_EXTENSION_free);
    X509_add_ext(cert.get(), extension.get(), -1);
  }
  X509_sign(cert.get(), key.get(), EVP_sha256());
  const auto write = [](const fs::path& path, const auto& put) {
    const std::unique_ptr<FILE, decltype(&fclose)> file(fopen(path.c_str(), "w"), fclose);
    ASSERT_EQ(put(file.get()), 1);
  };
  write(cert_file, [&](FILE* file) { return PEM_write_X509(file, cert.get()); });
  write(key_file, [&](FILE* file) {
    return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

class Tls : public ::testing::Test {
 protected:
  Tls() {
    std::string name = (fs::temp_directory_path() / "limpid-tls-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    for (const char* who : {"server", "client", "stranger"}) WriteCertificate(Cert(who), Key(who));
  }
  ~Tls() override { fs::remove_all(folder_); }

  std::string Cert(const std::string& who) const { return (folder_ / (who + ".pem")).string(); }
  std::string Key(const std::string& who) const { return (folder_ / (who + ".key")).string(); }

  absl::Status CallWith(EchoServer& server, const TlsFiles& files) {
    const Peer peer{.name = "echo",
                    .channel = MakeChannel(
                        {.target = "127.0.0.1:" + std::to_string(server.server().port()), .tls = files}),
                    .signer = server.signer()};
    return Say(peer, "Echo", StandardCall().Within(absl::Seconds(20))).status();
  }

  fs::path folder_;
};

TEST_F(Tls, IsSpokenWithWhoBelievesTheCertificate) {
  EchoServer server({.server = {.address = "127.0.0.1:0",
                                .tls = {.cert_file = Cert("server"), .key_file = Key("server")}}});
  EXPECT_TRUE(CallWith(server, {.ca_file = Cert("server")}).ok());
  EXPECT_EQ(CallWith(server, {.ca_file = Cert("stranger")}).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(CallWith(server, {}).code(), absl::StatusCode::kUnavailable) << "plain text";
}

TEST_F(Tls, AsksForACertificateWhenTheServerHasAnAuthority) {
  EchoServer server(
      {.server = {
           .address = "127.0.0.1:0",
           .tls = {.cert_file = Cert("server"), .key_file = Key("server"), .ca_file = Cert("client")}}});
  EXPECT_TRUE(
      CallWith(server, {.cert_file = Cert("client"), .key_file = Key("client"), .ca_file = Cert("server")})
          .ok());
  EXPECT_FALSE(CallWith(server, {.ca_file = Cert("server")}).ok());
  EXPECT_FALSE(
      CallWith(server,
               {.cert_file = Cert("stranger"), .key_file = Key("stranger"), .ca_file = Cert("server")})
          .ok());
}

TEST_F(Tls, TakesUpARenewedCertificate) {
  EchoServer server(
      {.server = {.address = "127.0.0.1:0",
                  .tls = {.cert_file = Cert("server"), .key_file = Key("server"), .refresh_seconds = 1}}});
  const std::string old_cert = Cert("old");
  fs::copy_file(Cert("server"), old_cert);
  ASSERT_TRUE(CallWith(server, {.ca_file = old_cert}).ok());
  WriteCertificate(Cert("server"), Key("server"));
  while (!CallWith(server, {.ca_file = Cert("server")}).ok()) {
  }
  EXPECT_FALSE(CallWith(server, {.ca_file = old_cert}).ok());
}

TEST_F(Tls, NamesTheFileThatIsWrong) {
  const auto error = [](const TlsFiles& files, bool server) {
    return std::string(CheckTlsFiles(files, server).message());
  };
  using ::testing::HasSubstr;
  EXPECT_EQ(error({}, true), "");
  EXPECT_EQ(error({.cert_file = Cert("server"), .key_file = Key("server")}, true), "");
  EXPECT_EQ(error({.ca_file = Cert("server")}, false), "");
  EXPECT_THAT(error({.cert_file = "/nowhere.pem", .key_file = Key("server")}, true),
              HasSubstr("/nowhere.pem"));
  EXPECT_THAT(error({.cert_file = Cert("server"), .key_file = Key("client")}, true),
              HasSubstr(Key("client")));
  EXPECT_THAT(error({.cert_file = Key("server"), .key_file = Key("server")}, true), HasSubstr(Key("server")));
  EXPECT_THAT(error({.ca_file = Cert("server")}, true), HasSubstr("certificate file"));
  EXPECT_THAT(error({.cert_file = Cert("server")}, true), HasSubstr("key file"));
}

}  // namespace
}  // namespace limpid::rpc

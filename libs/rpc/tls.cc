#include "libs/rpc/tls.h"

#include <fstream>

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <openssl/ssl.h>

#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

using grpc::experimental::FileWatcherCertificateProvider;
using grpc::experimental::TlsChannelCredentialsOptions;
using grpc::experimental::TlsServerCredentialsOptions;

absl::Status Readable(const std::string& file) {
  if (file.empty() || std::ifstream(file).good()) return absl::OkStatus();
  return absl::InvalidArgumentError(StrCat("the TLS file ", file, " cannot be read"));
}

absl::Status Matching(const TlsFiles& files) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.cert_file.c_str()) != 1) {
    return absl::InvalidArgumentError(StrCat("the TLS file ", files.cert_file, " holds no certificate"));
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return absl::InvalidArgumentError(
        StrCat("the TLS file ", files.key_file, " is not the key of the certificate ", files.cert_file));
  }
  return absl::OkStatus();
}

std::shared_ptr<FileWatcherCertificateProvider> Watch(const TlsFiles& files) {
  return std::make_shared<FileWatcherCertificateProvider>(files.key_file, files.cert_file, files.ca_file,
                                                          static_cast<unsigned>(files.refresh_seconds));
}

}  // namespace

absl::Status CheckTlsFiles(const TlsFiles& files, bool server) {
  if (files.empty()) return absl::OkStatus();
  for (const std::string& file : {files.cert_file, files.key_file, files.ca_file}) {
    if (absl::Status status = Readable(file); !status.ok()) return status;
  }
  if (files.cert_file.empty() != files.key_file.empty() || (server && files.cert_file.empty())) {
    return absl::InvalidArgumentError("TLS needs a certificate file and its key file");
  }
  return files.cert_file.empty() ? absl::OkStatus() : Matching(files);
}

std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsFiles& files) {
  if (files.empty()) return grpc::InsecureServerCredentials();
  TlsServerCredentialsOptions options(Watch(files));
  options.watch_identity_key_cert_pairs();
  if (!files.ca_file.empty()) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> MakeChannelCredentials(const TlsFiles& files) {
  if (files.empty()) return grpc::InsecureChannelCredentials();
  TlsChannelCredentialsOptions options;
  options.set_certificate_provider(Watch(files));
  if (!files.ca_file.empty()) options.watch_root_certs();
  if (!files.cert_file.empty()) options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace limpid::rpc

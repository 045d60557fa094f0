#include "libs/redis/tls.h"

#include <utility>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::redis {
namespace {

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

// OpenSSL writes with write(2): its thread must have SIGPIPE blocked or ignored.
class TlsTransport final : public Transport {
 public:
  TlsTransport(UniqueFd fd, SSL* ssl) : fd_(std::move(fd)), ssl_(ssl) {}

  int fd() const override { return fd_.get(); }
  IoResult Handshake() override { return Result(SSL_connect(ssl_.get()), 0); }
  IoResult Read(std::span<char> into) override {
    size_t got = 0;
    const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &got);
    return Result(result, got);
  }
  IoResult Write(std::string_view bytes) override {
    size_t written = 0;
    const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
    return Result(result, written);
  }

 private:
  IoResult Result(int result, size_t bytes) {
    if (result > 0) return {.bytes = bytes};
    const int error = SSL_get_error(ssl_.get(), result);
    ERR_clear_error();
    if (error == SSL_ERROR_WANT_READ) return {.state = IoResult::State::kWantRead};
    if (error == SSL_ERROR_WANT_WRITE) return {.state = IoResult::State::kWantWrite};
    return {.state = IoResult::State::kClosed};
  }

  UniqueFd fd_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
};

absl::Status Unusable(std::string_view what) {
  ERR_clear_error();
  return FailedPrecondition(reason::kInvalidFormat, what);
}

bool IsAddress(const std::string& host) {
  in6_addr bytes;
  return inet_pton(AF_INET, host.c_str(), &bytes) == 1 || inet_pton(AF_INET6, host.c_str(), &bytes) == 1;
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

absl::StatusOr<TlsContext> TlsContext::Create(const TlsFiles& files) {
  TlsContext context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX* raw = context.context_.get();
  if (raw == nullptr) return Unusable("OpenSSL cannot be set up.");
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_mode(raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  const int trusted = files.ca.empty() ? SSL_CTX_set_default_verify_paths(raw)
                                       : SSL_CTX_load_verify_file(raw, files.ca.c_str());
  if (trusted != 1) return Unusable("The file of authorities for Redis cannot be read.");
  if (files.certificate.empty() != files.key.empty()) {
    return Unusable("A certificate for Redis needs its key, and a key its certificate.");
  }
  if (files.certificate.empty()) return context;
  if (SSL_CTX_use_certificate_chain_file(raw, files.certificate.c_str()) != 1) {
    return Unusable("The certificate for Redis cannot be read.");
  }
  if (SSL_CTX_use_PrivateKey_file(raw, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return Unusable("The key for Redis cannot be read, or belongs to another certificate.");
  }
  return context;
}

std::unique_ptr<Transport> TlsContext::Wrap(UniqueFd fd, const std::string& host) const {
  SSL* ssl = SSL_new(context_.get());
  if (ssl == nullptr) throw std::bad_alloc();
  SSL_set_fd(ssl, fd.get());
  if (IsAddress(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  } else {
    SSL_set_tlsext_host_name(ssl, host.c_str());
    SSL_set1_host(ssl, host.c_str());
  }
  return std::make_unique<TlsTransport>(std::move(fd), ssl);
}

}  // namespace limpid::redis

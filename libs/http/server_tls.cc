#include "libs/http/server_tls.h"

#include <array>
#include <string_view>

#include <openssl/err.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::http::internal {
namespace {

absl::Status Unusable(std::string_view what, std::string_view file) {
  std::array<char, 256> why{};
  ERR_error_string_n(ERR_get_error(), why.data(), why.size());
  ERR_clear_error();
  return FailedPrecondition(reason::kFailedPrecondition, StrCat(what, " ", file, ": ", why.data()));
}

}  // namespace

absl::StatusOr<SslContext> LoadServerTls(const std::string& certificate_file, const std::string& key_file) {
  ERR_clear_error();
  SslContext context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (context == nullptr || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    return Unusable("TLS", "of this machine");
  }
  // Renegotiation lets one client keep a processor busy, and nobody needs it.
  SSL_CTX_set_options(context.get(), SSL_OP_ALL | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1) {
    return Unusable("TLS certificate", certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Unusable("TLS key", key_file);
  }
  return context;
}

}  // namespace limpid::http::internal

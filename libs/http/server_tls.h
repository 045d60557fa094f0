#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>

#include "absl/status/statusor.h"

namespace limpid::http::internal {

using SslContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// What a TLS server (1.2 and later) needs, from PEM files. FAILED_PRECONDITION, naming the file, when one
/// cannot be read or the key is not that of the certificate.
absl::StatusOr<SslContext> LoadServerTls(const std::string& certificate_file, const std::string& key_file);

}  // namespace limpid::http::internal

#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"

namespace grpc {
class ChannelCredentials;
class ServerCredentials;
}  // namespace grpc

namespace limpid::rpc {

/// TLS from PEM files, which are read again every few seconds: a renewed certificate needs no restart.
struct TlsFiles {
  std::string cert_file;  ///< Our own chain, with `key_file`. A server needs both, a client only for mTLS.
  std::string key_file;
  std::string ca_file;  ///< Who is believed. A server that has it asks its clients for a certificate (mTLS).
  int refresh_seconds = 10;

  bool empty() const { return cert_file.empty() && key_file.empty() && ca_file.empty(); }
};

/// OK when the files exist and each certificate has its key; else names the file.
absl::Status CheckTlsFiles(const TlsFiles& files, bool server);

/// Plain text when `files` is empty.
std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsFiles& files);
std::shared_ptr<grpc::ChannelCredentials> MakeChannelCredentials(const TlsFiles& files);

}  // namespace limpid::rpc

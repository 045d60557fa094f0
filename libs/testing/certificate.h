#pragma once

#include <string>

#include "libs/testing/temp_dir.h"

namespace limpid::testing {

/// Paths of a certificate and its key, in PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

/// Makes a certificate that signs itself, and so is its own authority, with openssl. `name` keeps several in
/// one folder apart; `subjects` is what it stands for, as openssl's subjectAltName.
Certificate MakeCertificate(const TempDir& folder, const std::string& name,
                            const std::string& subjects = "DNS:localhost,IP:127.0.0.1");

}  // namespace limpid::testing

#include "libs/testing/certificate.h"

#include <cstdio>
#include <cstdlib>

#include "libs/testing/process.h"

namespace limpid::testing {

Certificate MakeCertificate(const TempDir& folder, const std::string& name, const std::string& subjects) {
  Certificate made = {.certificate = folder.File(name + ".crt"), .key = folder.File(name + ".key")};
  auto openssl = Process::Start(
      {.command = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                   "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=" + subjects,
                   "-keyout", made.key, "-out", made.certificate}});
  if (!openssl.ok() || (*openssl)->Wait() != 0) {
    std::fputs("openssl made no certificate\n", stderr);
    std::abort();
  }
  return made;
}

}  // namespace limpid::testing

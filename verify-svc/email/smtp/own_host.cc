#include "verify-svc/email/smtp/own_host.h"

#include <array>

#include <unistd.h>

#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {

std::string OwnHostName() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || !IsWireSafeDomain(name.data())) return "localhost";
  return name.data();
}

}  // namespace limpid::verify

#pragma once

#include <string>

#include "gateway/domain/api_key.h"
#include "gateway/domain/tenant.h"

namespace limpid::gateway {

/// A key with the secret that is shown this once.
struct IssuedKey {
  ApiKey key;
  std::string secret;

  friend bool operator==(const IssuedKey&, const IssuedKey&) = default;
};

/// A tenant with its first key.
struct IssuedTenant {
  Tenant tenant;
  IssuedKey first_key;

  friend bool operator==(const IssuedTenant&, const IssuedTenant&) = default;
};

}  // namespace limpid::gateway

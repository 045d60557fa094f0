#include "gateway/identity/key_file.h"

#include <fstream>

#include "gateway/domain/api_key.h"

namespace limpid::gateway {

std::optional<std::string> ReadKeyFile(const std::string& path) {
  std::ifstream file(path);
  std::string secret;
  if (!std::getline(file, secret) || !IsWellFormedSecret(secret)) return std::nullopt;
  return secret;
}

}  // namespace limpid::gateway

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/e2e/api_description.h"

namespace limpid::e2e {

/// A request as a careless or ill-willed caller sends it.
struct HostileRequest {
  std::string method;
  std::string target;  ///< Path and query, percent-encoded.
  std::string body;
};

/// Makes requests that are nearly those of the API's description: bodies of the right shape in which one to
/// four values are of another type, too long, too deep or strange text, then bytes that are torn or turned;
/// names and parameters likewise. The same seed makes the same requests.
class HostileRequests {
 public:
  HostileRequests(const ApiDescription& api, uint32_t seed);

  HostileRequest For(const Operation& operation);

 private:
  uint32_t Below(uint32_t bound) { return chance_() % bound; }
  bool OneIn(uint32_t count) { return Below(count) == 0; }
  template <typename T>
  const T& Any(const std::vector<T>& of) {
    return of[Below(static_cast<uint32_t>(of.size()))];
  }

  /// A value that fits the schema, or nearly.
  nlohmann::json Fitting(const nlohmann::json& schema, int depth);
  /// Any value at all.
  nlohmann::json Strange(int depth);
  /// The value with something of it replaced.
  nlohmann::json Spoilt(nlohmann::json value);
  /// The text with a byte or more that do not belong there.
  std::string Torn(std::string bytes);

  const ApiDescription& api_;
  std::mt19937 chance_;
  std::vector<std::string> texts_;
};

}  // namespace limpid::e2e

#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace limpid::e2e {

/// A call that /openapi.json offers.
struct Operation {
  std::string method;
  std::string path;                ///< With its parameters in braces: `/v1/contacts/{contact}`.
  std::vector<std::string> roles;  ///< Empty: it asks for no key.
  std::vector<std::string> path_parameters;
  std::vector<std::string> query_parameters;
  nlohmann::json body;  ///< Schema of the body; null when it has none.
  bool stream = false;  ///< Answers until the caller leaves.

  bool Admits(const std::string& role) const;
  /// The path with this text for every parameter.
  std::string PathWith(const std::string& parameter) const;
};

/// What the gateway says of its API, for tests that hold for every call of it.
class ApiDescription {
 public:
  explicit ApiDescription(nlohmann::json openapi);

  const std::vector<Operation>& operations() const { return operations_; }
  /// The schema that `$ref` stands for, and every other schema itself.
  const nlohmann::json& Resolve(const nlohmann::json& schema) const;

 private:
  const nlohmann::json openapi_;
  std::vector<Operation> operations_;
};

}  // namespace limpid::e2e

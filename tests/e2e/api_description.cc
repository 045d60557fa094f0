#include "tests/e2e/api_description.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace limpid::e2e {

using nlohmann::json;

bool Operation::Admits(const std::string& role) const {
  return roles.empty() || std::ranges::find(roles, role) != roles.end();
}

std::string Operation::PathWith(const std::string& parameter) const {
  std::string out;
  for (size_t at = 0; at < path.size();) {
    const size_t open = path.find('{', at);
    out += path.substr(at, open - at);
    if (open == std::string::npos) break;
    out += parameter;
    at = path.find('}', open) + 1;
  }
  return out;
}

ApiDescription::ApiDescription(json openapi) : openapi_(std::move(openapi)) {
  for (const auto& path : openapi_.at("paths").items()) {
    for (const auto& call : path.value().items()) {
      Operation operation{.method = call.key(), .path = path.key()};
      std::ranges::transform(operation.method, operation.method.begin(),
                             [](unsigned char c) { return std::toupper(c); });
      operation.roles = call.value().at("x-roles").get<std::vector<std::string>>();
      for (const json& parameter : call.value().value("parameters", json::array())) {
        const json& resolved = Resolve(parameter);
        const std::string in = resolved.at("in");
        if (in == "path") operation.path_parameters.push_back(resolved.at("name"));
        if (in == "query") operation.query_parameters.push_back(resolved.at("name"));
      }
      if (call.value().contains("requestBody")) {
        operation.body = call.value().at("requestBody").at("content").at("application/json").at("schema");
      }
      operation.stream =
          call.value().at("responses").at("200").at("content").contains("application/x-ndjson");
      operations_.push_back(std::move(operation));
    }
  }
}

const json& ApiDescription::Resolve(const json& schema) const {
  const auto reference = schema.find("$ref");
  return reference == schema.end() ? schema
                                   : openapi_.at(json::json_pointer(reference->get<std::string>().substr(1)));
}

}  // namespace limpid::e2e

#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace limpid::e2e {

struct HttpAnswer {
  int status = 0;                              ///< 0: no answer at all.
  bool refused = false;                        ///< The connection was never accepted.
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;
  /// The body as JSON; a discarded value when it is none.
  nlohmann::json Json() const { return nlohmann::json::parse(body, nullptr, false); }
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool http2 = false;  ///< Speaks HTTP/2 without asking first, as gRPC does.
};

/// Any HTTP client of the world, here libcurl. Blocks; thread-safe.
HttpAnswer Send(const HttpRequest& request);

}  // namespace limpid::e2e

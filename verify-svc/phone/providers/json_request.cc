#include "verify-svc/phone/providers/json_request.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/http/json_text.h"
#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

http::FetchRequest PostJson(std::string url, std::string body, http::Headers headers) {
  headers.emplace_back("Content-Type", "application/json");
  headers.emplace_back("Accept", "application/json");
  return {.method = "POST", .url = std::move(url), .headers = std::move(headers), .body = std::move(body)};
}

http::FetchRequest GetJson(std::string url, http::Headers headers) {
  headers.emplace_back("Accept", "application/json");
  return {.method = "GET", .url = std::move(url), .headers = std::move(headers)};
}

std::string DigitsList(std::span<const NumberQuestion> numbers) {
  std::string list = "[";
  for (const NumberQuestion& number : numbers) {
    StrAppend(list, list.size() > 1 ? "," : "", "\"", DigitsOf(number), "\"");
  }
  return list + "]";
}

std::string BasicCredentials(const std::string& name, const std::string& password) {
  std::string credentials = "Basic ";
  http::AppendBase64(StrCat(name, ":", password), credentials);
  return credentials;
}

}  // namespace limpid::verify

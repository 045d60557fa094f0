#include "libs/http/request_id.h"

#include "libs/base/request_id.h"

namespace limpid::http {

std::string RequestIdOf(const Request& request) {
  const auto given = request.Header("X-Request-Id");
  return given && IsRequestId(*given) ? std::string(*given) : NewRequestId();
}

}  // namespace limpid::http

#include "libs/http/ops.h"

#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/problem.h"

namespace limpid::http {
namespace {

Response Text(int status, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

class OpsHandler final : public Handler {
 public:
  explicit OpsHandler(OpsSources sources) : sources_(std::move(sources)) {}

  void Handle(Request request, Responder responder) override { responder.Send(Answer(request)); }

 private:
  Response Answer(const Request& request) const {
    if (request.method() != "GET" && request.method() != "HEAD") {
      Response refusal = ProblemResponse(
          MakeError(absl::StatusCode::kUnimplemented, reason::kMethodNotAllowed, "Only GET is offered here."),
          {.instance = request.path()});
      refusal.headers.emplace_back("Allow", "GET, HEAD");
      return refusal;
    }
    if (request.path() == "/livez") return Text(200, "ok\n");
    if (request.path() == "/readyz") return Readiness();
    if (request.path() == "/metrics") {
      Response metrics = Text(200, sources_.metrics());
      metrics.headers.front().second = "text/plain; version=0.0.4; charset=utf-8";
      return metrics;
    }
    return ProblemResponse(NotFound("page", request.path()), {.instance = request.path()});
  }

  Response Readiness() const {
    const absl::Status ready = sources_.ready();
    if (ready.ok()) return Text(200, "ready\n");
    return Text(503, StrCat("not ready: ", ready.message(), "\n"));
  }

  const OpsSources sources_;
};

}  // namespace

std::shared_ptr<Handler> MakeOpsHandler(OpsSources sources) {
  return std::make_shared<OpsHandler>(std::move(sources));
}

}  // namespace limpid::http

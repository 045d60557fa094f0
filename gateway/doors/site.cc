#include "gateway/doors/site.h"

#include <utility>

#include "libs/base/call.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::gateway {
namespace {

constexpr std::string_view kWelcome =
    "Limpid keeps customer contact data clean.\n\n"
    "/openapi.json  what can be asked here\n"
    "/version       what runs here\n\n"
    "Calls under /v1/ need a key: Authorization: Bearer lk_...\n";

http::Response Text(std::string_view type, std::string body) {
  http::Response response;
  response.headers = {{"Content-Type", std::string(type)}, {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(body);
  return response;
}

}  // namespace

Site::Site(Options options, CapturePeers& peers, std::shared_ptr<http::Handler> api)
    : options_(std::move(options)), peers_(peers), api_(std::move(api)) {}

void Site::Handle(http::Request request, http::Responder responder) {
  const bool reads = request.method() == "GET" || request.method() == "HEAD";
  const std::string_view path = request.path();
  if (reads && path == "/") return responder.Send(Text("text/plain; charset=utf-8", std::string(kWelcome)));
  if (reads && path == "/openapi.json") return responder.Send(Text("application/json", options_.openapi));
  if (reads && path == "/version") return SendVersion(std::move(responder));
  api_->Handle(std::move(request), std::move(responder));
}

// The versions of the lists and the number plan stand in every verdict: a verdict on nobody tells them.
void Site::SendVersion(http::Responder responder) {
  Call call;
  call.role = Role::kService;
  verify::v1::VerifyPersonRequest request;
  request.set_email("postmaster@example.org");
  request.set_phone("+33100000000");
  auto verdicts = std::make_shared<verify::v1::VerifyPersonResponse>();
  const auto& given = *verdicts;
  peers_.VerifyPerson(call.Within(absl::Milliseconds(500)), std::move(request), std::move(verdicts),
                      [this, &given, responder = std::move(responder)](const absl::Status& status) mutable {
                        std::string body = "{\"version\":";
                        http::AppendJsonString(options_.version, body);
                        body += ",\"commit\":";
                        http::AppendJsonString(options_.commit, body);
                        body += ",\"dataVersions\":{";
                        if (status.ok()) {
                          body += "\"email\":";
                          http::AppendJsonString(given.email().data_version(), body);
                          body += ",\"phone\":";
                          http::AppendJsonString(given.phone().metadata_version(), body);
                        }
                        body += "}}";
                        responder.Send(Text("application/json", std::move(body)));
                      });
}

}  // namespace limpid::gateway

#include "gateway/rpc/key_service.h"

#include <string>
#include <utility>

#include "gateway/rpc/key_convert.h"
#include "gateway/rpc/local_upstream.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/resource_name.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::gateway {
namespace {

constexpr std::string_view kService = "limpid.gateway.v1.KeyService";
constexpr std::string_view kCollection = "keys";

/// The methods: read, call the use case, convert.
class KeyMethods {
 public:
  explicit KeyMethods(const KeyUseCases& use_cases) : use_(use_cases) {}

  absl::StatusOr<v1::Key> Create(const Call& call, const v1::CreateKeyRequest& request) const {
    ErrorCollector errors;
    if (!request.has_key()) errors.Add("key", reason::kRequired, "Say what the key is for.");
    const KeyDraft draft = FromProto(request.key(), "key", errors);
    if (request.has_key()) errors.Merge("key", CheckKeyDraft(draft));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    return Wire(use_.create.Run(call, draft));
  }

  absl::StatusOr<v1::Key> Get(const Call& call, const v1::GetKeyRequest& request) const {
    ErrorCollector errors;
    const KeyId id(IdOfName(request.name(), kCollection, "name", errors));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    return Wire(use_.get.Run(call, id));
  }

  absl::StatusOr<v1::ListKeysResponse> List(const Call& call, const v1::ListKeysRequest& request) const {
    ErrorCollector errors;
    const PageRequest page = ReadPage(kCollection, request.page_size(), request.page_token(), errors);
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    const absl::StatusOr<KeyPage> listed = use_.list.Run(call, KeyId(page.after), page.size);
    if (!listed.ok()) return listed.status();
    v1::ListKeysResponse response;
    for (const ApiKey& key : listed->keys) *response.add_keys() = ToProto(key, use_.default_rate_per_minute);
    if (listed->more) response.set_next_page_token(PageToken(kCollection, listed->keys.back().id.value()));
    return response;
  }

  absl::StatusOr<v1::Key> Revoke(const Call& call, const v1::RevokeKeyRequest& request) const {
    ErrorCollector errors;
    const KeyId id(IdOfName(request.name(), kCollection, "name", errors));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    return Wire(use_.revoke.Run(call, id));
  }

  absl::StatusOr<v1::Key> Rotate(const Call& call, const v1::RotateKeyRequest& request) const {
    ErrorCollector errors;
    const KeyId id(IdOfName(request.name(), kCollection, "name", errors));
    const absl::Duration overlap =
        request.has_overlap() ? FromProto(request.overlap(), "overlap", errors) : kDefaultOverlap;
    errors.Merge("", CheckOverlap(overlap));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    return Wire(use_.rotate.Run(call, id, overlap));
  }

 private:
  template <class Answer>
  absl::StatusOr<v1::Key> Wire(const absl::StatusOr<Answer>& answer) const {
    if (!answer.ok()) return answer.status();
    return ToProto(*answer, use_.default_rate_per_minute);
  }

  const KeyUseCases use_;
};

/// Lists the methods to whatever serves them.
template <class Builder>
void AddMethods(Builder& builder, const KeyUseCases& use_cases) {
  const KeyMethods methods(use_cases);
  builder.template Unary<v1::CreateKeyRequest, v1::Key>(
      "CreateKey", [methods](const Call& call, const v1::CreateKeyRequest& request) {
        return methods.Create(call, request);
      });
  builder.template Unary<v1::GetKeyRequest, v1::Key>(
      "GetKey",
      [methods](const Call& call, const v1::GetKeyRequest& request) { return methods.Get(call, request); });
  builder.template Unary<v1::ListKeysRequest, v1::ListKeysResponse>(
      "ListKeys", [methods](const Call& call, const v1::ListKeysRequest& request) {
        return methods.List(call, request);
      });
  builder.template Unary<v1::RevokeKeyRequest, v1::Key>(
      "RevokeKey", [methods](const Call& call, const v1::RevokeKeyRequest& request) {
        return methods.Revoke(call, request);
      });
  builder.template Unary<v1::RotateKeyRequest, v1::Key>(
      "RotateKey", [methods](const Call& call, const v1::RotateKeyRequest& request) {
        return methods.Rotate(call, request);
      });
}

}  // namespace

std::unique_ptr<rpc::Service> BuildKeyService(const KeyUseCases& use_cases,
                                              std::shared_ptr<const rpc::Door> door) {
  rpc::ServiceBuilder builder(kService, std::move(door));
  AddMethods(builder, use_cases);
  return builder.Build();
}

std::unique_ptr<Upstream> MakeKeyUpstream(const KeyUseCases& use_cases, std::shared_ptr<Executor> executor) {
  auto upstream = std::make_unique<LocalUpstream>(std::move(executor));
  AddMethods(*upstream, use_cases);
  return upstream;
}

}  // namespace limpid::gateway

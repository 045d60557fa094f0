#include "libs/rpc/server_call.h"

#include "libs/rpc/grpc_time.h"
#include "libs/rpc/status.h"

namespace limpid::rpc {
ServerCall::ServerCall(const ServedMethod& method, const grpc::CallbackServerContext& context)
    : ServedCall(method, *this, SystemClock().SteadyNow(), SteadyTimeOf(context.raw_deadline())),
      context_(context) {}

grpc::Status ServerCall::Leave(const absl::Status& status) { return ToGrpc(Conclude(status)); }

std::optional<std::string_view> ServerCall::Get(std::string_view name) const {
  const auto& all = context_.client_metadata();
  const auto it = all.find(grpc::string_ref(name.data(), name.size()));
  if (it == all.end()) return std::nullopt;
  return std::string_view(it->second.data(), it->second.size());
}

std::vector<std::string_view> ServerCall::GetAll(std::string_view name) const {
  const auto [begin, end] =
      context_.client_metadata().equal_range(grpc::string_ref(name.data(), name.size()));
  std::vector<std::string_view> values;
  for (auto it = begin; it != end; ++it) values.emplace_back(it->second.data(), it->second.size());
  return values;
}

}  // namespace limpid::rpc

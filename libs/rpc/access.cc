#include "libs/rpc/access.h"

#include "google/protobuf/descriptor.h"
#include "limpid/type/v1/access.pb.h"

namespace limpid::rpc {
namespace {

using WireRole = limpid::type::v1::Role;

constexpr uint32_t Bit(Role role) { return uint32_t{1} << static_cast<int>(role); }

uint32_t BitsOf(WireRole::Value role) {
  switch (role) {
    case WireRole::OPERATOR:
      return Bit(Role::kOperator);
    case WireRole::ADMIN:
      return Bit(Role::kAdmin) | Bit(Role::kOperator);
    case WireRole::STANDARD:
      return Bit(Role::kStandard);
    case WireRole::READER:
      return Bit(Role::kReader);
    case WireRole::CAPTURE:
      return Bit(Role::kCapture);
    case WireRole::ANYONE:
      return Bit(Role::kNone);
    case WireRole::SERVICE:
      return Bit(Role::kService);
    default:  // The open set of a proto3 enum: a role that this build does not know admits nobody.
      return 0;
  }
}

}  // namespace

Access::Access(const google::protobuf::MethodDescriptor& method) {
  const limpid::type::v1::Access& access = method.options().GetExtension(limpid::type::v1::access);
  for (const int role : access.roles()) roles_ |= BitsOf(static_cast<WireRole::Value>(role));
  internal_ = access.internal();
}

}  // namespace limpid::rpc

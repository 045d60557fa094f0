#pragma once

#include <cstdint>

#include "libs/base/call.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace limpid::rpc {

/// Whom an RPC admits, as its proto says (`limpid.type.v1.access`).
class Access {
 public:
  /// Admits nobody.
  Access() = default;
  explicit Access(const google::protobuf::MethodDescriptor& method);

  /// An operator is admitted wherever an admin is.
  bool Admits(Role role) const { return (roles_ >> static_cast<int>(role) & 1) != 0; }
  /// True for RPCs that carry their own proof: callers without credentials are admitted, as `Role::kNone`.
  bool AdmitsAnyone() const { return Admits(Role::kNone); }
  /// True for RPCs between our services: the gateway does not forward them.
  bool internal() const { return internal_; }

 private:
  uint32_t roles_ = 0;
  bool internal_ = false;
};

}  // namespace limpid::rpc

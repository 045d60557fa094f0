#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "limpid/gateway/v1/key_service.pb.h"

#include "gateway/app/create_key.h"
#include "gateway/app/get_key.h"
#include "gateway/app/list_keys.h"
#include "gateway/app/revoke_key.h"
#include "gateway/app/rotate_key.h"
#include "gateway/forwarding/upstream.h"
#include "libs/base/executor.h"
#include "libs/rpc/service.h"

namespace limpid::gateway {

/// What KeyService needs; all outlive the service.
struct KeyUseCases {
  CreateKey& create;
  GetKey& get;
  ListKeys& list;
  RevokeKey& revoke;
  RotateKey& rotate;
  int default_rate_per_minute;  ///< Shown for keys that name none.
};

/// KeyService for the gRPC door; handlers run on the door's executor.
std::unique_ptr<rpc::Service> BuildKeyService(const KeyUseCases& use_cases,
                                              std::shared_ptr<const rpc::Door> door);
/// KeyService for the HTTP door, in the same process and without a hop.
std::unique_ptr<Upstream> MakeKeyUpstream(const KeyUseCases& use_cases, std::shared_ptr<Executor> executor);

}  // namespace limpid::gateway

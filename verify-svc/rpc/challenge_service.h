#pragma once

#include <memory>

#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/rpc/service.h"
#include "verify-svc/app/confirm_challenge.h"
#include "verify-svc/app/confirm_link.h"
#include "verify-svc/app/create_challenge.h"
#include "verify-svc/app/manage_challenge.h"
#include "verify-svc/app/resend_challenge.h"

namespace limpid::verify {

/// All that ChallengeService asks.
struct ChallengeCases {
  explicit ChallengeCases(const ChallengeParts& parts)
      : create(parts),
        resend(parts),
        confirm(parts),
        confirm_link(parts),
        manage(parts.store, parts.clock),
        executor(parts.executor),
        clock(parts.clock) {}

  const CreateChallenge create;
  const ResendChallenge resend;
  const ConfirmChallenge confirm;
  const ConfirmLink confirm_link;
  const ManageChallenge manage;
  Executor& executor;
  const Clock& clock;
};

/// limpid.verify.v1.ChallengeService. `door`'s executor may wait for the database.
std::unique_ptr<rpc::Service> MakeChallengeService(std::shared_ptr<const rpc::Door> door,
                                                   std::shared_ptr<const ChallengeCases> cases);

}  // namespace limpid::verify

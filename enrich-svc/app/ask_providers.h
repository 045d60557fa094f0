#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"

#include "enrich-svc/app/provider.h"
#include "enrich-svc/domain/completion.h"
#include "enrich-svc/domain/profile.h"
#include "libs/base/call.h"

namespace limpid::enrich {

/// What all providers say together.
struct ProviderAnswers {
  Completions completions;               ///< For each empty field the surest.
  std::vector<std::string> unreachable;  ///< Ids of the providers that could not be asked.
};

/// Asks all providers side by side and gives their answers once the last has answered: at once when all are
/// offline, else at the latest when `call` ends. A provider's failure is part of the answer, not an error.
void AskProviders(std::shared_ptr<const Providers> providers, const Call& call, Profile profile,
                  absl::AnyInvocable<void(ProviderAnswers)> done);

}  // namespace limpid::enrich

#pragma once

#include "absl/status/status.h"

#include "contact-svc/app/contact_cases.h"
#include "libs/base/call.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::contact {

/// A function over the use cases as the handler of an RPC that is about one tenant: one of our services that
/// speaks for all is refused.
template <class Request, class Response>
auto HandlerOf(ContactCases& cases,
               absl::Status (*run)(ContactCases&, const Call&, const Request&, Response&)) {
  return [&cases, run](const Call& call, const Request& request, Response& response) -> absl::Status {
    if (call.tenant.empty()) {
      return PermissionDenied(reason::kRoleNotAllowed, "This method is about one tenant: name it.");
    }
    return run(cases, call, request, response);
  };
}

}  // namespace limpid::contact

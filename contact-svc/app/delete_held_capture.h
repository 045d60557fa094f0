#pragma once

#include <string_view>

#include "absl/status/status.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Drops a capture that waits for review; nothing known changes.
class DeleteHeldCapture {
 public:
  explicit DeleteHeldCapture(Parts parts) : parts_(parts) {}
  absl::Status Run(const Call& call, std::string_view id);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Lists the captures that wait for review, the oldest first.
class ListHeldCaptures {
 public:
  struct Input {
    int page_size = 0;
    std::string page_token;
  };
  struct Output {
    std::vector<HeldCapture> captures;
    std::string next_page_token;
  };

  explicit ListHeldCaptures(Parts parts) : parts_(parts) {}
  absl::StatusOr<Output> Run(const Call& call, const Input& in);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

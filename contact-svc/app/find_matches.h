#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "contact-svc/domain/matching.h"
#include "contact-svc/domain/validation.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Says who is already known under an e-mail address, a phone number or an external id.
class FindMatches {
 public:
  struct Input {
    SearchedPerson person;
    int page_size = 0;
  };

  explicit FindMatches(Parts parts) : parts_(parts) {}
  /// Best first.
  absl::StatusOr<std::vector<Match>> Run(const Call& call, Input in);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

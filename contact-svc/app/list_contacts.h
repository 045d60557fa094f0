#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Lists the tenant's contacts page by page.
class ListContacts {
 public:
  struct Input {
    int page_size = 0;
    std::string page_token;
    std::string filter;
    std::string order_by;
  };
  struct Output {
    std::vector<Contact> contacts;
    std::string next_page_token;
  };

  explicit ListContacts(Parts parts) : parts_(parts) {}
  absl::StatusOr<Output> Run(const Call& call, const Input& in);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

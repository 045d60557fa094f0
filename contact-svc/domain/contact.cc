#include "contact-svc/domain/contact.h"

#include "absl/strings/str_format.h"

namespace limpid::contact {

std::string EtagOf(const Contact& contact) {
  return absl::StrFormat("%x-%x", contact.version, absl::ToUnixMicros(contact.update_time));
}

}  // namespace limpid::contact

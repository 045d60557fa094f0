#include "contact-svc/app/prepare_contact.h"

#include <utility>

#include "contact-svc/domain/contact_values.h"
#include "contact-svc/domain/validation.h"
#include "libs/base/error.h"

namespace limpid::contact {
namespace {

std::string_view SourceName(const Contact& contact) {
  if (!contact.source) return {};
  return contact.source->form.empty() ? contact.source->channel : contact.source->form;
}

}  // namespace

absl::Status Prepare(Contact& contact, std::string_view default_region, Origin origin, absl::Time now,
                     const NormalForms& forms) {
  forms.Complete(contact, default_region, now);
  ErrorCollector errors;
  errors.Merge("contact", Validate(contact, absl::ToCivilDay(now, absl::UTCTimeZone())));
  Stamp(contact, {.origin = origin, .time = now, .detail = {}}, SourceName(contact));
  return errors.Finish();
}

Origin OriginOf(Role role) { return role == Role::kService ? Origin::kEnrichment : Origin::kApi; }

ContactEvent EventOf(const Call& call, std::string_view type, const Contact& contact,
                     std::vector<std::string> fields, absl::Time now) {
  // A service names the run that led to the change as its request, so that no scenario answers to itself.
  std::vector<std::string> causes;
  if (call.role == Role::kService && !call.request_id.empty()) causes.push_back(call.request_id);
  return {.type = std::string(type),
          .time = now,
          .tenant = call.tenant,
          .contact = contact.id,
          .etag = EtagOf(contact),
          .fields = std::move(fields),
          .causes = std::move(causes)};
}

}  // namespace limpid::contact

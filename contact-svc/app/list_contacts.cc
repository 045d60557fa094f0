#include "contact-svc/app/list_contacts.h"

#include <optional>
#include <utility>

#include "contact-svc/app/page_token.h"
#include "contact-svc/domain/contact_query.h"
#include "libs/base/error.h"

namespace limpid::contact {

absl::StatusOr<ListContacts::Output> ListContacts::Run(const Call& call, const Input& in) {
  ErrorCollector errors;
  const absl::StatusOr<int> page_size = PageSize(in.page_size);
  errors.Merge("", page_size.status());
  const absl::StatusOr<ContactQuery> query = ReadContactQuery(in.filter, in.order_by, parts_.forms);
  errors.Merge("", query.status());
  const absl::StatusOr<std::optional<PageEnd>> after =
      ReadPageToken(in.page_token, {"contacts", call.tenant.value(), in.filter, in.order_by});
  errors.Merge("", after.status());
  if (absl::Status status = errors.Finish(); !status.ok()) return status;

  Page<Contact> page;
  const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
    absl::StatusOr<Page<Contact>> listed = reader.List(*query, *after, *page_size);
    if (!listed.ok()) return listed.status();
    page = *std::move(listed);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  Output out{.contacts = std::move(page.items), .next_page_token = {}};
  if (page.next) {
    out.next_page_token = PageTokenOf(*page.next, {"contacts", call.tenant.value(), in.filter, in.order_by});
  }
  return out;
}

}  // namespace limpid::contact

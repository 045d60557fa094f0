#include "contact-svc/app/list_held_captures.h"

#include <optional>
#include <utility>

#include "contact-svc/app/page_token.h"
#include "libs/base/error.h"

namespace limpid::contact {

absl::StatusOr<ListHeldCaptures::Output> ListHeldCaptures::Run(const Call& call, const Input& in) {
  ErrorCollector errors;
  const absl::StatusOr<int> page_size = PageSize(in.page_size);
  errors.Merge("", page_size.status());
  const absl::StatusOr<std::optional<PageEnd>> after =
      ReadPageToken(in.page_token, {"heldCaptures", call.tenant.value()});
  errors.Merge("", after.status());
  if (absl::Status status = errors.Finish(); !status.ok()) return status;

  Page<HeldCapture> page;
  const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
    absl::StatusOr<Page<HeldCapture>> listed = reader.ListHeld(*after, *page_size);
    if (!listed.ok()) return listed.status();
    page = *std::move(listed);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  Output out{.captures = std::move(page.items), .next_page_token = {}};
  if (page.next) out.next_page_token = PageTokenOf(*page.next, {"heldCaptures", call.tenant.value()});
  return out;
}

}  // namespace limpid::contact

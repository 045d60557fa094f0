#include "enrich-svc/app/list_providers.h"

#include <algorithm>
#include <memory>

#include "enrich-svc/app/page.h"

namespace limpid::enrich {

absl::StatusOr<ListProviders::Page> ListProviders::Run(const Call& /*call*/, int page_size,
                                                       std::string_view page_token) const {
  const absl::StatusOr<size_t> limit = PageLimit(page_size);
  if (!limit.ok()) return limit.status();
  const absl::StatusOr<std::string> after = ReadPageToken("providers", page_token);
  if (!after.ok()) return after.status();

  const std::shared_ptr<const Providers> providers = providers_.Get();
  auto next = providers->begin();
  if (!after->empty()) {
    next = std::ranges::find(*providers, *after, [](const auto& provider) { return provider->info().id; });
    if (next == providers->end()) return PageTokenInvalid();
    ++next;
  }
  Page page;
  for (; next != providers->end() && page.providers.size() < *limit; ++next) {
    page.providers.push_back((*next)->info());
  }
  if (next != providers->end()) page.next_page_token = MakePageToken("providers", page.providers.back().id);
  return page;
}

}  // namespace limpid::enrich

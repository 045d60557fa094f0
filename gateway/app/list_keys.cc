#include "gateway/app/list_keys.h"

#include <utility>

namespace limpid::gateway {

absl::StatusOr<KeyPage> ListKeys::Run(const Call& call, const KeyId& after, int page_size) {
  absl::StatusOr<std::vector<ApiKey>> keys = store_.ListKeys(call, call.tenant, after, page_size + 1);
  if (!keys.ok()) return keys.status();
  KeyPage page{.keys = *std::move(keys)};
  page.more = page.keys.size() > static_cast<size_t>(page_size);
  if (page.more) page.keys.pop_back();
  return page;
}

}  // namespace limpid::gateway

#include "gateway/rpc/resource_name.h"

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {

std::string IdOfName(std::string_view name, std::string_view collection, std::string_view field,
                     ErrorCollector& errors) {
  const std::string start = StrCat(collection, "/");
  if (name.empty()) {
    errors.Add(field, reason::kRequired, StrCat("Give the name: ", start, "…"));
    return {};
  }
  const std::string_view id = name.substr(0, start.size()) == start ? name.substr(start.size()) : "";
  if (id.empty() || id.size() > 63 || id.find('/') != std::string_view::npos) {
    errors.Add(field, reason::kInvalidFormat, StrCat("A name is ", start, " and an id."));
    return {};
  }
  return std::string(id);
}

}  // namespace limpid::gateway

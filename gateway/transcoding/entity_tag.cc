#include "gateway/transcoding/entity_tag.h"

#include <algorithm>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

// What may stand within the quotes, but for bytes beyond ASCII, which we do not send.
bool IsTag(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '"'; });
}

}  // namespace

std::string EntityTagOf(const google::protobuf::Message& answer) {
  const auto* field = answer.GetDescriptor()->FindFieldByName("etag");
  if (field == nullptr || field->is_repeated() || field->type() != field->TYPE_STRING) return {};
  const std::string etag = answer.GetReflection()->GetString(answer, field);
  return etag.empty() || !IsTag(etag) ? std::string() : StrCat("\"", etag, "\"");
}

std::optional<std::string_view> ReadEntityTag(std::string_view header) {
  if (header.size() < 3 || !header.starts_with('"') || !header.ends_with('"')) return std::nullopt;
  const std::string_view tag = header.substr(1, header.size() - 2);
  return IsTag(tag) ? std::optional(tag) : std::nullopt;
}

}  // namespace limpid::gateway

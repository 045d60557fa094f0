#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

/// The comments of protos, for those who read them in OpenAPI.
namespace limpid::gateway {

/// Tidies a comment as protoc keeps it: no leading blanks, lines of a paragraph joined.
std::string TidyComment(std::string_view raw);

/// The comment above a declaration; empty without one. The descriptor's file must have been built with its
/// source info.
template <class Declaration>
std::string CommentOf(const Declaration& declaration) {
  google::protobuf::SourceLocation location;
  return declaration.GetSourceLocation(&location) ? TidyComment(location.leading_comments) : std::string();
}

/// Its first sentence, without the full stop.
std::string FirstSentence(std::string_view comment);

}  // namespace limpid::gateway

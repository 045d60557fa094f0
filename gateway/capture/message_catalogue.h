#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::gateway {

/// The sentences that findings are told in, by language. Read from `messages/<language>.tsv` in the data
/// folder: a key, a tab, the sentence; `{suggestion}` stands for what was probably meant. Immutable,
/// thread-safe.
class MessageCatalogue {
 public:
  /// Fails when a file cannot be read, a line has no tab, or a key is missing in one of the languages.
  static absl::StatusOr<std::shared_ptr<const MessageCatalogue>> Load(const std::string& folder);

  /// The sentence for a finding: the first of these keys that is listed: `<field>.<reason>.suggestion` (with
  /// a suggestion), `<field>.suggestion`, `<field>.<reason>`, `<reason>`, `<field>`.
  std::string Message(std::string_view language, std::string_view field, std::string_view reason,
                      std::string_view suggestion) const;

  /// One of kLanguages: `language` where it is ours, else `fallback`, else the first.
  static std::string_view Supported(std::string_view language, std::string_view fallback);

  static constexpr std::array<std::string_view, 2> kLanguages = {"fr", "en"};

 private:
  using Sentences = std::vector<std::pair<std::string, std::string>>;  // sorted by key
  static const std::string* Find(const Sentences& sentences, std::string_view key);

  std::array<Sentences, kLanguages.size()> languages_;
};

}  // namespace limpid::gateway

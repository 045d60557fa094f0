#include "verify-svc/email/smtp/provider_quirks.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/list_text.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kNone = "-";

std::optional<int> PositiveNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

// False unless it is a number, or the sign for none.
bool ReadLimit(std::string_view text, std::optional<int>& limit) {
  limit = PositiveNumber(text);
  return limit.has_value() || text == kNone;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ProviderQuirks>> ProviderQuirks::Load(const std::string& data_folder) {
  std::ifstream file(StrCat(data_folder, "/", kFile), std::ios::binary);
  if (!file) return NotFound("file", kFile);
  const std::string table(std::istreambuf_iterator<char>(file), {});
  std::shared_ptr<ProviderQuirks> quirks(new ProviderQuirks());
  absl::Status read = quality::ForEachRow(kFile, table, 7, [&](const std::vector<std::string_view>& row) {
    auto quirk = std::make_shared<ProviderQuirk>();
    quirk->name = row[0];
    quirk->accepts_all = row[2] == "accepts_all";
    if (!quirk->accepts_all && row[2] != "answers") return false;
    const std::optional<int> recipients = PositiveNumber(row[3]);
    if (!recipients || *recipients > ProviderQuirk::kMostRecipients) return false;
    quirk->recipients_per_session = *recipients;
    if (!ReadLimit(row[4], quirk->connections) || !ReadLimit(row[5], quirk->per_minute)) return false;
    if (row[6] != kNone) quirk->own_domains = absl::StrSplit(Absl(row[6]), ',');
    for (const absl::string_view provider : absl::StrSplit(Absl(row[1]), ',')) {
      quirks->by_provider_[provider] = quirk;
    }
    return true;
  });
  if (!read.ok()) return read;
  if (quirks->by_provider_.empty())
    return InvalidField(kFile, reason::kRequired, StrCat(kFile, ": no providers"));
  return quirks;
}

const ProviderQuirk& ProviderQuirks::Of(std::string_view provider) const {
  const auto found = by_provider_.find(Absl(provider));
  return found == by_provider_.end() ? none_ : *found->second;
}

}  // namespace limpid::verify

#include "enrich-svc/app/read_runs.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "enrich-svc/app/page.h"
#include "enrich-svc/app/run_filter.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

std::string WritePosition(const Run& last) {
  return StrCat(absl::ToUnixMicros(last.create_time), " ", last.id.value());
}

std::optional<RunPosition> ReadPosition(std::string_view text) {
  int64_t micros = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), micros);
  const std::string_view rest = text.substr(static_cast<size_t>(end - text.data()));
  if (error != std::errc() || !rest.starts_with(' ')) return std::nullopt;
  return RunPosition{.create_time = absl::FromUnixMicros(micros), .id = RunId(std::string(rest.substr(1)))};
}

}  // namespace

absl::StatusOr<Run> ReadRuns::Get(const Call& call, const RunId& id) const { return store_.Get(call, id); }

absl::StatusOr<ReadRuns::Page> ReadRuns::List(const Call& call, std::string_view filter, int page_size,
                                              std::string_view page_token) const {
  const absl::StatusOr<RunFilter> wanted = ParseRunFilter(filter);
  if (!wanted.ok()) return wanted.status();
  const absl::StatusOr<size_t> limit = PageLimit(page_size);
  if (!limit.ok()) return limit.status();
  const std::string list = StrCat("runs ", filter);
  const absl::StatusOr<std::string> token = ReadPageToken(list, page_token);
  if (!token.ok()) return token.status();
  std::optional<RunPosition> after;
  if (!token->empty()) {
    after = ReadPosition(*token);
    if (!after) return PageTokenInvalid();
  }

  // One more than the page holds says whether there is another page.
  absl::StatusOr<std::vector<Run>> runs = store_.List(call, *wanted, after, static_cast<int>(*limit) + 1);
  if (!runs.ok()) return runs.status();
  Page page{.runs = *std::move(runs)};
  if (page.runs.size() > *limit) {
    page.runs.resize(*limit);
    page.next_page_token = MakePageToken(list, WritePosition(page.runs.back()));
  }
  return page;
}

}  // namespace limpid::enrich

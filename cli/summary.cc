#include "cli/summary.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"

#include "cli/text_table.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::cli {
namespace {

constexpr size_t kShownReasons = 20;

struct OutcomeRow {
  RowOutcome outcome;
  std::string_view label;
  std::string_view json;
  std::string_view meaning;
  bool shown_when_zero;
};
constexpr std::array kOutcomes = {
    OutcomeRow{RowOutcome::kAccept, "valid", "valid", "can be used as they are", true},
    OutcomeRow{RowOutcome::kSuggest, "suggestion", "suggestion", "something else was probably meant", true},
    OutcomeRow{RowOutcome::kReview, "risky", "risky", "worth a look", true},
    OutcomeRow{RowOutcome::kReject, "wrong", "wrong", "cannot be reached", true},
    OutcomeRow{RowOutcome::kEmpty, "empty", "empty", "neither an e-mail nor a phone", false},
    OutcomeRow{RowOutcome::kRagged, "ragged", "ragged", "more cells than the header: not checked", false},
    OutcomeRow{RowOutcome::kRefused, "refused", "refused", "a value that the gateway does not take", false},
    OutcomeRow{RowOutcome::kFailed, "not checked", "notChecked", "the gateway gave no answer", false},
};

}  // namespace

void Summary::Add(size_t line, RowResult& result) {
  ++rows_;
  ++outcomes_[static_cast<size_t>(result.outcome)];
  if (result.outcome == RowOutcome::kRagged && first_ragged_row_ == 0) first_ragged_row_ = line;
  known_ += result.known;
  for (const std::string& reason : result.reasons) ++reasons_[reason];

  const auto by_email = FirstWith(emails_, absl::AsciiStrToLower(result.email), line);
  const auto by_phone = FirstWith(phones_, result.phone, line);
  result.duplicate_of = by_email ? by_email : by_phone;
  duplicates_ += result.duplicate_of.has_value();
}

void Summary::AddShortRow(size_t line) {
  if (short_rows_++ == 0) first_short_row_ = line;
}

std::optional<size_t> Summary::FirstWith(Lines& seen, const std::string& value, size_t line) {
  if (value.empty()) return std::nullopt;
  const auto [it, is_first] = seen.try_emplace(value, line);
  if (is_first) return std::nullopt;
  return it->second;
}

std::string Summary::Text() const {
  using Align = TextTable::Align;
  TextTable outcomes({Align::kLeft, Align::kRight, Align::kRight, Align::kLeft});
  for (const OutcomeRow& row : kOutcomes) {
    const size_t count = Count(row.outcome);
    if (count == 0 && !row.shown_when_zero) continue;
    outcomes.AddRow(
        {std::string(row.label), WithThousands(count), Percent(count, rows_), std::string(row.meaning)});
  }
  outcomes.AddRow({"", "", "", ""});
  outcomes.AddRow({"already known", WithThousands(known_), Percent(known_, rows_), "match a stored contact"});
  outcomes.AddRow({"duplicates", WithThousands(duplicates_), Percent(duplicates_, rows_),
                   "same e-mail or phone as an earlier row"});
  std::string out = StrCat(WithThousands(rows_), rows_ == 1 ? " row\n\n" : " rows\n\n", outcomes.Render(2));

  if (!reasons_.empty()) {
    std::vector<std::pair<std::string, size_t>> sorted(reasons_.begin(), reasons_.end());
    std::ranges::stable_sort(sorted, std::greater<>(), &std::pair<std::string, size_t>::second);
    TextTable reasons({Align::kLeft, Align::kRight, Align::kRight});
    for (size_t i = 0; i < sorted.size() && i < kShownReasons; ++i) {
      reasons.AddRow({sorted[i].first, WithThousands(sorted[i].second), Percent(sorted[i].second, rows_)});
    }
    StrAppend(out, "\nby reason\n", reasons.Render(2));
    if (sorted.size() > kShownReasons) StrAppend(out, "  and ", sorted.size() - kShownReasons, " more\n");
  }
  if (short_rows_ > 0) {
    StrAppend(out, "\n", WithThousands(short_rows_), " with fewer cells than the header, the first on line ",
              first_short_row_, "\n");
  }
  if (first_ragged_row_ > 0) {
    StrAppend(out, "\n", WithThousands(Count(RowOutcome::kRagged)),
              " with more cells than the header, or a quote that never ends, the first on line ",
              first_ragged_row_, "\n");
  }
  return out;
}

std::string Summary::Json() const {
  std::string out = StrCat("{\"rows\":", rows_);
  for (const OutcomeRow& row : kOutcomes) StrAppend(out, ",\"", row.json, "\":", Count(row.outcome));
  StrAppend(out, ",\"alreadyKnown\":", known_, ",\"duplicates\":", duplicates_,
            ",\"shortRows\":", short_rows_, ",\"reasons\":{");
  bool first = true;
  for (const auto& [reason, count] : reasons_) {
    if (!first) out.push_back(',');
    first = false;
    http::AppendJsonString(reason, out);
    StrAppend(out, ":", count);
  }
  out.append("}}");
  return out;
}

}  // namespace limpid::cli

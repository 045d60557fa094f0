#include "enrich-svc/app/run_filter.h"

#include <optional>
#include <string>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::enrich {
namespace {

constexpr size_t kMaxFilterLength = 1000;
constexpr std::string_view kContactPrefix = "contacts/";

absl::Status FilterInvalid() {
  return InvalidField("filter", reason::kInvalidFormat,
                      "Give a filter like: contact = \"contacts/c1\" AND state = \"FAILED\".");
}

// Takes a filter apart from its beginning on. Each Take answers nothing where the text has another form.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) { SkipSpaces(); }

  bool AtEnd() const { return rest_.empty(); }

  std::string_view TakeWord() {
    size_t end = 0;
    while (end < rest_.size() && ((rest_[end] >= 'a' && rest_[end] <= 'z') || rest_[end] == '_' ||
                                  (rest_[end] >= 'A' && rest_[end] <= 'Z'))) {
      ++end;
    }
    return Take(end);
  }

  bool TakeEquals() {
    if (!rest_.starts_with('=')) return false;
    Take(1);
    return true;
  }

  std::optional<std::string_view> TakeQuoted() {
    if (!rest_.starts_with('"')) return std::nullopt;
    const size_t end = rest_.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view quoted = Take(end + 1);
    return quoted.substr(1, quoted.size() - 2);
  }

 private:
  std::string_view Take(size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    SkipSpaces();
    return taken;
  }
  void SkipSpaces() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

bool AddTerm(std::string_view name, std::string_view value, RunFilter& filter) {
  if (name == "contact" && !filter.contact && value.starts_with(kContactPrefix)) {
    filter.contact = ContactId(std::string(value.substr(kContactPrefix.size())));
    return !filter.contact->empty();
  }
  if (name == "state" && !filter.state) {
    filter.state = RunStateFromName(value);
    return filter.state.has_value();
  }
  return false;
}

}  // namespace

absl::StatusOr<RunFilter> ParseRunFilter(std::string_view text) {
  if (text.size() > kMaxFilterLength) {
    return InvalidField("filter", reason::kTooLong, "Give a filter of at most 1000 characters.");
  }
  RunFilter filter;
  Reader reader(text);
  if (reader.AtEnd()) return filter;
  while (true) {
    const std::string_view name = reader.TakeWord();
    if (!reader.TakeEquals()) return FilterInvalid();
    const std::optional<std::string_view> value = reader.TakeQuoted();
    if (!value || !AddTerm(name, *value, filter)) return FilterInvalid();
    if (reader.AtEnd()) return filter;
    if (reader.TakeWord() != "AND") return FilterInvalid();
  }
}

}  // namespace limpid::enrich

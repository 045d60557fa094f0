#include "contact-svc/domain/contact_query.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/text/person_name.h"

namespace limpid::contact {
namespace {

constexpr size_t kMaxFilter = 2048;
constexpr size_t kMaxTerms = 20;

absl::Status Refuse(std::string_view why) { return InvalidField("filter", reason::kInvalidFormat, why); }

// One comparison, as written.
struct Term {
  std::string field;
  std::string comparison;
  std::string value;
};

// Reads `field op value AND field op value …`; values are quoted text or a bare word.
class FilterReader {
 public:
  explicit FilterReader(std::string_view text) : rest_(text) { SkipSpaces(); }

  bool AtEnd() const { return rest_.empty(); }

  absl::StatusOr<Term> ReadTerm() {
    Term term;
    term.field =
        TakeWhile([](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; });
    if (term.field.empty()) return Refuse("A term begins with the name of a field.");
    term.comparison =
        TakeWhile([](char c) { return c == '=' || c == '<' || c == '>' || c == ':' || c == '!'; });
    if (term.comparison.empty())
      return Refuse(StrCat(term.field, " is followed by a comparison, such as =."));
    if (!rest_.empty() && rest_.front() == '"') {
      if (!ReadQuoted(term.value)) return Refuse("A quoted value ends with a quotation mark.");
    } else {
      term.value = TakeWhile([](char c) { return c != ' ' && c != '"' && c != '(' && c != ')'; });
      if (term.value.empty()) return Refuse(StrCat(term.field, " is compared with a value."));
    }
    return term;
  }

  bool ReadAnd() {
    return TakeWhile([](char c) { return c >= 'A' && c <= 'Z'; }) == "AND";
  }

 private:
  template <class Predicate>
  std::string TakeWhile(Predicate belongs) {
    const auto end = std::ranges::find_if_not(rest_, belongs);
    const auto size = static_cast<size_t>(end - rest_.begin());
    std::string taken(rest_.substr(0, size));
    rest_.remove_prefix(size);
    SkipSpaces();
    return taken;
  }

  bool ReadQuoted(std::string& value) {
    for (size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        SkipSpaces();
        return true;
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      value.push_back(rest_[i]);
    }
    return false;
  }

  void SkipSpaces() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

void Narrow(std::optional<int64_t>& from, std::optional<int64_t>& to, std::string_view comparison,
            int64_t micros) {
  const auto at_least = [&](int64_t bound) { from = std::max(from.value_or(bound), bound); };
  const auto at_most = [&](int64_t bound) { to = std::min(to.value_or(bound), bound); };
  if (comparison == "=") {
    at_least(micros);
    at_most(micros);
  } else if (comparison == ">") {
    at_least(micros + 1);
  } else if (comparison == ">=") {
    at_least(micros);
  } else if (comparison == "<") {
    at_most(micros - 1);
  } else {
    at_most(micros);
  }
}

absl::Status AddTime(const Term& term, ContactQuery& query) {
  constexpr std::string_view kComparisons[] = {"=", "<", "<=", ">", ">="};
  if (std::ranges::find(kComparisons, term.comparison) == std::end(kComparisons)) {
    return Refuse(StrCat(term.field, " takes =, <, <=, > or >=."));
  }
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, term.value, &time, nullptr) || time == absl::InfiniteFuture() ||
      time == absl::InfinitePast()) {
    return Refuse(StrCat(term.field, " is compared with an RFC 3339 time, such as 2026-11-21T10:00:00Z."));
  }
  const int64_t micros = absl::ToUnixMicros(time);
  if (term.field == "create_time") {
    Narrow(query.created_from, query.created_to, term.comparison, micros);
  } else {
    Narrow(query.updated_from, query.updated_to, term.comparison, micros);
  }
  return absl::OkStatus();
}

void AddKey(KeyKind kind, std::string key, ContactQuery& query) {
  query.nothing = query.nothing || key.empty();
  query.keys.push_back({kind, std::move(key)});
}

absl::Status AddTerm(const Term& term, const NormalForms& forms, ContactQuery& query) {
  if (term.field == "create_time" || term.field == "update_time") return AddTime(term, query);
  const std::string_view wanted = term.field == "tags" ? ":" : "=";
  const auto name_term = [&](std::optional<std::string>& name) {
    std::string key = NameKeyOf(term.value);
    query.nothing = query.nothing || (name && *name != key);
    name = std::move(key);
  };
  if (term.field == "email") {
    AddKey(KeyKind::kEmail, forms.EmailKey(term.value), query);
  } else if (term.field == "phone") {
    AddKey(KeyKind::kPhone, forms.PhoneKey(term.value, {}), query);
  } else if (term.field == "tags") {
    AddKey(KeyKind::kTag, term.value, query);
  } else if (term.field == "given_name") {
    name_term(query.given_name);
  } else if (term.field == "family_name") {
    name_term(query.family_name);
  } else {
    return Refuse("The fields are email, phone, given_name, family_name, tags, create_time and update_time.");
  }
  if (term.comparison != wanted) return Refuse(StrCat(term.field, " takes ", wanted, "."));
  return absl::OkStatus();
}

absl::Status ReadOrder(std::string_view order_by, ContactQuery& query) {
  if (order_by.empty()) return absl::OkStatus();
  constexpr std::string_view kDescending = " desc";
  query.descending = order_by.ends_with(kDescending);
  if (query.descending) order_by.remove_suffix(kDescending.size());
  if (order_by == "create_time") {
    query.order = ContactOrder::kCreateTime;
  } else if (order_by == "update_time") {
    query.order = ContactOrder::kUpdateTime;
  } else if (order_by == "family_name") {
    query.order = ContactOrder::kFamilyName;
  } else {
    return InvalidField("order_by", reason::kInvalidFormat,
                        "One of create_time, update_time, family_name, optionally followed by \" desc\".");
  }
  return absl::OkStatus();
}

}  // namespace

std::string NameKeyOf(std::string_view name) { return text::NameKey(name); }

absl::StatusOr<ContactQuery> ReadContactQuery(std::string_view filter, std::string_view order_by,
                                              const NormalForms& forms) {
  ContactQuery query;
  if (absl::Status status = ReadOrder(order_by, query); !status.ok()) return status;
  if (filter.size() > kMaxFilter) return InvalidField("filter", reason::kTooLong, "At most 2,048 bytes.");
  FilterReader reader(filter);
  for (size_t terms = 0; !reader.AtEnd(); ++terms) {
    if (terms == kMaxTerms) return InvalidField("filter", reason::kTooMany, "At most 20 terms.");
    if (terms > 0 && !reader.ReadAnd()) return Refuse("Terms are joined by AND.");
    const absl::StatusOr<Term> term = reader.ReadTerm();
    if (!term.ok()) return term.status();
    if (absl::Status status = AddTerm(*term, forms, query); !status.ok()) return status;
  }
  return query;
}

}  // namespace limpid::contact

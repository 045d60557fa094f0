#include "contact-svc/app/find_matches.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::contact {
namespace {

constexpr int kDefaultMatches = 10;
constexpr int kMaxMatches = 50;

// The person as a contact that is not stored, with keys only: nobody reads its verdicts.
Contact PersonOf(SearchedPerson& searched, const NormalForms& forms) {
  Contact person;
  person.given_name = std::move(searched.given_name);
  person.family_name = std::move(searched.family_name);
  person.external_ids = std::move(searched.external_ids);
  if (!searched.email.empty()) {
    ReachableValue& email = person.emails.emplace_back();
    email.match_key = forms.EmailKey(searched.email);
    email.value = std::move(searched.email);
  }
  if (!searched.phone.empty()) {
    ReachableValue& phone = person.phones.emplace_back();
    phone.match_key = forms.PhoneKey(searched.phone, searched.default_region);
    phone.value = std::move(searched.phone);
  }
  return person;
}

}  // namespace

absl::StatusOr<std::vector<Match>> FindMatches::Run(const Call& call, Input in) {
  ErrorCollector errors;
  if (in.page_size < 0) errors.Add("page_size", reason::kOutOfRange, "0 (the default) or more.");
  errors.Merge("", Validate(in.person));
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  const int most = in.page_size == 0 ? kDefaultMatches : std::min(in.page_size, kMaxMatches);

  const Contact person = PersonOf(in.person, parts_.forms);
  std::vector<Contact> known;
  const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
    absl::StatusOr<std::vector<Contact>> found = reader.FindByKeys(IdentifyingKeysOf(person), kMaxMatches);
    if (!found.ok()) return found.status();
    known = *std::move(found);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  std::vector<Match> matches;
  matches.reserve(known.size());
  const std::shared_ptr<const text::GivenNames> names = parts_.forms.given_names();
  for (Contact& contact : known) matches.push_back(Judge(person, std::move(contact), *names));
  SortBestFirst(matches);
  if (matches.size() > static_cast<size_t>(most)) matches.resize(static_cast<size_t>(most));
  return matches;
}

}  // namespace limpid::contact

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "contact-svc/domain/contact.h"
#include "libs/base/mutex.h"
#include "libs/quality/quality_data.h"

namespace limpid::contact {

/// What the server adds to the values that a caller gives: normal forms, match keys, the FAST verdict, and
/// which value is primary. The same rules as verify-svc's (libs/quality), so that one input has one normal
/// form everywhere. Thread-safe.
class NormalForms {
 public:
  explicit NormalForms(std::shared_ptr<const quality::QualityData> data);
  /// Takes other lists; what runs already goes on with the old ones.
  void Replace(std::shared_ptr<const quality::QualityData> data);

  /// Fills in a contact. Numbers without a country code are read as `default_region`'s (empty: FR).
  void Complete(Contact& contact, std::string_view default_region, absl::Time now) const;

  /// The key under which an address or a number as typed is found; empty when there is none.
  std::string EmailKey(std::string_view email) const;
  std::string PhoneKey(std::string_view phone, std::string_view default_region) const;

  std::shared_ptr<const text::GivenNames> given_names() const;

 private:
  struct Rules;

  Snapshot<Rules> rules_;
};

/// The region of numbers without a country code, where the caller names none.
inline constexpr std::string_view kDefaultRegion = "FR";

}  // namespace limpid::contact

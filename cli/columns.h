#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace limpid::cli {

/// What a column of a contact file can hold, as far as the capture check takes it.
enum class ContactField {
  kGivenName,
  kFamilyName,
  kEmail,
  kPhone,
  kCompany,
  kAddressLine,
  kPostalCode,
  kLocality,
  kRegion,
  kBirthDate,
};
inline constexpr int kContactFields = 10;

/// The word that a person is shown: the field's name in the protos (`given_name`).
std::string_view FieldName(ContactField field);

/// Which columns hold what, by their headings in French or English.
///
/// Headings are compared without case, accents, spaces and punctuation (`E-mail`, `Code postal`, `N° de
/// téléphone`). Several columns may hold the same: the first that is not empty counts (`mobile` before
/// `phone` when it comes first), but address lines are taken together.
class Columns {
 public:
  static Columns FromHeader(const std::vector<std::string>& header);

  /// Columns that hold this, from left to right.
  const std::vector<size_t>& Of(ContactField field) const { return columns_[static_cast<size_t>(field)]; }
  /// The first of them that is not empty in this row; empty when none is. Spaces around it are taken off.
  std::string_view First(ContactField field, const std::vector<std::string>& cells) const;
  /// Headings that were not understood.
  const std::vector<std::string>& ignored() const { return ignored_; }

 private:
  std::vector<size_t> columns_[kContactFields];
  std::vector<std::string> ignored_;
};

}  // namespace limpid::cli

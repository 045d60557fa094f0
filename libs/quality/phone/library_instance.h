#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/quality/phone/metadata_bytes.h"

namespace i18n::phonenumbers {
class PhoneMetadata;
class PhoneMetadataCollection;
class PhoneNumberUtil;
class ShortNumberInfo;
}  // namespace i18n::phonenumbers

namespace limpid::quality {

/// libphonenumber over one version of the metadata. The library means to be one instance for the life of a
/// program; several of ours live side by side, so that a new number plan can be taken into use while calls
/// go on with the old one. What the library makes from its own one instance (as-you-type formatters, and the
/// look-up of regions inside short numbers) keeps the plan that was loaded first. Immutable; thread-safe.
class LibraryInstance {
 public:
  /// INVALID_ARGUMENT when the bytes are no metadata; FAILED_PRECONDITION when the library did not read them
  /// but others, which a program that is linked wrongly would otherwise never notice.
  static absl::StatusOr<std::unique_ptr<const LibraryInstance>> Make(const MetadataBytes& bytes);
  ~LibraryInstance();

  const i18n::phonenumbers::PhoneNumberUtil& util() const { return *util_; }
  const i18n::phonenumbers::ShortNumberInfo& short_numbers() const { return *short_numbers_; }
  /// The metadata as messages, in the order of the file.
  const i18n::phonenumbers::PhoneMetadataCollection& metadata() const { return *metadata_; }

 private:
  LibraryInstance();

  std::unique_ptr<const i18n::phonenumbers::PhoneMetadataCollection> metadata_;
  std::unique_ptr<const i18n::phonenumbers::PhoneNumberUtil> owned_util_;  ///< Null: the library's own one.
  const i18n::phonenumbers::PhoneNumberUtil* util_ = nullptr;
  std::unique_ptr<const i18n::phonenumbers::ShortNumberInfo> short_numbers_;
};

}  // namespace limpid::quality

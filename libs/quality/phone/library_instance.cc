#include "libs/quality/phone/library_instance.h"

#include <set>
#include <string>
#include <utility>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"

namespace i18n::phonenumbers {

/// The constructor of PhoneNumberUtil is private, and its public header makes a class of this name a friend,
/// for the library's own tests. Defining that class here is what makes a second instance possible, and a look
/// at the metadata that an instance has in fact read.
class PhoneNumberUtilTest {
 public:
  static std::unique_ptr<const PhoneNumberUtil> New() {
    std::unique_ptr<const PhoneNumberUtil> util(new PhoneNumberUtil());
    // Each instance makes its own logger the one of all, and takes it along when it ends.
    static auto* const silence = new NullLogger();
    Logger::set_logger_impl(silence);
    return util;
  }
  static bool HasRead(const PhoneNumberUtil& util, const PhoneMetadata& territory) {
    const PhoneMetadata* read =
        util.GetMetadataForRegionOrCallingCode(territory.country_code(), territory.id());
    return read != nullptr && read->SerializeAsString() == territory.SerializeAsString();
  }
};

}  // namespace i18n::phonenumbers

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::PhoneNumberUtilTest;
using i18n::phonenumbers::ShortNumberInfo;

bool HasRead(const PhoneNumberUtil& util, const PhoneMetadataCollection& metadata) {
  for (const PhoneMetadata& territory : metadata.metadata()) {
    if (!PhoneNumberUtilTest::HasRead(util, territory)) return false;
  }
  std::set<std::string> regions;
  std::set<int> networks;
  util.GetSupportedRegions(&regions);
  util.GetSupportedGlobalNetworkCallingCodes(&networks);
  return regions.size() + networks.size() == static_cast<std::size_t>(metadata.metadata_size());
}

absl::Status CheckMetadata(const char* name, const PhoneMetadataCollection& metadata, bool parsed) {
  if (parsed && metadata.metadata_size() > 0) return absl::OkStatus();
  return InvalidField(name, reason::kInvalidFormat, "The file holds no metadata of phone numbers.");
}

absl::Status ReadElsewhere() {
  return FailedPrecondition(reason::kFailedPrecondition,
                            "libphonenumber reads a number plan of its own: link limpid::phonenumber");
}

/// Instances are made one at a time: the library takes its bytes from one place.
Mutex& Making() {
  static auto* const mutex = new Mutex();
  return *mutex;
}

/// The bytes that were served last. The library's own instance may be made from them at any later time.
void Serve(const MetadataBytes& bytes) {
  static std::unique_ptr<const MetadataBytes> in_force;
  auto next = std::make_unique<const MetadataBytes>(bytes);
  ServeMetadata(*next);
  in_force = std::move(next);
}

}  // namespace

LibraryInstance::LibraryInstance() = default;
LibraryInstance::~LibraryInstance() = default;

absl::StatusOr<std::unique_ptr<const LibraryInstance>> LibraryInstance::Make(const MetadataBytes& bytes) {
  auto metadata = std::make_unique<PhoneMetadataCollection>();
  absl::Status status = CheckMetadata("phone/metadata.pb", *metadata, metadata->ParseFromString(bytes.plan));
  if (!status.ok()) return status;
  PhoneMetadataCollection short_numbers;
  status = CheckMetadata("phone/short_metadata.pb", short_numbers,
                         short_numbers.ParseFromString(bytes.short_numbers));
  if (!status.ok()) return status;

  const MutexLock lock(Making());
  Serve(bytes);
  std::unique_ptr<LibraryInstance> instance(new LibraryInstance());
  instance->util_ = PhoneNumberUtil::GetInstance();
  if (!HasRead(*instance->util_, *metadata)) {
    instance->owned_util_ = PhoneNumberUtilTest::New();
    instance->util_ = instance->owned_util_.get();
    if (!HasRead(*instance->util_, *metadata)) return ReadElsewhere();
  }
  const int reads = CountMetadataReads().short_numbers;
  instance->short_numbers_ = std::make_unique<ShortNumberInfo>();
  if (CountMetadataReads().short_numbers == reads) return ReadElsewhere();
  instance->metadata_ = std::move(metadata);
  return instance;
}

}  // namespace limpid::quality

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/quality/phone/metadata_bytes.h"
#include "libs/quality/phone/verdict.h"

/// The world's number plan, as libphonenumber knows it. libphonenumber stays behind this header: it costs
/// four times as much to compile as all the rest of a file.
namespace limpid::quality {

/// What the plan says of a number as it was typed.
struct PlannedNumber {
  std::string_view fault;  ///< One of phone_reason; empty when the number is valid.
  int calling_code = 0;    ///< 0 when not even that could be read; then all below is empty.
  std::string national_digits;
  std::string extension;
  std::string region;
  PhoneType type = PhoneType::kUnknown;

  bool valid() const { return fault.empty(); }
  /// `+` and the digits, for valid numbers and for those that only look like one.
  std::string E164() const;
};

/// 0 for a region without telephones. By the plan that was loaded first: which countries there are does not
/// change with the plan of one of them.
int CallingCodeOf(std::string_view region);

struct NumberFormats {
  std::string national;
  std::string international;
  std::string rfc3966;
};

enum class ShortNumber { kNone, kShortCode, kEmergency };

class CompiledPlan;
class LibraryInstance;
class TypingPlan;

/// One version of the plan. Part of QualityData, which is replaced as a whole when the data are read again:
/// whoever holds it goes on with the version that it began with. Immutable; thread-safe.
class NumberPlan {
 public:
  /// Plans of equal bytes are one while somebody holds it: several services in one process share it.
  /// INVALID_ARGUMENT when the bytes are no metadata; FAILED_PRECONDITION when the program is linked so that
  /// libphonenumber reads others.
  static absl::StatusOr<std::shared_ptr<const NumberPlan>> Load(MetadataBytes bytes);
  ~NumberPlan();

  /// Reads a number. `region` is assumed where no calling code is given; empty or unknown means none.
  PlannedNumber Read(std::string_view input, std::string_view region) const;
  /// The formats of a number that was read; the extension stands in the RFC 3966 form alone.
  NumberFormats Format(const PlannedNumber& number) const;
  /// Regions of the number's calling code whose plan has the number, its own first: GP, BL and MF share +590.
  RegionCodes CandidateRegions(const PlannedNumber& number) const;
  /// What the digits mean when dialled inside the region.
  ShortNumber ReadShortNumber(std::string_view digits, std::string_view region) const;

  /// The digit or digits dialled before a national number (`0` in France); empty where there is none.
  std::string TrunkPrefix(std::string_view region) const;
  /// Every region of the plan, `AC` to `ZW`.
  std::vector<std::string> Regions() const;

  /// Version and date of the package that the plan comes from: `3.2.47+20260929`.
  const std::string& version() const { return bytes_.version; }
  /// libphonenumber with this plan, and the plan in our own form.
  const CompiledPlan& compiled() const { return *compiled_; }
  const LibraryInstance& library() const { return *library_; }
  /// How numbers are grouped while they are typed.
  const TypingPlan& typing() const { return *typing_; }

 private:
  NumberPlan(MetadataBytes bytes, std::unique_ptr<const LibraryInstance> library);

  const MetadataBytes bytes_;
  const std::unique_ptr<const LibraryInstance> library_;
  const std::unique_ptr<const CompiledPlan> compiled_;
  const std::unique_ptr<const TypingPlan> typing_;
};

}  // namespace limpid::quality

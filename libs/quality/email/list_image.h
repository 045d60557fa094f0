#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::quality {

/// The compiled e-mail lists as they lie in a file and, mapped, in memory: a header, then sections.
/// Little-endian. The large lists are tables that are searched where they lie (NameTable), the small ones are
/// text.
enum class ListSection : uint32_t {
  kDomainSlots,
  kDomainNames,
  kMailboxSlots,
  kMailboxNames,
  kProviders,
  kSlips,
  kTlds,
  kNoReplyWords,
};
inline constexpr std::size_t kListSections = 8;

/// Puts an image together.
class ListImageWriter {
 public:
  /// `version` tells one content from another.
  explicit ListImageWriter(uint64_t version) : version_(version) {}
  /// Each section once.
  void Add(ListSection section, std::string_view bytes);
  std::string Finish() const;

 private:
  uint64_t version_;
  std::array<std::string, kListSections> sections_;
};

/// An image whose header, checksum and section bounds are right. What stands in the sections is for their
/// readers to check. A view: the bytes outlive it.
class ListImage {
 public:
  /// INVALID_ARGUMENT says what is wrong with the bytes, whatever they are. They must begin at a multiple
  /// of 8.
  static absl::StatusOr<ListImage> Open(std::string_view bytes);

  uint64_t version() const { return version_; }
  /// Begins at a multiple of 8.
  std::string_view Section(ListSection section) const { return sections_[static_cast<std::size_t>(section)]; }

 private:
  uint64_t version_ = 0;
  std::array<std::string_view, kListSections> sections_;
};

}  // namespace limpid::quality

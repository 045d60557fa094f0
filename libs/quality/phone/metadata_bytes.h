#pragma once

#include <string>
#include <string_view>

/// The metadata that libphonenumber reads when it makes an instance of itself: ours, instead of those it was
/// packaged with. The library asks four functions of its own for them; this object file defines the same
/// four, and in a program a definition of the program wins over one of a shared library. That holds only
/// where the object is linked into each program and its symbols are visible, which `limpid::phonenumber`
/// (CMake) sees to and `NumberPlan::Load` checks.
namespace limpid::quality {

struct MetadataBytes {
  std::string plan;           ///< A serialised PhoneMetadataCollection: the numbers of each territory.
  std::string short_numbers;  ///< The same of short and emergency numbers.
  std::string version;        ///< `3.2.47+20260929`: the npm package that they were made from, and its date.

  bool operator==(const MetadataBytes&) const = default;
};

/// What the program was built with: for installations without data files.
const MetadataBytes& EmbeddedMetadata();

/// From now on the library gets these; without a call it gets the embedded ones. The caller keeps the bytes
/// alive while they are served, and makes sure that no instance is being made meanwhile.
void ServeMetadata(const MetadataBytes& bytes);

/// How often the library has fetched each of the two since the program began. No growth while an instance
/// was made: it has read something else.
struct MetadataReads {
  int plan = 0;
  int short_numbers = 0;
};
MetadataReads CountMetadataReads();

/// `3.2.47+20260929` of `google-libphonenumber 3.2.47 2026-09-29`, the line in metadata_version.txt. Fifteen
/// characters: every verdict carries a copy, and so many need no allocation. Empty for any other text.
std::string MetadataVersion(std::string_view line);

}  // namespace limpid::quality

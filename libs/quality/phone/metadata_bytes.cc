#include "libs/quality/phone/metadata_bytes.h"

#include <algorithm>
#include <atomic>
#include <cstdint>

// The bytes themselves, put into the program by the assembler.
#define LIMPID_EMBED(name, path)                                                               \
  asm(".pushsection .rodata\n.global " #name "_begin, " #name                                  \
      "_end\n"                                                                                 \
      ".hidden " #name "_begin, " #name "_end\n" #name "_begin:\n.incbin \"" path "\"\n" #name \
      "_end:\n.byte 0\n.popsection\n")

LIMPID_EMBED(limpid_metadata, LIMPID_METADATA_DIR "/metadata.pb");
LIMPID_EMBED(limpid_short_metadata, LIMPID_METADATA_DIR "/short_metadata.pb");
LIMPID_EMBED(limpid_metadata_version, LIMPID_METADATA_DIR "/metadata_version.txt");

extern "C" {
extern const char limpid_metadata_begin[], limpid_metadata_end[];
extern const char limpid_short_metadata_begin[], limpid_short_metadata_end[];
extern const char limpid_metadata_version_begin[], limpid_metadata_version_end[];
}

namespace limpid::quality {
namespace {

std::atomic<const MetadataBytes*> served = nullptr;
std::atomic<int> plan_reads = 0;
std::atomic<int> short_number_reads = 0;

const MetadataBytes& Served() {
  const MetadataBytes* bytes = served.load(std::memory_order_acquire);
  return bytes == nullptr ? EmbeddedMetadata() : *bytes;
}

}  // namespace

const MetadataBytes& EmbeddedMetadata() {
  static const auto* const embedded = new MetadataBytes{
      .plan = std::string(limpid_metadata_begin, limpid_metadata_end),
      .short_numbers = std::string(limpid_short_metadata_begin, limpid_short_metadata_end),
      .version = MetadataVersion({limpid_metadata_version_begin, limpid_metadata_version_end}),
  };
  return *embedded;
}

void ServeMetadata(const MetadataBytes& bytes) { served.store(&bytes, std::memory_order_release); }

MetadataReads CountMetadataReads() {
  return {.plan = plan_reads.load(), .short_numbers = short_number_reads.load()};
}

std::string MetadataVersion(std::string_view line) {
  const std::size_t package_end = line.find(' ');
  const std::size_t version_end = line.find(' ', package_end + 1);
  if (package_end == std::string_view::npos || version_end == std::string_view::npos) return {};
  std::string version(line.substr(package_end + 1, version_end - package_end - 1));
  version.push_back('+');
  const std::string_view date = line.substr(version_end + 1);
  std::copy_if(date.begin(), date.end(), std::back_inserter(version),
               [](char c) { return c >= '0' && c <= '9'; });
  return version;
}

}  // namespace limpid::quality

// libphonenumber's own names and types: its constructors call these.
#define LIMPID_OVERRIDE __attribute__((visibility("default"), used))

namespace i18n::phonenumbers {

LIMPID_OVERRIDE int metadata_size() { return static_cast<int>(limpid::quality::Served().plan.size()); }
LIMPID_OVERRIDE const void* metadata_get() {
  ++limpid::quality::plan_reads;
  return limpid::quality::Served().plan.data();
}
LIMPID_OVERRIDE int short_metadata_size() {
  return static_cast<int>(limpid::quality::Served().short_numbers.size());
}
LIMPID_OVERRIDE const void* short_metadata_get() {
  ++limpid::quality::short_number_reads;
  return limpid::quality::Served().short_numbers.data();
}

}  // namespace i18n::phonenumbers

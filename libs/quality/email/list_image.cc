#include "libs/quality/email/list_image.h"

#include <bit>
#include <cstring>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

static_assert(std::endian::native == std::endian::little, "images are little-endian");

constexpr uint64_t kMagic = 0x314C4944504D494CULL;  // "LIMPIDL1"
/// Goes up whenever the meaning of a byte changes.
constexpr uint32_t kFormat = 1;
constexpr std::size_t kAlignment = 8;

struct Extent {
  uint64_t offset = 0;
  uint64_t size = 0;
};

struct Header {
  uint64_t magic = kMagic;
  uint32_t format = kFormat;
  uint32_t sections = kListSections;
  uint64_t size = 0;      ///< Of the whole image.
  uint64_t checksum = 0;  ///< Of everything behind this field.
  uint64_t version = 0;
  std::array<Extent, kListSections> extents;
};
constexpr std::size_t kSummedFrom = offsetof(Header, checksum) + sizeof(uint64_t);

/// Tells damage, not malice; eight bytes a step, since it is taken of all pages at each start.
uint64_t ChecksumOf(std::string_view bytes) {
  uint64_t sum = 0xCBF29CE484222325ULL;
  const auto add = [&sum](uint64_t word) {
    sum = (sum ^ word) * 0x9E3779B97F4A7C15ULL;
    sum ^= sum >> 32;
  };
  std::size_t i = 0;
  for (; i + sizeof(uint64_t) <= bytes.size(); i += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, sizeof(word));
    add(word);
  }
  for (; i < bytes.size(); ++i) add(static_cast<unsigned char>(bytes[i]));
  return sum;
}

absl::Status Damaged(std::string_view what) {
  return InvalidField("email_lists", reason::kInvalidFormat, StrCat("The compiled e-mail lists ", what, "."));
}

std::size_t Aligned(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

void ListImageWriter::Add(ListSection section, std::string_view bytes) {
  sections_[static_cast<std::size_t>(section)] = std::string(bytes);
}

std::string ListImageWriter::Finish() const {
  Header header{.version = version_};
  std::string image(Aligned(sizeof(Header)), '\0');
  for (std::size_t i = 0; i < kListSections; ++i) {
    header.extents[i] = {image.size(), sections_[i].size()};
    image.append(sections_[i]);
    image.resize(Aligned(image.size()));
  }
  header.size = image.size();
  std::memcpy(image.data(), &header, sizeof(header));
  header.checksum = ChecksumOf(std::string_view(image).substr(kSummedFrom));
  std::memcpy(image.data(), &header, sizeof(header));
  return image;
}

absl::StatusOr<ListImage> ListImage::Open(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof(header)) return Damaged("are cut short");
  if (reinterpret_cast<uintptr_t>(bytes.data()) % kAlignment != 0) return Damaged("lie at an odd address");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != kMagic) return Damaged("are another kind of file");
  if (header.format != kFormat || header.sections != kListSections) {
    return Damaged("are of another release: build them anew");
  }
  if (header.size != bytes.size()) return Damaged("are cut short");
  if (header.checksum != ChecksumOf(bytes.substr(kSummedFrom))) return Damaged("are damaged");
  ListImage image;
  image.version_ = header.version;
  for (std::size_t i = 0; i < kListSections; ++i) {
    const Extent& extent = header.extents[i];
    const bool inside = extent.offset <= bytes.size() && extent.size <= bytes.size() - extent.offset;
    if (!inside || extent.offset % kAlignment != 0) return Damaged("have a section outside of the file");
    image.sections_[i] = bytes.substr(extent.offset, extent.size);
  }
  return image;
}

}  // namespace limpid::quality

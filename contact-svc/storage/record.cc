#include "contact-svc/storage/record.h"

#include <bit>
#include <utility>

namespace limpid::contact {
namespace {

// The low bit of a field's head says what follows.
constexpr uint64_t kNumber = 0;
constexpr uint64_t kText = 1;

// Small negative numbers stay short.
uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
int64_t UnZigZag(uint64_t value) { return static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1)); }

}  // namespace

void RecordWriter::Varint(uint64_t value) {
  while (value >= 0x80) {
    out_.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out_.push_back(static_cast<char>(value));
}

void RecordWriter::Int(uint32_t tag, int64_t value) {
  if (value == 0) return;
  Varint(uint64_t{tag} << 1 | kNumber);
  Varint(ZigZag(value));
}

void RecordWriter::Double(uint32_t tag, double value) { Int(tag, std::bit_cast<int64_t>(value)); }

void RecordWriter::Text(uint32_t tag, std::string_view value) {
  if (!value.empty()) Element(tag, value);
}

void RecordWriter::Element(uint32_t tag, std::string_view value) {
  Varint(uint64_t{tag} << 1 | kText);
  Varint(value.size());
  out_.append(value);
}

std::optional<uint64_t> RecordReader::Varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

bool RecordReader::Next() {
  if (rest_.empty() || broken_) return false;
  const std::optional<uint64_t> head = Varint();
  const std::optional<uint64_t> number = head ? Varint() : std::nullopt;
  const bool is_text = head && (*head & 1) == kText;
  if (!number || (is_text && *number > rest_.size())) {
    broken_ = true;
    return false;
  }
  tag_ = static_cast<uint32_t>(*head >> 1);
  number_ = *number;
  text_ = {};
  if (is_text) {
    text_ = rest_.substr(0, *number);
    rest_.remove_prefix(*number);
  }
  return true;
}

int64_t RecordReader::Int() const { return UnZigZag(number_); }

double RecordReader::Double() const { return std::bit_cast<double>(Int()); }

}  // namespace limpid::contact

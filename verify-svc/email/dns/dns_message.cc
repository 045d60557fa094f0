#include "verify-svc/email/dns/dns_message.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace limpid::verify::dns {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxLabel = 63;
// A pointer leads backwards, so that a name cannot have more of them than there are labels.
constexpr int kMaxPointers = 127;
constexpr int kMaxAliases = 8;
constexpr std::uint16_t kInternet = 1;

/// Reads a message from its beginning. After the first fault every answer is empty and ok() is false.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t place() const { return place_; }
  void Fail() { ok_ = false; }

  std::uint8_t Byte() {
    if (!Has(1)) return 0;
    return bytes_[place_++];
  }
  std::uint16_t Short() {
    const std::uint16_t high = Byte();
    return static_cast<std::uint16_t>(high << 8 | Byte());
  }
  std::uint32_t Long() {
    const std::uint32_t high = Short();
    return high << 16 | Short();
  }
  std::string Bytes(std::size_t count) {
    if (!Has(count)) return {};
    std::string text(reinterpret_cast<const char*>(&bytes_[place_]), count);
    place_ += count;
    return text;
  }
  void Skip(std::size_t count) {
    if (Has(count)) place_ += count;
  }
  /// A name of RFC 1035 §4.1.4; the place is then behind it.
  std::string Name();

 private:
  bool Has(std::size_t count) {
    if (count > bytes_.size() - place_) ok_ = false;
    return ok_;
  }

  const std::span<const std::uint8_t> bytes_;
  std::size_t place_ = 0;
  bool ok_ = true;
};

bool IsHostCharacter(std::uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

void AppendLabel(std::string_view label, std::string& name) {
  if (!name.empty()) name += '.';
  for (const char c : label) {
    std::uint8_t byte = static_cast<std::uint8_t>(c);
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<std::uint8_t>(byte - 'A' + 'a');
    if (IsHostCharacter(byte)) {
      name += static_cast<char>(byte);
    } else {
      const std::array<char, 4> escaped = {'\\', static_cast<char>('0' + byte / 100),
                                           static_cast<char>('0' + byte / 10 % 10),
                                           static_cast<char>('0' + byte % 10)};
      name.append(escaped.data(), escaped.size());
    }
  }
}

std::string Reader::Name() {
  std::string name;
  std::size_t wire_length = 1;
  std::optional<std::size_t> behind;  // Where reading goes on after the first pointer.
  for (int pointers = 0; ok_;) {
    const std::size_t start = place_;
    const std::uint8_t length = Byte();
    if (length == 0) break;
    if (length >= 0xC0) {
      const std::size_t target = static_cast<std::size_t>(length & 0x3F) << 8 | Byte();
      if (!behind) behind = place_;
      ok_ = ok_ && target < start && ++pointers <= kMaxPointers;
      if (ok_) place_ = target;
      continue;
    }
    wire_length += length + 1U;
    ok_ = ok_ && length <= kMaxLabel && wire_length <= kMaxName;
    AppendLabel(Bytes(length), name);
  }
  if (behind && ok_) place_ = *behind;
  return ok_ ? name : std::string();
}

// The strings of a TXT record, one after the other (RFC 7208 §3.3).
std::string ReadTexts(Reader& reader, std::size_t end) {
  std::string text;
  while (reader.ok() && reader.place() < end) text += reader.Bytes(reader.Byte());
  return text;
}

struct RawRecord {
  Record record;
  bool known = false;
  std::optional<absl::Duration> soa_minimum;
};

RawRecord ReadRecord(Reader& reader) {
  RawRecord raw;
  raw.record.owner = reader.Name();
  const std::uint16_t type = reader.Short();
  const bool internet = reader.Short() == kInternet;
  // RFC 2181 §8: the highest bit set means zero.
  const std::uint32_t ttl = reader.Long();
  raw.record.time_to_live = absl::Seconds(ttl > INT32_MAX ? 0 : ttl);
  const std::size_t length = reader.Short();
  const std::size_t end = reader.place() + length;
  raw.record.type = static_cast<RecordType>(type);
  raw.known = internet;
  switch (raw.record.type) {
    case RecordType::kA:
      raw.known = raw.known && length == 4;
      raw.record.data = reader.Bytes(length);
      break;
    case RecordType::kAaaa:
      raw.known = raw.known && length == 16;
      raw.record.data = reader.Bytes(length);
      break;
    case RecordType::kCname:
    case RecordType::kPtr:
      raw.record.data = reader.Name();
      break;
    case RecordType::kMx:
      raw.record.preference = reader.Short();
      raw.record.data = reader.Name();
      break;
    case RecordType::kTxt:
      raw.record.data = ReadTexts(reader, end);
      break;
    case RecordType::kSoa: {
      reader.Name();
      reader.Name();
      constexpr std::size_t kSerialRefreshRetryExpire = 16;
      reader.Skip(kSerialRefreshRetryExpire);
      raw.soa_minimum = std::min(absl::Seconds(reader.Long()), raw.record.time_to_live);
      break;
    }
    default:
      raw.known = false;
      reader.Skip(length);
  }
  // A record whose data ends elsewhere than it says leaves nothing to go on from.
  if (reader.place() != end) reader.Fail();
  return raw;
}

}  // namespace

std::optional<Message> ParseMessage(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  Reader reader(bytes);
  Message message;
  reader.Short();  // The id: who asked has compared it.
  const std::uint16_t flags = reader.Short();
  const bool is_response = (flags & 0x8000) != 0;
  message.code = static_cast<ResponseCode>(flags & 0x000F);
  const int questions = reader.Short();
  const int answers = reader.Short();
  const int authorities = reader.Short();
  reader.Short();  // Additional records are not looked at.
  for (int i = 0; i < questions && reader.ok(); ++i) {
    reader.Name();
    reader.Skip(4);
  }
  for (int i = 0; i < answers && reader.ok(); ++i) {
    RawRecord raw = ReadRecord(reader);
    if (raw.known && reader.ok()) message.answers.push_back(std::move(raw.record));
  }
  for (int i = 0; i < authorities && reader.ok(); ++i) {
    const RawRecord raw = ReadRecord(reader);
    if (raw.known && raw.soa_minimum) message.negative_time_to_live = raw.soa_minimum;
  }
  if (!is_response || !reader.ok()) return std::nullopt;
  return message;
}

std::optional<Found> Find(const Message& message, std::string_view name, RecordType type) {
  Found found{.name = name};
  for (int aliases = 0; aliases <= kMaxAliases; ++aliases) {
    const Record* alias = nullptr;
    for (const Record& record : message.answers) {
      if (record.owner != found.name) continue;
      if (record.type == type) found.records.push_back(&record);
      if (record.type == RecordType::kCname) alias = &record;
    }
    for (const Record* record : found.records) {
      found.time_to_live = std::min(found.time_to_live, record->time_to_live);
    }
    if (!found.records.empty() || alias == nullptr) return found;
    found.time_to_live = std::min(found.time_to_live, alias->time_to_live);
    found.name = alias->data;
  }
  return std::nullopt;
}

}  // namespace limpid::verify::dns

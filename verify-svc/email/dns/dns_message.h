#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

/// DNS answers as they come from the wire (RFC 1035 §4).
namespace limpid::verify::dns {

/// The types of records that mail needs.
enum class RecordType : std::uint16_t {
  kA = 1,
  kCname = 5,
  kSoa = 6,
  kPtr = 12,
  kMx = 15,
  kTxt = 16,
  kAaaa = 28
};

enum class ResponseCode : std::uint8_t {
  kNoError = 0,
  kFormatError = 1,
  kServerFailure = 2,
  kNameError = 3,  ///< NXDOMAIN.
  kRefused = 5,
};

struct Record {
  std::string owner;
  RecordType type;
  absl::Duration time_to_live;
  std::uint16_t preference = 0;  ///< Of MX.
  /// MX: the exchange. CNAME and PTR: the target. TXT: its strings, joined. A and AAAA: the bytes of the
  /// address.
  std::string data;
};

/// Names are in lower case without the final dot; the root is empty. A byte that no host's name has stands as
/// `\DDD`.
struct Message {
  ResponseCode code = ResponseCode::kNoError;
  std::vector<Record> answers;  ///< Of the types above; others are left out.
  /// How long "there is no such record" may be believed (RFC 2308 §5): absent without a SOA.
  std::optional<absl::Duration> negative_time_to_live;
};

/// Reads a response. Nothing for bytes that are none: cut short, records beyond the end, names that run in a
/// circle or are too long.
std::optional<Message> ParseMessage(std::span<const std::uint8_t> bytes);

/// What a message says of a name after all aliases are followed.
struct Found {
  std::string_view name;                                   ///< Where the aliases end.
  std::vector<const Record*> records;                      ///< Into the message.
  absl::Duration time_to_live = absl::InfiniteDuration();  ///< The shortest of the records and aliases.
};

/// The records of `type` at `name`, or at what its CNAMEs lead to. Nothing when the aliases run in a circle
/// or on and on.
std::optional<Found> Find(const Message& message, std::string_view name, RecordType type);

}  // namespace limpid::verify::dns

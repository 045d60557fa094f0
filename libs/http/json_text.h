#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The text forms that proto3 JSON gives to values: 64-bit integers, doubles, bytes, times, masks. Pure; what
/// reads answers nothing for a text that is not exactly of the form.
namespace limpid::http {

/// Seconds and nanoseconds of a google.protobuf.Timestamp or Duration.
struct SecondsNanos {
  int64_t seconds = 0;
  int32_t nanos = 0;
  friend bool operator==(const SecondsNanos&, const SecondsNanos&) = default;
};

/// Decimal digits with an optional minus sign.
std::optional<int64_t> ParseInt64(std::string_view text);
std::optional<uint64_t> ParseUint64(std::string_view text);
/// A JSON number, or `NaN`, `Infinity`, `-Infinity`.
std::optional<double> ParseDouble(std::string_view text);
/// Base64 in either alphabet, padded or not (RFC 4648 §4, §5).
std::optional<std::string> ParseBase64(std::string_view text);
/// RFC 3339, years 1 to 9999, up to nine digits of a second.
std::optional<SecondsNanos> ParseTimestamp(std::string_view text);
/// `"3.000001s"`, within ±315,576,000,000 seconds.
std::optional<SecondsNanos> ParseDuration(std::string_view text);
/// One path of a FieldMask: `emails.givenName` → `emails.given_name`.
std::string FieldMaskPathToProto(std::string_view path);

void AppendDouble(double value, std::string& out);
void AppendFloat(float value, std::string& out);
void AppendBase64(std::string_view bytes, std::string& out);
/// Values out of range become the nearest one within.
void AppendTimestamp(SecondsNanos time, std::string& out);
void AppendDuration(SecondsNanos duration, std::string& out);
/// `emails.given_name` → `emails.givenName`.
void AppendFieldMaskPath(std::string_view path, std::string& out);

}  // namespace limpid::http

#include "libs/http/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

#include "absl/strings/ascii.h"

#include "libs/base/strings.h"

namespace limpid::http {
namespace {

constexpr int64_t kMinTimestamp = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kMaxTimestamp = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr int64_t kMaxDuration = 315'576'000'000;   // 10,000 years
constexpr int32_t kNanos = 1'000'000'000;
constexpr int64_t kDay = 86'400;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

template <class Integer>
std::optional<Integer> ParseWhole(std::string_view text) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Reads fixed pieces off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Exactly `digits` digits; negative when they are not there.
  int Number(size_t digits) {
    if (rest_.size() < digits || !std::ranges::all_of(rest_.substr(0, digits), IsDigit)) return -1;
    const int value = *ParseWhole<int>(rest_.substr(0, digits));
    rest_.remove_prefix(digits);
    return value;
  }
  /// `.` and one to nine digits as nanoseconds, 0 without a dot; negative when malformed.
  int32_t Fraction() {
    if (!Take('.')) return 0;
    int32_t nanos = 0;
    int digits = 0;
    for (; !rest_.empty() && IsDigit(rest_.front()); rest_.remove_prefix(1)) {
      if (++digits > 9) return -1;
      nanos = nanos * 10 + (rest_.front() - '0');
    }
    if (digits == 0) return -1;
    for (; digits < 9; ++digits) nanos *= 10;
    return nanos;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// Seconds east of UTC; absent when malformed.
std::optional<int64_t> ReadOffset(Scanner& in) {
  if (in.Take('Z')) return 0;
  const int sign = in.Take('+') ? 1 : in.Take('-') ? -1 : 0;
  const int hours = in.Number(2);
  if (sign == 0 || hours < 0 || hours > 23 || !in.Take(':')) return std::nullopt;
  const int minutes = in.Number(2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  return sign * (hours * 3600 + minutes * 60);
}

void AppendPadded(int64_t value, int digits, std::string& out) {
  char text[20];
  for (int i = digits; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
  out.append(text, digits);
}

// Three, six or nine digits, as proto3 JSON wants them; nothing for none.
void AppendFraction(int32_t nanos, std::string& out) {
  if (nanos == 0) return;
  out.push_back('.');
  if (nanos % 1'000'000 == 0) return AppendPadded(nanos / 1'000'000, 3, out);
  if (nanos % 1'000 == 0) return AppendPadded(nanos / 1'000, 6, out);
  AppendPadded(nanos, 9, out);
}

template <class Real>
void AppendReal(Real value, std::string& out) {
  if (std::isnan(value)) {
    out.append("\"NaN\"");
  } else if (std::isinf(value)) {
    out.append(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  } else {
    char text[40];
    out.append(text, std::to_chars(text, text + sizeof(text), value).ptr - text);
  }
}

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int8_t, 256> kBase64Values = [] {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (size_t i = 0; i < kBase64.size(); ++i)
    values[static_cast<uint8_t>(kBase64[i])] = static_cast<int8_t>(i);
  values['-'] = 62;
  values['_'] = 63;
  return values;
}();

}  // namespace

std::optional<int64_t> ParseInt64(std::string_view text) { return ParseWhole<int64_t>(text); }

std::optional<uint64_t> ParseUint64(std::string_view text) { return ParseWhole<uint64_t>(text); }

std::optional<double> ParseDouble(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  // from_chars would also read `inf`, `.5` and `1.`.
  const bool numeric =
      !text.empty() && IsDigit(text.back()) &&
      (IsDigit(text.front()) || (text.front() == '-' && text.size() > 1 && IsDigit(text[1])));
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!numeric || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> ParseBase64(std::string_view text) {
  const size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (padding > 0 && text.size() % 4 != 0) return std::nullopt;
  text.remove_suffix(padding);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = kBase64Values[static_cast<uint8_t>(c)];
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<char>(bits >> held));
  }
  return bytes;
}

std::optional<SecondsNanos> ParseTimestamp(std::string_view text) {
  Scanner in(text);
  const int year = in.Number(4);
  if (year < 0 || !in.Take('-')) return std::nullopt;
  const int month = in.Number(2);
  if (month < 0 || !in.Take('-')) return std::nullopt;
  const int day = in.Number(2);
  if (day < 0 || !in.Take('T')) return std::nullopt;
  const int hour = in.Number(2);
  if (hour < 0 || hour > 23 || !in.Take(':')) return std::nullopt;
  const int minute = in.Number(2);
  if (minute < 0 || minute > 59 || !in.Take(':')) return std::nullopt;
  const int second = in.Number(2);
  if (second < 0 || second > 59) return std::nullopt;
  const int32_t nanos = in.Fraction();
  const auto offset = ReadOffset(in);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (nanos < 0 || !offset || !in.done() || !date.ok()) return std::nullopt;
  const int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const int64_t seconds = days * kDay + hour * 3600 + minute * 60 + second - *offset;
  if (seconds < kMinTimestamp || seconds > kMaxTimestamp) return std::nullopt;
  return SecondsNanos{seconds, nanos};
}

std::optional<SecondsNanos> ParseDuration(std::string_view text) {
  if (!text.ends_with('s')) return std::nullopt;
  text.remove_suffix(1);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::string_view whole = text.substr(0, text.find('.'));
  if (whole.empty() || !std::ranges::all_of(whole, IsDigit)) return std::nullopt;
  const auto seconds = ParseInt64(whole);
  Scanner rest(text.substr(whole.size()));
  const int32_t nanos = rest.Fraction();
  if (!seconds || nanos < 0 || !rest.done()) return std::nullopt;
  if (*seconds > kMaxDuration || (*seconds == kMaxDuration && nanos > 0)) return std::nullopt;
  return negative ? SecondsNanos{-*seconds, -nanos} : SecondsNanos{*seconds, nanos};
}

std::string FieldMaskPathToProto(std::string_view path) {
  std::string proto;
  for (const char c : path) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c))) {
      proto.push_back('_');
      proto.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    } else {
      proto.push_back(c);
    }
  }
  return proto;
}

void AppendDouble(double value, std::string& out) { AppendReal(value, out); }
void AppendFloat(float value, std::string& out) { AppendReal(value, out); }

void AppendBase64(std::string_view bytes, std::string& out) {
  out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    uint32_t bits = 0;
    for (size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < group.size() ? static_cast<uint8_t>(group[j]) : 0);
    for (size_t j = 0; j < 4; ++j) {
      out.push_back(j <= group.size() ? kBase64[bits >> (18 - 6 * j) & 63] : '=');
    }
  }
}

void AppendTimestamp(SecondsNanos time, std::string& out) {
  if (time.seconds < kMinTimestamp) time = {kMinTimestamp, 0};
  if (time.seconds > kMaxTimestamp) time = {kMaxTimestamp, kNanos - 1};
  time.nanos = std::clamp(time.nanos, 0, kNanos - 1);
  const int64_t days = (time.seconds - (time.seconds < 0 ? kDay - 1 : 0)) / kDay;
  const int64_t in_day = time.seconds - days * kDay;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  AppendPadded(static_cast<int>(date.year()), 4, out);
  out.push_back('-');
  AppendPadded(static_cast<unsigned>(date.month()), 2, out);
  out.push_back('-');
  AppendPadded(static_cast<unsigned>(date.day()), 2, out);
  out.push_back('T');
  AppendPadded(in_day / 3600, 2, out);
  out.push_back(':');
  AppendPadded(in_day / 60 % 60, 2, out);
  out.push_back(':');
  AppendPadded(in_day % 60, 2, out);
  AppendFraction(time.nanos, out);
  out.push_back('Z');
}

void AppendDuration(SecondsNanos duration, std::string& out) {
  if (duration.seconds > kMaxDuration) duration = {kMaxDuration, 0};
  if (duration.seconds < -kMaxDuration) duration = {-kMaxDuration, 0};
  // The two have one sign; the sign of a time under a second is in nanos alone.
  if (duration.seconds < 0 || duration.nanos < 0) out.push_back('-');
  StrAppend(out, std::abs(duration.seconds));
  AppendFraction(std::min(std::abs(duration.nanos), kNanos - 1), out);
  out.push_back('s');
}

void AppendFieldMaskPath(std::string_view path, std::string& out) {
  bool raise = false;
  for (const char c : path) {
    if (c == '_') {
      raise = true;
      continue;
    }
    out.push_back(raise ? absl::ascii_toupper(static_cast<unsigned char>(c)) : c);
    raise = false;
  }
}

}  // namespace limpid::http

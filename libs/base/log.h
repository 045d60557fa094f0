#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/time/time.h"

/// One JSON line on stderr for each event, with the stable keys `ts level svc event request_id tenant code
/// ms`.
///
/// Personal data has no text form here: a std::string cannot be a value. What is known to be no personal data
/// (a setting's name, a code, an id of ours) is wrapped in Label(), what may be one in Masked().
namespace limpid {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// Text that cannot hold personal data: a reason, a method, an id made by us. The writer of the call vouches.
struct Label {
  explicit Label(std::string_view value) : text(value) {}
  std::string_view text;
};

/// Text that may hold personal data: only its first character and its length are shown.
struct Masked {
  explicit Masked(std::string_view value) : text(value) {}
  std::string_view text;
};
/// `jean@example.org` as `j***(16)`; nothing of what is shorter than three characters.
std::string MaskedText(std::string_view text);

class LogValue {
 public:
  template <size_t N>
  LogValue(const char (&literal)[N]) : json_(Quoted({literal, N - 1})) {}       // NOLINT: implicit by design
  LogValue(Label label) : json_(Quoted(label.text)) {}                          // NOLINT
  LogValue(Masked masked) : json_(Quoted(MaskedText(masked.text))) {}           // NOLINT
  LogValue(std::same_as<bool> auto value) : json_(value ? "true" : "false") {}  // NOLINT
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) LogValue(Integer value) : json_(std::to_string(value)) {}  // NOLINT
  LogValue(double value);                                                                           // NOLINT
  LogValue(absl::Duration value);  // NOLINT: milliseconds
  LogValue(const std::string&) = delete;
  LogValue(std::string_view) = delete;
  const std::string& json() const { return json_; }

 private:
  static std::string Quoted(std::string_view text);
  std::string json_;
};

struct LogField {
  std::string_view key;
  LogValue value;
};

/// Writes one line. Thread-safe; a line is never broken up by another.
void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

struct LogOptions {
  std::string service;  ///< The key `svc`.
  LogLevel level = LogLevel::kInfo;
  std::function<void(std::string_view line)> sink;  ///< Default: stderr.
};
/// Set once, before threads start; a test may set it again.
void SetLogging(LogOptions options);
/// `debug`, `info`, `warning`, `error`; false for another word.
bool ParseLogLevel(std::string_view word, LogLevel& level);

}  // namespace limpid

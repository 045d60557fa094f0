#include "libs/base/log.h"

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

#include <unistd.h>

#include "absl/time/clock.h"

#include "libs/base/mutex.h"
#include "libs/base/strings.h"

namespace limpid {
namespace {

constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kLevels = {{{"debug", LogLevel::kDebug},
                                                                           {"info", LogLevel::kInfo},
                                                                           {"warning", LogLevel::kWarning},
                                                                           {"error", LogLevel::kError}}};

Snapshot<LogOptions>& Current() {
  static Snapshot<LogOptions> options(std::make_shared<const LogOptions>());
  return options;
}

void AppendQuoted(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || byte == 0x7f) {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x", byte);
      out += escaped;
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

// One write per line keeps lines of several threads (and processes on one pipe) whole.
void WriteToStderr(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;
    line.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

std::string MaskedText(std::string_view text) {
  const bool ascii = !text.empty() && static_cast<unsigned char>(text.front()) < 0x80;
  return StrCat(text.size() >= 3 && ascii ? text.substr(0, 1) : "", "***(", text.size(), ")");
}

LogValue::LogValue(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.6g", value);
  json_ = text;
}

LogValue::LogValue(absl::Duration value) : LogValue(absl::ToDoubleMilliseconds(value)) {}

std::string LogValue::Quoted(std::string_view text) {
  std::string out;
  AppendQuoted(out, text);
  return out;
}

void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  const std::shared_ptr<const LogOptions> options = Current().Get();
  if (level < options->level) return;
  std::string line =
      StrCat("{\"ts\":\"", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone()),
             "\",\"level\":\"", kLevels[static_cast<size_t>(level)].first, "\",\"svc\":");
  AppendQuoted(line, options->service);
  line += ",\"event\":";
  AppendQuoted(line, event);
  for (const LogField& field : fields) {
    line.push_back(',');
    AppendQuoted(line, field.key);
    line.push_back(':');
    line += field.value.json();
  }
  line += "}\n";
  if (options->sink) {
    options->sink(line);
  } else {
    WriteToStderr(line);
  }
}

void SetLogging(LogOptions options) { Current().Set(std::make_shared<const LogOptions>(std::move(options))); }

bool ParseLogLevel(std::string_view word, LogLevel& level) {
  for (const auto& [name, candidate] : kLevels) {
    if (name != word) continue;
    level = candidate;
    return true;
  }
  return false;
}

}  // namespace limpid

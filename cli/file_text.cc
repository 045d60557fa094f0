#include "cli/file_text.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>

#include <sys/stat.h>

#include "absl/status/status.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

// Windows-1252's 0x80 to 0x9F; the rest of it is Latin-1. The five codes that it leaves undefined keep
// Latin-1's control characters, as browsers read them (WHATWG Encoding Standard).
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void AppendUtf8(char32_t code, std::string& out) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (code >> 6)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (code >> 12)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (code >> 18)));
    out.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

/// Length of the well-formed UTF-8 sequence at the start of `bytes` (Unicode 15, table 3-7), 0 when there is
/// none.
size_t SequenceLength(std::string_view bytes) {
  const auto at = [bytes](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                        : (lead & 0xF0) == 0xE0        ? 3
                        : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                       : 0;
  if (length == 0 || bytes.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = at(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool beyond = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

bool IsUtf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t length = SequenceLength(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string FromWindows1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    AppendUtf8(code >= 0x80 && code < 0xA0 ? kWindows1252[code - 0x80] : code, out);
  }
  return out;
}

std::string FromUtf16(std::string_view bytes, bool big_endian) {
  const auto unit = [bytes, big_endian](size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string out;
  out.reserve(bytes.size());
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t code = unit(i);
    if (code >= 0xD800 && code <= 0xDFFF) {
      const char32_t low = code < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      } else {
        code = 0xFFFD;
      }
    }
    AppendUtf8(code, out);
  }
  return out;
}

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kUtf16:
      return "UTF-16";
    case Encoding::kWindows1252:
      return "Windows-1252";
  }
  return "";
}

FileText DecodeText(std::string bytes) {
  const std::string_view view = bytes;
  if (view.substr(0, 3) == "\xEF\xBB\xBF")
    bytes.erase(0, 3);
  else if (view.substr(0, 2) == "\xFF\xFE")
    return {FromUtf16(view.substr(2), false), Encoding::kUtf16};
  else if (view.substr(0, 2) == "\xFE\xFF")
    return {FromUtf16(view.substr(2), true), Encoding::kUtf16};
  if (IsUtf8(bytes)) return {std::move(bytes), Encoding::kUtf8};
  return {FromWindows1252(bytes), Encoding::kWindows1252};
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) {
    if (errno == ENOENT)
      return MakeError(absl::StatusCode::kNotFound, reason::kNotFound, StrCat(path, ": no such file"));
    return PermissionDenied(reason::kInvalidRequest, StrCat(path, ": cannot be opened"));
  }
  struct stat info {};
  if (fstat(fileno(file.get()), &info) != 0 || S_ISDIR(info.st_mode)) {
    return InvalidRequest(reason::kInvalidRequest, StrCat(path, ": is a folder"));
  }
  std::string bytes;
  std::array<char, 65536> chunk;
  while (const size_t read = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
    if (bytes.size() + read > max_bytes) {
      return InvalidRequest(reason::kTooLong, StrCat(path, ": is larger than ", max_bytes, " bytes"));
    }
    bytes.append(chunk.data(), read);
  }
  if (std::ferror(file.get()))
    return MakeError(absl::StatusCode::kUnavailable, reason::kInternal, StrCat(path, ": cannot be read"));
  return bytes;
}

}  // namespace limpid::cli

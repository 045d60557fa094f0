#include "libs/quality/email/idna.h"

#include <memory>

#include <idn2.h>

namespace limpid::quality {
namespace {

struct Idn2Free {
  void operator()(void* text) const { idn2_free(text); }
};

}  // namespace

std::optional<std::string> ToAsciiDomain(std::string_view domain) {
  if (domain.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string terminated(domain);
  uint8_t* out = nullptr;
  const int rc = idn2_lookup_u8(reinterpret_cast<const uint8_t*>(terminated.c_str()), &out,
                                IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES);
  const std::unique_ptr<uint8_t, Idn2Free> owner(out);
  if (rc != IDN2_OK || out == nullptr) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(out));
}

std::string ToUnicodeDomain(const std::string& ascii) {
  char* out = nullptr;
  const int rc = idn2_to_unicode_8z8z(ascii.c_str(), &out, IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, Idn2Free> owner(out);
  return rc == IDN2_OK && out != nullptr ? std::string(out) : ascii;
}

}  // namespace limpid::quality

#include "verify-svc/domain/challenge_request.h"

#include <algorithm>

#include "absl/strings/ascii.h"

#include "libs/base/error.h"
#include "libs/base/ip_network.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/number_plan.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {
namespace {

constexpr size_t kMaxPurpose = 40;
constexpr size_t kMaxBrand = 40;
constexpr size_t kMaxHost = 253;
constexpr size_t kMaxNotice = 100;
constexpr size_t kMaxSource = 200;

bool IsPurpose(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; });
}

bool IsHost(std::string_view text) {
  return text.find('.') != std::string_view::npos && std::ranges::all_of(text, [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-' || c == '.';
         });
}

// It becomes part of messages: a line end in it would make a second header.
bool IsPrintable(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

void CheckText(std::string_view field, std::string_view text, size_t max, ErrorCollector& errors) {
  if (text.size() > max) errors.Add(field, reason::kTooLong, StrCat("At most ", max, " bytes."));
  if (!IsPrintable(text)) errors.Add(field, reason::kInvalidFormat, "No control characters.");
}

}  // namespace

absl::Status CheckRequest(const ChallengeRequest& request) {
  ErrorCollector errors;
  const size_t longest = IsEmail(request.channel) ? kMaxEmailCharacters : kMaxPhoneCharacters;
  if (request.destination.empty()) {
    errors.Add("destination", reason::kRequired, "An e-mail address or a phone number.");
  } else if (request.destination.size() > longest) {
    errors.Add("destination", reason::kTooLong, StrCat("At most ", longest, " bytes."));
  }
  if (!request.default_region.empty() && quality::CallingCodeOf(request.default_region) == 0) {
    errors.Add("default_region", reason::kUnknownValue, "A region of ISO 3166-1 alpha-2, like FR.");
  }
  if (request.purpose.empty()) {
    errors.Add("purpose", reason::kRequired, "What is proven, like newsletter.");
  } else if (request.purpose.size() > kMaxPurpose || !IsPurpose(request.purpose)) {
    errors.Add("purpose", reason::kInvalidFormat, StrCat("1 to ", kMaxPurpose, " of a-z, 0-9 and -."));
  }
  if (!request.language.empty() && request.language != "fr" && request.language != "en") {
    errors.Add("language_code", reason::kUnknownValue, "fr or en.");
  }
  CheckText("brand", request.brand, kMaxBrand, errors);
  if (!request.autofill_host.empty() &&
      (request.autofill_host.size() > kMaxHost || !IsHost(request.autofill_host))) {
    errors.Add("autofill_host", reason::kInvalidFormat, "A host name, like www.example.com.");
  }
  CheckText("notice_version", request.notice_version, kMaxNotice, errors);
  CheckText("source", request.source, kMaxSource, errors);
  if (!request.remote_address.empty() && NetworkOf(request.remote_address).empty()) {
    errors.Add("remote_address", reason::kInvalidFormat, "An IPv4 or IPv6 address.");
  }
  return errors.Finish();
}

}  // namespace limpid::verify

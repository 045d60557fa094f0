#include "libs/http/request_draft.h"

#include <algorithm>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::http::internal {
namespace {

// What is set aside for a body before it comes: more only once that much has.
constexpr size_t kBodyReserve = 64 * 1024;

absl::Status Malformed(std::string_view message) { return InvalidRequest(reason::kInvalidRequest, message); }

/// Whether a target is in absolute form, as sent to proxies: it must be understood (RFC 9112 §3.2.2). Then
/// what follows the authority is left in it, which may be nothing or only a query.
bool CutAuthority(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!SameHeaderName(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(std::min(target.find_first_of("/?", scheme.size()), target.size()));
    return true;
  }
  return false;
}

/// Other characters have no place in a URI (RFC 3986 §2), and errors repeat the path as JSON.
bool IsUriText(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}

}  // namespace

absl::Status RequestDraft::OnRequestLine(std::string_view method, std::string_view target, int version) {
  version_ = version;
  if (version != 10 && version != 11) return Malformed("Only HTTP/1.0 and HTTP/1.1 are spoken.");
  std::string rooted;
  if (!target.starts_with('/') && CutAuthority(target) && !target.starts_with('/')) {
    target = rooted = StrCat("/", target);
  }
  if (!IsUriText(target) || (!target.starts_with('/') && !(target == "*" && method == "OPTIONS"))) {
    return Malformed("The target is not a path.");
  }
  request_ = Request(method, target);
  return absl::OkStatus();
}

absl::Status RequestDraft::OnField(std::string_view name, std::string_view value) {
  if (request_.header_count() == limits_.max_headers) return HeadTooLarge();
  request_.AddHeader(name, value);
  // By length first: most fields are none of these.
  switch (name.size()) {
    case 4:
      return SameHeaderName(name, "Host") ? OnHost() : absl::OkStatus();
    case 6:
      return SameHeaderName(name, "Expect") ? OnExpect(value) : absl::OkStatus();
    case 8:
      return SameHeaderName(name, "If-Match") ? OnlyOnce(kIfMatch, name) : absl::OkStatus();
    case 12:
      return SameHeaderName(name, "Content-Type") ? OnlyOnce(kContentType, name) : absl::OkStatus();
    case 13:
      return SameHeaderName(name, "Authorization") ? OnlyOnce(kAuthorization, name) : absl::OkStatus();
    case 15:
      return SameHeaderName(name, "Idempotency-Key") ? OnlyOnce(kIdempotencyKey, name) : absl::OkStatus();
    case 14:
      return SameHeaderName(name, "Content-Length") ? OnLength(value) : absl::OkStatus();
    case 16:
      // Inflating before a size limit turns a megabyte into a gigabyte.
      if (!SameHeaderName(name, "Content-Encoding")) return absl::OkStatus();
      return InvalidRequest(reason::kMediaTypeUnsupported, "Send the body without Content-Encoding.");
    case 17:
      return SameHeaderName(name, "Transfer-Encoding") ? OnCoding(value) : absl::OkStatus();
    default:
      return absl::OkStatus();
  }
}

absl::Status RequestDraft::OnlyOnce(Single field, std::string_view name) {
  // Of two a proxy before us may have believed the other one.
  if ((seen_ & field) != 0) return Malformed(StrCat("The field ", name, " is given twice."));
  seen_ |= field;
  return absl::OkStatus();
}

absl::Status RequestDraft::OnHost() {
  return ++hosts_ > 1 ? Malformed("Two Host fields.") : absl::OkStatus();
}

absl::Status RequestDraft::OnLength(std::string_view value) {
  // A repetition of the same length may be read otherwise by a proxy before us.
  if (++lengths_ > 1 || value.find(',') != std::string_view::npos) {
    return Malformed("The length is given twice.");
  }
  return absl::OkStatus();
}

absl::Status RequestDraft::OnCoding(std::string_view value) {
  if (!SameHeaderName(value, "chunked")) {
    return Unimplemented("The only transfer coding read here is chunked.");
  }
  return ++codings_ > 1 ? Malformed("The transfer coding is given twice.") : absl::OkStatus();
}

absl::Status RequestDraft::OnExpect(std::string_view value) {
  if (!SameHeaderName(value, "100-continue")) {
    return Malformed("The only expectation met here is 100-continue.");
  }
  // RFC 9110 §10.1.1: HTTP/1.0 knows no interim answers.
  expects_continue_ = !http_1_0();
  return absl::OkStatus();
}

absl::Status RequestDraft::OnHeadEnd(bool chunked) {
  if (http_1_0() && chunked) return Malformed("HTTP/1.0 has no transfer codings.");
  if (lengths_ > 0 && codings_ > 0) return Malformed("The body has a length and a transfer coding.");
  if (!http_1_0() && hosts_ == 0) return Malformed("The Host field is missing.");
  return absl::OkStatus();
}

absl::Status RequestDraft::OnChunkExtensions(std::string_view extensions) {
  // They are not read, and a chunk of one byte may carry kilobytes of them.
  extension_bytes_ += extensions.size();
  return extension_bytes_ > limits_.max_head_bytes ? HeadTooLarge() : absl::OkStatus();
}

void RequestDraft::OnBodyLength(uint64_t length) {
  request_.body.reserve(std::min<size_t>(length, kBodyReserve));
}

absl::Status RequestDraft::HeadTooLarge() const {
  return InvalidRequest(reason::kHeadTooLarge, StrCat("The head has more than ", limits_.max_head_bytes,
                                                      " bytes or ", limits_.max_headers, " fields."));
}

absl::Status RequestDraft::BodyTooLarge() const {
  return InvalidRequest(reason::kBodyTooLarge,
                        StrCat("The body is larger than ", limits_.max_body_bytes, " bytes."));
}

absl::Status RequestDraft::NotHttp() { return Malformed("The request is not HTTP/1.1."); }

}  // namespace limpid::http::internal

#include "libs/http/problem.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/ascii.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::http {
namespace {

constexpr absl::Duration kDefaultRetryAfter = absl::Seconds(1);

struct ByReason {
  std::string_view reason;
  int status;
};

// Where the code alone would not tell a client enough.
constexpr std::array kByReason = {
    ByReason{reason::kEtagStale, 412},
    ByReason{reason::kIdempotencyKeyReused, 422},
    ByReason{reason::kIdempotencyKeyInUse, 409},
    ByReason{reason::kBodyTooLarge, 413},
    ByReason{reason::kMediaTypeUnsupported, 415},
    ByReason{reason::kStorageFull, 503},
    ByReason{reason::kHeadTooLarge, 431},
    ByReason{reason::kMethodNotAllowed, 405},
};

int StatusByCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

// A reason for errors that come without one, as those of gRPC itself do.
std::string_view ReasonByCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return reason::kInvalidRequest;
    case absl::StatusCode::kUnauthenticated:
      return reason::kCredentialsInvalid;
    case absl::StatusCode::kPermissionDenied:
      return reason::kRoleNotAllowed;
    case absl::StatusCode::kNotFound:
      return reason::kNotFound;
    case absl::StatusCode::kAlreadyExists:
      return reason::kAlreadyExists;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return reason::kFailedPrecondition;
    case absl::StatusCode::kResourceExhausted:
      return reason::kOverloaded;
    case absl::StatusCode::kCancelled:
      return reason::kCancelled;
    case absl::StatusCode::kUnimplemented:
      return reason::kUnimplemented;
    case absl::StatusCode::kUnavailable:
      return reason::kServiceUnavailable;
    case absl::StatusCode::kDeadlineExceeded:
      return reason::kDeadlineExceeded;
    default:
      return reason::kInternal;
  }
}

std::string_view MeaningOf(std::string_view reason) {
  const auto entry = std::ranges::find(reason::kAll, reason, &reason::Entry::reason);
  return entry == reason::kAll.end() ? std::string_view() : entry->meaning;
}

// Whether the message may be shown. What broke inside is for the log.
bool IsOurFault(const absl::Status& error) { return HttpStatusOf(error) == 500; }

class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_.push_back('{'); }
  ~ObjectWriter() { out_.push_back('}'); }

  void Text(std::string_view key, std::string_view value) {
    Key(key);
    AppendJsonString(value, out_);
  }
  void TextUnlessEmpty(std::string_view key, std::string_view value) {
    if (!value.empty()) Text(key, value);
  }
  void Number(std::string_view key, int64_t value) {
    Key(key);
    StrAppend(out_, value);
  }
  void Key(std::string_view key) {
    if (!first_) out_.push_back(',');
    first_ = false;
    AppendJsonString(key, out_);
    out_.push_back(':');
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void AppendViolations(const std::vector<FieldViolation>& violations, std::string& out) {
  out.push_back('[');
  for (const FieldViolation& violation : violations) {
    if (&violation != &violations.front()) out.push_back(',');
    ObjectWriter object(out);
    object.Text("field", JsonPath(violation.field));
    object.Text("reason", violation.reason);
    object.Text("message", violation.message);
  }
  out.push_back(']');
}

void AppendMetadata(const ErrorDetails& details, ObjectWriter& problem, std::string& out) {
  const auto is_more = [](const auto& entry) { return entry.first == "more"; };
  if (const auto more = std::ranges::find_if(details.metadata, is_more); more != details.metadata.end()) {
    problem.Number("more", std::strtoll(more->second.c_str(), nullptr, 10));
  }
  if (std::ranges::all_of(details.metadata, is_more)) return;
  problem.Key("metadata");
  ObjectWriter object(out);
  for (const auto& [key, value] : details.metadata) {
    if (key != "more") object.Text(key, value);
  }
}

}  // namespace

int HttpStatusOf(const absl::Status& error) {
  if (!error.ok()) {
    const std::string reason = ReasonOf(error);
    const auto row = std::ranges::find(kByReason, std::string_view(reason), &ByReason::reason);
    if (row != kByReason.end()) return row->status;
  }
  return StatusByCode(error.code());
}

void AppendProblem(const absl::Status& error, const ProblemContext& context, std::string& out) {
  const int status = HttpStatusOf(error);
  const bool hidden = IsOurFault(error);
  const ErrorDetails details = hidden ? ErrorDetails{} : DetailsOf(error);
  const std::string_view reason = details.reason.empty()
                                      ? ReasonByCode(hidden ? absl::StatusCode::kInternal : error.code())
                                      : std::string_view(details.reason);
  const std::string_view meaning = MeaningOf(reason);

  ObjectWriter problem(out);
  problem.Text("type", StrCat("urn:limpid:error:", reason));
  problem.Text("title", meaning.empty() ? ReasonPhrase(status) : meaning);
  problem.Number("status", status);
  problem.Text("detail", hidden ? meaning : Std(error.message()));
  problem.TextUnlessEmpty("instance", context.instance);
  problem.Text("code", hidden ? std::string_view("INTERNAL") : absl::StatusCodeToString(error.code()));
  problem.Text("reason", reason);
  if (!details.violations.empty()) {
    problem.Key("errors");
    AppendViolations(details.violations, out);
  }
  AppendMetadata(details, problem, out);
  problem.TextUnlessEmpty("requestId", context.request_id);
}

Response ProblemResponse(const absl::Status& error, const ProblemContext& context) {
  Response response;
  response.status = HttpStatusOf(error);
  response.headers.emplace_back("Content-Type", "application/problem+json");
  if (!context.request_id.empty()) response.headers.emplace_back("X-Request-Id", context.request_id);
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", R"(Bearer realm="limpid")");
  absl::Duration wait = DetailsOf(error).retry_after;
  if (wait <= absl::ZeroDuration() && (response.status == 429 || response.status == 503)) {
    wait = kDefaultRetryAfter;
  }
  if (wait > absl::ZeroDuration()) {
    response.headers.emplace_back("Retry-After",
                                  StrCat(absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1)))));
  }
  AppendProblem(error, context, response.body);
  return response;
}

std::string JsonPath(std::string_view proto_path) {
  std::string path;
  path.reserve(proto_path.size());
  bool raise = false;
  int brackets = 0;
  for (const char c : proto_path) {
    if (c == '[') ++brackets;
    if (c == ']') --brackets;
    if (c == '_' && brackets == 0) {
      raise = true;
      continue;
    }
    path.push_back(raise ? absl::ascii_toupper(static_cast<unsigned char>(c)) : c);
    raise = false;
  }
  return path;
}

}  // namespace limpid::http

#include "libs/http/message.h"

#include <algorithm>
#include <array>

namespace limpid::http {
namespace {

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Phrase {
  int status;
  std::string_view text;
};

// Sorted by status.
constexpr std::array kPhrases = {
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{204, "No Content"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Content Too Large"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{417, "Expectation Failed"},
    Phrase{422, "Unprocessable Content"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{499, "Client Closed Request"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
};

}  // namespace

bool SameHeaderName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, LowerAscii, LowerAscii);
}

Request::Request(std::string_view method, std::string_view target)
    : method_(method), target_(target), query_begin_(target_.find('?')) {
  // Room that most heads need no more of: a text that grows is copied each time.
  head_text_.reserve(512);
  headers_.reserve(16);
}

std::string_view Request::query() const {
  if (query_begin_ == std::string::npos) return {};
  return target().substr(query_begin_ + 1);
}

void Request::AddHeader(std::string_view name, std::string_view value) {
  headers_.push_back({.name = static_cast<uint32_t>(head_text_.size()),
                      .name_size = static_cast<uint32_t>(name.size()),
                      .value_size = static_cast<uint32_t>(value.size())});
  head_text_.append(name).append(value);
}

std::optional<std::string_view> Request::Header(std::string_view name) const {
  for (size_t i = 0; i < headers_.size(); ++i) {
    if (headers_[i].name_size != name.size()) continue;
    if (const auto header = HeaderAt(i); SameHeaderName(header.first, name)) return header.second;
  }
  return std::nullopt;
}

std::vector<std::string_view> Request::AllHeaders(std::string_view name) const {
  std::vector<std::string_view> values;
  for (size_t i = 0; i < headers_.size(); ++i) {
    if (const auto header = HeaderAt(i); SameHeaderName(header.first, name)) values.push_back(header.second);
  }
  return values;
}

std::pair<std::string_view, std::string_view> Request::HeaderAt(size_t index) const {
  const Span& span = headers_[index];
  const std::string_view text = head_text_;
  return {text.substr(span.name, span.name_size), text.substr(span.name + span.name_size, span.value_size)};
}

std::string_view ReasonPhrase(int status) {
  const auto phrase = std::ranges::lower_bound(kPhrases, status, {}, &Phrase::status);
  return phrase != kPhrases.end() && phrase->status == status ? phrase->text : std::string_view();
}

}  // namespace limpid::http

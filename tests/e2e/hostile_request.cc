#include "tests/e2e/hostile_request.h"

#include <fstream>
#include <iterator>
#include <limits>
#include <utility>

#include "libs/base/strings.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 6;

// What forms, scripts and attackers put where text is asked for, beside the strings of the corpus.
std::vector<std::string> Texts() {
  std::ifstream corpus(LIMPID_SOURCE_DIR "/tests/data/reliability/naughty_strings/strings.json");
  auto texts = json::parse(corpus).get<std::vector<std::string>>();
  for (const char* text : {"",
                           "-",
                           "jean@orange.fr",
                           "0612345678",
                           "contacts/none",
                           "keys/x",
                           "x/y/z",
                           "../../etc",
                           "%00",
                           "*",
                           "..",
                           "email",
                           "emails,phones",
                           "email.",
                           "a.b.c.d",
                           "2026-13-45",
                           "1980-02-29",
                           "0.5s",
                           "-1s",
                           "315576000001s",
                           "2026-11-22T00:00:00Z",
                           "10000-01-01T00:00:00Z",
                           "FR",
                           "-1",
                           "1e309",
                           "99999999999999999999",
                           "filter = 1",
                           "email = \"a@b.fr\"",
                           "((((",
                           "name desc,",
                           "\"unterminated",
                           "\r\nSet-Cookie: a=b",
                           "\xe2\x80\xae\xe2\x80\x8b",
                           "\xff\xfe",
                           "\xed\xa0\x80"}) {
    texts.emplace_back(text);
  }
  texts.emplace_back("\0", 1);
  texts.emplace_back(300, 'a');
  texts.emplace_back(5000, 'a');
  return texts;
}

std::string PercentEncoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.') {
      out.push_back(c);
    } else {
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return out;
}

// Also of text that is no UTF-8: the bytes go out as they are.
std::string Written(const json& value) {
  if (value.is_string()) {
    std::string out = "\"";
    for (const char c : value.get_ref<const std::string&>()) {
      if (c == '"' || c == '\\') out.push_back('\\');
      if (static_cast<unsigned char>(c) < ' ') {
        out += json(std::string(1, c)).dump().substr(1, 6);
        if (out.back() == '"') out.pop_back();
      } else {
        out.push_back(c);
      }
    }
    return out + "\"";
  }
  std::string out;
  if (value.is_array()) {
    for (const json& item : value) StrAppend(out, out.empty() ? "[" : ",", Written(item));
    return (out.empty() ? "[" : out) + "]";
  }
  if (value.is_object()) {
    for (const auto& member : value.items()) {
      StrAppend(out, out.empty() ? "{" : ",", Written(json(member.key())), ":", Written(member.value()));
    }
    return (out.empty() ? "{" : out) + "}";
  }
  return value.dump();
}

}  // namespace

HostileRequests::HostileRequests(const ApiDescription& api, uint32_t seed)
    : api_(api), chance_(seed), texts_(Texts()) {}

HostileRequest HostileRequests::For(const Operation& operation) {
  HostileRequest request{.method = operation.method,
                         .target = operation.PathWith(PercentEncoded(OneIn(3) ? Any(texts_) : "none")),
                         .body = {}};
  char separator = '?';
  for (const std::string& name : operation.query_parameters) {
    if (OneIn(2)) continue;
    StrAppend(request.target, std::string_view(&separator, 1), name, "=", PercentEncoded(Any(texts_)));
    separator = '&';
  }
  if (!operation.body.is_null()) {
    json body = Fitting(operation.body, 0);
    for (uint32_t faults = Below(4); faults > 0; --faults) body = Spoilt(std::move(body));
    request.body = Torn(Written(body));
  }
  return request;
}

json HostileRequests::Fitting(const json& reference, int depth) {
  const json& schema = api_.Resolve(reference);
  if (const auto words = schema.find("enum"); words != schema.end()) {
    return (*words)[Below(static_cast<uint32_t>(words->size()))];
  }
  const std::string type = schema.value("type", "");
  if (type == "object") {
    json object = json::object();
    if (depth >= kMaxDepth) return object;
    const json properties = schema.value("properties", json::object());
    for (const auto& property : properties.items()) {
      if (!OneIn(3)) object[property.key()] = Fitting(property.value(), depth + 1);
    }
    return object;
  }
  if (type == "array") {
    json array = json::array();
    for (uint32_t items = Below(3); items > 0; --items)
      array.push_back(Fitting(schema.at("items"), depth + 1));
    return array;
  }
  if (type == "integer" || type == "number") return Below(100);
  if (type == "boolean") return OneIn(2);
  return Any(texts_);
}

json HostileRequests::Strange(int depth) {
  switch (Below(8)) {
    case 0:
      return nullptr;
    case 1:
      return OneIn(2);
    case 2:
      return Any(std::vector<json>{0, -1, 1.5, 1e308, std::numeric_limits<int64_t>::max(),
                                   std::numeric_limits<int64_t>::min(),
                                   std::numeric_limits<uint64_t>::max()});
    case 3:
      return depth < kMaxDepth ? json::array({Strange(depth + 1), Strange(depth + 1)}) : json::array();
    case 4: {
      json object = json::object();
      object[Any(texts_)] = depth < kMaxDepth ? Strange(depth + 1) : json();
      return object;
    }
    case 5:
      return json(std::vector<std::string>(1200, Any(texts_).substr(0, 40)));
    case 6: {
      json deep = Any(texts_);
      for (uint32_t levels = 60 + Below(10); levels > 0; --levels) deep = json::array({deep});
      return deep;
    }
    default:
      return Any(texts_);
  }
}

json HostileRequests::Spoilt(json value) {
  if (value.is_structured() && !value.empty() && !OneIn(4)) {
    auto chosen = value.begin();
    std::advance(chosen, Below(static_cast<uint32_t>(value.size())));
    *chosen = Spoilt(std::move(*chosen));
    return value;
  }
  if (value.is_object() && OneIn(2)) {
    value[Any(texts_)] = Strange(0);
    return value;
  }
  return Strange(0);
}

std::string HostileRequests::Torn(std::string bytes) {
  const uint32_t at = Below(static_cast<uint32_t>(bytes.size()) + 1);
  switch (Below(16)) {
    case 0:
      return bytes.substr(0, at);
    case 1:
      return bytes.insert(at, 1, static_cast<char>(Below(256)));
    case 2:
      return bytes + bytes;
    case 3:
      return "\xef\xbb\xbf" + bytes;
    default:
      return bytes;
  }
}

}  // namespace limpid::e2e

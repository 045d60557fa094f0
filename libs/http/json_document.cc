#include "libs/http/json_document.h"

#include <bit>
#include <charconv>
#include <type_traits>
#include <utility>

#include <simdjson.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "libs/base/strings.h"

namespace limpid::http {
namespace {

using simdjson::dom::element;

constexpr size_t kMaxDepth = 64;

// The bytes of JsonValue hold an element: both sides must agree on what that is.
static_assert(std::is_trivially_copyable_v<element> && sizeof(element) == 16);

element ElementOf(const std::array<std::byte, 16>& bytes) { return std::bit_cast<element>(bytes); }

}  // namespace

struct JsonDocument::Parsed {
  simdjson::dom::parser parser;  ///< Owns what the elements look into.
  element root;
};

JsonDocument::JsonDocument(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

std::optional<JsonDocument> JsonDocument::Parse(std::string_view text) {
  auto parsed = std::make_unique<Parsed>();
  if (parsed->parser.allocate(text.size(), kMaxDepth) != simdjson::SUCCESS) return std::nullopt;
  if (parsed->parser.parse(text.data(), text.size()).get(parsed->root) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return JsonDocument(std::move(parsed));
}

JsonValue JsonDocument::root() const { return JsonValue(std::bit_cast<JsonValue::Element>(parsed_->root)); }

JsonValue JsonValue::At(std::string_view pointer) const {
  if (!element_) return {};
  if (pointer.empty()) return *this;
  element found;
  if (ElementOf(*element_).at_pointer(pointer).get(found) != simdjson::SUCCESS) return {};
  return JsonValue(std::bit_cast<Element>(found));
}

std::vector<JsonValue> JsonValue::Items() const {
  std::vector<JsonValue> items;
  simdjson::dom::array list;
  if (!element_ || ElementOf(*element_).get(list) != simdjson::SUCCESS) return items;
  for (const element item : list) items.push_back(JsonValue(std::bit_cast<Element>(item)));
  return items;
}

bool JsonValue::IsGiven() const { return element_ && !ElementOf(*element_).is_null(); }
bool JsonValue::IsObject() const { return element_ && ElementOf(*element_).is_object(); }
bool JsonValue::IsList() const { return element_ && ElementOf(*element_).is_array(); }

std::optional<std::string> JsonValue::Text() const {
  if (!element_) return std::nullopt;
  if (std::string_view text; ElementOf(*element_).get(text) == simdjson::SUCCESS) return std::string(text);
  if (uint64_t number = 0; ElementOf(*element_).get(number) == simdjson::SUCCESS) return StrCat(number);
  if (int64_t number = 0; ElementOf(*element_).get(number) == simdjson::SUCCESS) return StrCat(number);
  return std::nullopt;
}

std::optional<int64_t> JsonValue::Integer() const {
  if (!element_) return std::nullopt;
  if (int64_t number = 0; ElementOf(*element_).get(number) == simdjson::SUCCESS) return number;
  std::string_view text;
  if (ElementOf(*element_).get(text) != simdjson::SUCCESS) return std::nullopt;
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> JsonValue::Truth() const {
  if (!element_) return std::nullopt;
  if (bool truth = false; ElementOf(*element_).get(truth) == simdjson::SUCCESS) return truth;
  const std::optional<std::string> text = Text();
  if (!text) return std::nullopt;
  for (const char* yes : {"true", "yes", "y", "1"}) {
    if (absl::EqualsIgnoreCase(Absl(*text), yes)) return true;
  }
  for (const char* no : {"false", "no", "n", "0"}) {
    if (absl::EqualsIgnoreCase(Absl(*text), no)) return false;
  }
  return std::nullopt;
}

}  // namespace limpid::http

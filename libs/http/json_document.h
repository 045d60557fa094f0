#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::http {

/// A value inside a JsonDocument, or none. Looks into its document, which must outlive it.
///
/// Made for what other people's servers send: whatever is absent, null or of another kind is nothing, and no
/// accessor fails. Numbers and truths given as strings are read as what they say.
class JsonValue {
 public:
  /// No value: every accessor answers nothing.
  JsonValue() = default;

  /// The value at a JSON pointer (RFC 6901); "" is the value itself.
  JsonValue At(std::string_view pointer) const;
  /// The members of a list; empty for anything else.
  std::vector<JsonValue> Items() const;

  /// False for null and for what is absent.
  bool IsGiven() const;
  bool IsObject() const;
  bool IsList() const;
  /// A string as it is, a whole number in decimal.
  std::optional<std::string> Text() const;
  /// A whole number, or a string of its digits.
  std::optional<int64_t> Integer() const;
  /// `true`, `"true"`, `"Yes"`, `"Y"`, `1` and their opposites, in either case.
  std::optional<bool> Truth() const;

 private:
  friend class JsonDocument;
  // A simdjson::dom::element, as bytes: its header stays out of ours.
  using Element = std::array<std::byte, 16>;
  explicit JsonValue(Element element) : element_(element) {}

  std::optional<Element> element_;
};

/// JSON that somebody else wrote, read as a whole. Immutable; may be moved.
class JsonDocument {
 public:
  /// Nothing for what is not JSON, not UTF-8, or nested deeper than 64 levels.
  static std::optional<JsonDocument> Parse(std::string_view text);
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  JsonValue root() const;
  JsonValue At(std::string_view pointer) const { return root().At(pointer); }

 private:
  struct Parsed;
  explicit JsonDocument(std::unique_ptr<Parsed> parsed);
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace limpid::http

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace limpid::contact {

/// Writes a row's value as tagged fields, each a number or a text: compact, and readable by releases that do
/// not know all tags or know more. Numbers are varints, texts carry their length. A tag, once used, keeps its
/// meaning.
class RecordWriter {
 public:
  /// Fields with the default value (0, empty) are left out, as they read back so.
  void Int(uint32_t tag, int64_t value);
  void Double(uint32_t tag, double value);
  void Text(uint32_t tag, std::string_view value);
  /// Also when empty: an element of a list.
  void Element(uint32_t tag, std::string_view value);

  std::string Take() { return std::move(out_); }

 private:
  void Varint(uint64_t value);

  std::string out_;
};

/// Walks the fields. Ends early at broken bytes: see broken().
class RecordReader {
 public:
  explicit RecordReader(std::string_view data) : rest_(data) {}

  bool Next();
  uint32_t tag() const { return tag_; }
  int64_t Int() const;
  double Double() const;
  std::string_view Text() const { return text_; }
  bool broken() const { return broken_; }

 private:
  std::optional<uint64_t> Varint();

  std::string_view rest_;
  uint32_t tag_ = 0;
  uint64_t number_ = 0;
  std::string_view text_;
  bool broken_ = false;
};

}  // namespace limpid::contact

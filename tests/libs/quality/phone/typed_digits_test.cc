#include "libs/quality/phone/typed_digits.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

std::string Shown(std::string_view text) {
  const auto typed = ReadTypedDigits(text);
  if (!typed) return "left to libphonenumber";
  if (!typed->is_number) return "no number";
  return StrCat(typed->plus ? "+" : "", typed->digits, typed->extension.empty() ? "" : " ext ",
                typed->extension);
}

TEST(TypedDigits, AreReadAsPeopleTypeThem) {
  const struct {
    std::string_view text;
    std::string_view shown;
  } kRows[] = {
      {"06 12.34-56/78", "0612345678"},
      {"+33 (0)6 12", "+330612"},
      {"++33612", "+33612"},
      {"  (06) 12 34.", "061234"},
      {"Tél 06 12 34", "left to libphonenumber"},
      {"Tel: 06 12 34", "061234"},
      {"\u202A+33\u00A06\u201112\u202C", "+33612"},
      {"\uFF0B\uFF13\uFF13\uFF16", "+336"},
      {"\u0660\u0661\u0662", "012"},
      {"\u06F0\u06F1\u06F2", "012"},
      {"\u0966\u0967\u0968", "012"},
      // Extensions.
      {"0612345678 ext. 12", "0612345678 ext 12"},
      {"0612345678x7", "0612345678 ext 7"},
      {"0612345678 Extension: 12.", "0612345678 ext 12"},
      {"tel:+33-6-12;ext=45", "+33612 ext 45"},
      {"0612345678/x7", "left to libphonenumber"},
      {"0612345678 x7 x8", "left to libphonenumber"},
      {"0612345678 x", "left to libphonenumber"},
      {"0612345678,,7", "left to libphonenumber"},
      // Letters: slips, and keys of the dial from three on.
      {"061234567O", "061234567"},
      {"O6 12 34", "61234"},
      {"06 l2 34", "no number"},
      {"800-FLOWERS", "8003569377"},
      // No numbers.
      {"", "no number"},
      {"x", "no number"},
      {"+", "no number"},
      {"7", "no number"},
      {"06 12 34 + 33", "no number"},
      {"06|12", "no number"},
      {"06 12 34 |", "061234"},
      {"12", "left to libphonenumber"},
      {"06 12 34 +;phone-context=+33", "left to libphonenumber"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Shown(row.text), row.shown) << row.text;
}

TEST(TypedDigits, AreFew) {
  EXPECT_EQ(Shown(std::string(40, '1')), std::string(40, '1'));
  EXPECT_EQ(Shown(std::string(41, '1')), "left to libphonenumber");
}

}  // namespace
}  // namespace limpid::quality

#include "gateway/domain/display_name.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::gateway {
namespace {

TEST(DisplayName, IsOneLineOfText) {
  const auto fault = [](std::string_view name) {
    ErrorCollector errors;
    CheckDisplayName(name, errors);
    return errors.empty() ? std::string() : errors.violations()[0].reason;
  };
  EXPECT_EQ(fault("Café «Chez Léa» ☕"), "");
  EXPECT_EQ(fault(std::string(100, 'x')), "");
  EXPECT_EQ(fault(std::string(101, 'x')), "TOO_LONG");
  for (const std::string_view name :
       {std::string_view("a\0b", 3), std::string_view("a\nb"), std::string_view("\x1b[2J")}) {
    EXPECT_EQ(fault(name), "INVALID_FORMAT") << name;
  }
}

}  // namespace
}  // namespace limpid::gateway

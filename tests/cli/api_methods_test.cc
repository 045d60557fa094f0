#include "cli/api_methods.h"

#include <string>

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.h"

namespace limpid::cli {
namespace {

using ::testing::HasSubstr;

TEST(ApiMethods, AreFoundByTheirWholeNameOrItsEnd) {
  for (const char* name : {"limpid.gateway.v1.CaptureService/Check", "limpid.gateway.v1.CaptureService.Check",
                           "CaptureService/Check", "Check"}) {
    const auto method = FindApiMethod(name);
    ASSERT_TRUE(method.ok()) << name;
    EXPECT_EQ((*method)->full_name(), "limpid.gateway.v1.CaptureService.Check");
  }
}

TEST(ApiMethods, AreNotFoundByHalfAWord) {
  EXPECT_EQ(FindApiMethod("heck").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(FindApiMethod("Service/Check").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(FindApiMethod("").status().code(), absl::StatusCode::kNotFound);
}

TEST(ApiMethods, LeaveOutWhatIsBetweenServices) {
  for (const auto* method : ApiMethods()) {
    EXPECT_NE(method->full_name(), "limpid.contact.v1.CaptureStoreService.RecordCapture");
    EXPECT_NE(method->service()->full_name(), "limpid.verify.v1.PersonService");
  }
}

TEST(ApiMethods, SayWhatAnAmbiguousNameCouldMean) {
  // No two services have a method of one name; a full stop alone ends none of them.
  EXPECT_EQ(FindApiMethod(".").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace limpid::cli

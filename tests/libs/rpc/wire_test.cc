#include "libs/rpc/wire.h"

#include <gmock/gmock.h>
#include <grpcpp/support/slice.h>
#include <gtest/gtest.h>

#include "limpid/testing/v1/echo_service.pb.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::rpc {
namespace {

using testing::v1::EchoRequest;

grpc::ByteBuffer Bytes(const std::string& text) {
  const grpc::Slice slice(text);
  return grpc::ByteBuffer(&slice, 1);
}

EchoRequest Sample() {
  EchoRequest request;
  request.set_text("é");
  request.add_nested()->set_text("two");
  request.set_count(7);
  return request;
}

TEST(Wire, ReadsWhatItWrote) {
  EchoRequest read;
  ASSERT_TRUE(ParseMessage(SerializeMessage(Sample()), read).ok());
  EXPECT_EQ(read.SerializeAsString(), Sample().SerializeAsString());
}

TEST(Wire, ReadsAMessageInManySlices) {
  const std::string text = Sample().SerializeAsString();
  std::vector<grpc::Slice> slices;
  for (const char c : text) slices.emplace_back(std::string(1, c));
  EchoRequest read;
  ASSERT_TRUE(ParseMessage(grpc::ByteBuffer(slices.data(), slices.size()), read).ok());
  EXPECT_EQ(read.SerializeAsString(), text);
}

TEST(Wire, ReadsAnEmptyMessage) {
  EchoRequest read;
  EXPECT_TRUE(ParseMessage(SerializeMessage(EchoRequest()), read).ok());
  EXPECT_TRUE(CheckSent(SerializeMessage(EchoRequest())).ok());
}

TEST(Wire, RefusesACallWithoutAMessage) {
  EchoRequest read;
  EXPECT_EQ(ReasonOf(CheckSent(grpc::ByteBuffer())), reason::kMalformedMessage);
  EXPECT_EQ(ReasonOf(ParseMessage(grpc::ByteBuffer(), read)), reason::kMalformedMessage);
}

TEST(Wire, RefusesWhatIsNoMessage) {
  const std::string whole = Sample().SerializeAsString();
  EchoRequest deep;
  EchoRequest* level = &deep;
  for (int i = 0; i < 200; ++i) level = level->add_nested();
  for (const std::string& bad : {whole.substr(0, whole.size() - 1), std::string("\xff\xff\xff"),
                                 std::string("\x0a\x05"), deep.SerializeAsString()}) {
    EchoRequest read;
    const absl::Status status = ParseMessage(Bytes(bad), read);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReasonOf(status), reason::kMalformedMessage);
  }
}

TEST(Wire, NamesEachTextThatIsNotUtf8) {
  // Overlong slash, a lone surrogate, a byte that never occurs, a cut-off character.
  for (const std::string bad : {"\xc0\xaf", "\xed\xa0\x80", "\xff", "\xe2\x82", "\xf4\x90\x80\x80"}) {
    std::string bytes("\x0a");
    bytes.push_back(static_cast<char>(bad.size()));
    bytes += bad;                                   // text
    bytes += std::string("\x12\x04\x0a\x02ok", 6);  // nested[0].text, fine
    const std::string inner = bytes.substr(0, 2 + bad.size());
    bytes.push_back('\x12');
    bytes.push_back(static_cast<char>(inner.size()));
    bytes += inner;  // nested[1].text
    EchoRequest read;
    const absl::Status status = ParseMessage(Bytes(bytes), read);
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    const ErrorDetails details = DetailsOf(status);
    ASSERT_EQ(details.violations.size(), 2u);
    EXPECT_EQ(details.violations[0].field, "text");
    EXPECT_EQ(details.violations[0].reason, reason::kInvalidUtf8);
    EXPECT_EQ(details.violations[1].field, "nested[1].text");
  }
}

TEST(Wire, DigestIsThatOfTheMeaning) {
  // The same message with its fields in another order on the wire.
  EchoRequest swapped;
  ASSERT_TRUE(swapped.ParseFromString(std::string("\x18\x07\x12\x05\x0a\x03two\x0a\x02\xc3\xa9", 13)));
  EXPECT_EQ(RequestDigest(swapped), RequestDigest(Sample()));
  EXPECT_EQ(RequestDigest(Sample()).size(), 64u);
  swapped.set_count(8);
  EXPECT_NE(RequestDigest(swapped), RequestDigest(Sample()));
  EXPECT_NE(RequestDigest(EchoRequest()), RequestDigest(testing::v1::EchoResponse()));
}

}  // namespace
}  // namespace limpid::rpc

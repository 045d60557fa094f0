#include "verify-svc/email/dns/dns_message.h"

#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/verify-svc/email/dns/message_builder.h"

namespace limpid::verify::dns {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> DataOf(const std::vector<const Record*>& records) {
  std::vector<std::string> data;
  for (const Record* record : records) data.push_back(record->data);
  return data;
}

std::optional<Message> Parse(const std::string& bytes) {
  return ParseMessage({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(DnsMessage, HoldsTheRecordsOfAnAnswer) {
  const auto message = Parse(MessageBuilder("a.fr", RecordType::kMx)
                                 .Mx("a.fr", 300, 10, "mx1.a.fr")
                                 .Mx("A.FR", 200, 20, "MX2.a.fr")
                                 .Build());
  ASSERT_TRUE(message.has_value());
  const auto found = Find(*message, "a.fr", RecordType::kMx);
  EXPECT_THAT(DataOf(found.value().records), ElementsAre("mx1.a.fr", "mx2.a.fr"));
  EXPECT_EQ(found->records[1]->preference, 20);
  EXPECT_EQ(found->time_to_live, absl::Seconds(200));
}

TEST(DnsMessage, SaysHowLongThereIsNothing) {
  const auto message = Parse(MessageBuilder("a.fr", RecordType::kMx).Soa("fr", 3600, 600).Build());
  EXPECT_EQ(message.value().negative_time_to_live, absl::Seconds(600));
  EXPECT_EQ(Parse(MessageBuilder("a.fr", RecordType::kMx).Build()).value().negative_time_to_live,
            std::nullopt);
}

TEST(DnsMessage, IsReadThroughAliasesToTheirEnd) {
  const auto message = Parse(MessageBuilder("a.fr", RecordType::kMx)
                                 .Cname("a.fr", 60, "b.fr")
                                 .Cname("b.fr", 30, "c.fr")
                                 .Mx("c.fr", 300, 10, "mx.c.fr")
                                 .Build());
  const auto found = Find(message.value(), "a.fr", RecordType::kMx);
  EXPECT_THAT(DataOf(found.value().records), ElementsAre("mx.c.fr"));
  EXPECT_EQ(found->time_to_live, absl::Seconds(30));
  EXPECT_EQ(found->name, "c.fr");
}

TEST(DnsMessage, HasNoAnswerWhereAliasesRunInACircle) {
  const auto message = Parse(
      MessageBuilder("a.fr", RecordType::kMx).Cname("a.fr", 60, "b.fr").Cname("b.fr", 60, "a.fr").Build());
  EXPECT_FALSE(Find(message.value(), "a.fr", RecordType::kMx).has_value());
}

TEST(DnsMessage, EscapesWhatNoHostIsCalled) {
  const auto message =
      Parse(MessageBuilder("a.fr", RecordType::kMx).Mx("a.fr", 1, 1, "m x\r\n.a.fr").Build());
  EXPECT_THAT(DataOf(Find(message.value(), "a.fr", RecordType::kMx)->records),
              ElementsAre("m\\032x\\013\\010.a.fr"));
}

TEST(DnsMessage, JoinsTheStringsOfATxt) {
  const auto message =
      Parse(MessageBuilder("a.fr", RecordType::kTxt).Txt("a.fr", 1, {"v=spf1 ", "-all"}).Build());
  EXPECT_THAT(DataOf(Find(message.value(), "a.fr", RecordType::kTxt)->records), ElementsAre("v=spf1 -all"));
}

TEST(DnsMessage, LeavesOutRecordsOfOtherTypesAndOtherNames) {
  const auto message = Parse(MessageBuilder("a.fr", RecordType::kMx)
                                 .Raw("a.fr", 46, "a signature")
                                 .Mx("b.fr", 1, 1, "mx.b.fr")
                                 .Build());
  EXPECT_THAT(Find(message.value(), "a.fr", RecordType::kMx)->records, ::testing::IsEmpty());
}

TEST(DnsMessage, IsNoneWhenCutShortAnywhere) {
  const std::string whole =
      MessageBuilder("a.fr", RecordType::kMx).Mx("a.fr", 300, 10, "mx1.a.fr").Soa("fr", 1, 1).Build();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(Parse(whole.substr(0, size)).has_value()) << size;
  }
}

TEST(DnsMessage, IsNoneWhenItIsAQuestion) {
  std::string question = MessageBuilder("a.fr", RecordType::kMx).Build();
  question[2] = '\x01';
  EXPECT_FALSE(Parse(question).has_value());
}

TEST(DnsMessage, IsNoneWhenANamePointsAtItselfOrForwards) {
  for (const char* pointer : {"\xC0\x0C", "\xC0\x40", "\xFF\xFF"}) {
    std::string bytes = MessageBuilder("a.fr", RecordType::kMx).Build();
    bytes.replace(12, 6, std::string(pointer, 2));
    EXPECT_FALSE(Parse(bytes).has_value());
  }
}

TEST(DnsMessage, IsNoneWhenAnAddressHasAnotherLength) {
  const auto message = Parse(MessageBuilder("a.fr", RecordType::kA).Raw("a.fr", 1, "12345").Build());
  EXPECT_THAT(message.value().answers, ::testing::IsEmpty());
}

}  // namespace
}  // namespace limpid::verify::dns

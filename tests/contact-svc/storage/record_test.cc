#include "contact-svc/storage/record.h"

#include <cstdint>
#include <limits>

#include <gmock/gmock.h>

namespace limpid::contact {
namespace {

TEST(Record, NumbersAndTextsAreReadBack) {
  RecordWriter writer;
  for (const int64_t number :
       {int64_t{1}, int64_t{-1}, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()}) {
    writer.Int(3, number);
  }
  writer.Double(70'000, -0.1);
  writer.Text(2, "a\0b");
  writer.Element(2, "");
  const std::string bytes = writer.Take();
  RecordReader reader(bytes);
  for (const int64_t number :
       {int64_t{1}, int64_t{-1}, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()}) {
    ASSERT_TRUE(reader.Next());
    EXPECT_EQ(reader.tag(), 3u);
    EXPECT_EQ(reader.Int(), number);
  }
  ASSERT_TRUE(reader.Next());
  EXPECT_EQ(reader.tag(), 70'000u);
  EXPECT_EQ(reader.Double(), -0.1);
  ASSERT_TRUE(reader.Next());
  EXPECT_EQ(reader.Text(), "a");
  ASSERT_TRUE(reader.Next());
  EXPECT_EQ(reader.Text(), "");
  EXPECT_FALSE(reader.Next());
  EXPECT_FALSE(reader.broken());
}

TEST(Record, DefaultsTakeNoRoom) {
  RecordWriter writer;
  writer.Int(1, 0);
  writer.Double(2, 0);
  writer.Text(3, "");
  EXPECT_EQ(writer.Take(), "");
}

TEST(Record, BrokenBytesAreNoticed) {
  for (const char* bytes :
       {"\xff", "\x03\x05xx", "\x02", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
    RecordReader reader(bytes);
    while (reader.Next()) {
    }
    EXPECT_TRUE(reader.broken());
  }
}

}  // namespace
}  // namespace limpid::contact

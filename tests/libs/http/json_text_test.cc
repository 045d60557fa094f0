#include "libs/http/json_text.h"

#include <cmath>
#include <limits>
#include <string>

#include <gmock/gmock.h>

namespace limpid::http {
namespace {

using testing::Eq;
using testing::Optional;

TEST(JsonText, ReadsTimesOfRfc3339) {
  EXPECT_THAT(ParseTimestamp("1970-01-01T00:00:00Z"), Optional(SecondsNanos{0, 0}));
  EXPECT_THAT(ParseTimestamp("2026-11-21T10:00:00.5+01:00"), Optional(SecondsNanos{1795251600, 500'000'000}));
  EXPECT_THAT(ParseTimestamp("1969-12-31T23:59:59.999999999Z"), Optional(SecondsNanos{-1, 999'999'999}));
  EXPECT_THAT(ParseTimestamp("0001-01-01T00:00:00Z"), Optional(SecondsNanos{-62'135'596'800, 0}));
  EXPECT_THAT(ParseTimestamp("2024-02-29T00:00:00Z"), Optional(SecondsNanos{1709164800, 0}));
}

TEST(JsonText, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21 10:00:00Z", "2026-11-21T10:00:00", "2026-11-21t10:00:00z",
        "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T10:00:60Z",
        "2026-11-21T10:00:00.Z", "2026-11-21T10:00:00.1234567890Z", "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01", "2026-11-21T10:00:00Zx", "2026-11-21T10:00:00+1:00",
        "2026-11-21T10:00:00+25:00", "+026-11-21T10:00:00Z"}) {
    EXPECT_THAT(ParseTimestamp(text), Eq(std::nullopt)) << text;
  }
}

TEST(JsonText, WritesTimesWithThreeSixOrNineDigits) {
  const auto written = [](int64_t seconds, int32_t nanos) {
    std::string out;
    AppendTimestamp({seconds, nanos}, out);
    return out;
  };
  EXPECT_EQ(written(0, 0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(written(-1, 20'000'000), "1969-12-31T23:59:59.020Z");
  EXPECT_EQ(written(1709164800, 1'000), "2024-02-29T00:00:00.000001Z");
  EXPECT_EQ(written(253'402'300'799, 999'999'999), "9999-12-31T23:59:59.999999999Z");
  EXPECT_EQ(written(-62'135'596'800, 0), "0001-01-01T00:00:00Z");
  EXPECT_EQ(written(std::numeric_limits<int64_t>::max(), -5), "9999-12-31T23:59:59.999999999Z");
}

TEST(JsonText, ReadsAndWritesDurations) {
  EXPECT_THAT(ParseDuration("0.300s"), Optional(SecondsNanos{0, 300'000'000}));
  EXPECT_THAT(ParseDuration("-0.5s"), Optional(SecondsNanos{0, -500'000'000}));
  EXPECT_THAT(ParseDuration("315576000000s"), Optional(SecondsNanos{315'576'000'000, 0}));
  for (const char* text : {"", "s", "1", "1ms", "+1s", "1.s", ".5s", "1e3s", "315576000001s", "--1s", "1s ",
                           "315576000000.1s", "99999999999999999999s"}) {
    EXPECT_THAT(ParseDuration(text), Eq(std::nullopt)) << text;
  }
  const auto written = [](int64_t seconds, int32_t nanos) {
    std::string out;
    AppendDuration({seconds, nanos}, out);
    return out;
  };
  EXPECT_EQ(written(0, 0), "0s");
  EXPECT_EQ(written(0, 2'100'000), "0.002100s");
  EXPECT_EQ(written(0, -300'000'000), "-0.300s");
  EXPECT_EQ(written(-3, -1), "-3.000000001s");
}

TEST(JsonText, Base64InBothAlphabetsPaddedOrNot) {
  EXPECT_THAT(ParseBase64("+/+/"), Optional(std::string("\xfb\xff\xbf")));
  EXPECT_THAT(ParseBase64("-_-_"), Optional(std::string("\xfb\xff\xbf")));
  EXPECT_THAT(ParseBase64("Zg=="), Optional(std::string("f")));
  EXPECT_THAT(ParseBase64("Zg"), Optional(std::string("f")));
  EXPECT_THAT(ParseBase64(""), Optional(std::string()));
  for (const char* text : {"Z", "Zg=", "Zg===", "Z g=", "Zg==\n", "====", "Zm9v="}) {
    EXPECT_THAT(ParseBase64(text), Eq(std::nullopt)) << text;
  }
  for (const std::string bytes : {"", "f", "fo", "foo", "\xfb\xff"}) {
    std::string text;
    AppendBase64(bytes, text);
    EXPECT_EQ(text.size() % 4, 0u);
    EXPECT_THAT(ParseBase64(text), Optional(bytes));
  }
}

TEST(JsonText, NumbersAreReadWholeOrNotAtAll) {
  EXPECT_THAT(ParseInt64("-9223372036854775808"), Optional(std::numeric_limits<int64_t>::min()));
  EXPECT_THAT(ParseUint64("18446744073709551615"), Optional(std::numeric_limits<uint64_t>::max()));
  for (const char* text : {"", "+1", " 1", "1 ", "0x1", "9223372036854775808", "1.0"}) {
    EXPECT_THAT(ParseInt64(text), Eq(std::nullopt)) << text;
  }
  EXPECT_THAT(ParseDouble("-1.5e3"), Optional(-1500.0));
  for (const char* text : {"", "inf", "nan", ".5", "1.", "-", "+1", "0x1p3", "1e", "Infinity "}) {
    EXPECT_THAT(ParseDouble(text), Eq(std::nullopt)) << text;
  }
}

TEST(JsonText, DoublesAreWrittenShortest) {
  const auto written = [](double value) {
    std::string out;
    AppendDouble(value, out);
    return out;
  };
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(1), "1");
  EXPECT_EQ(written(-0.0), "-0");
  EXPECT_EQ(written(1e300), "1e+300");
  EXPECT_EQ(written(std::nan("")), "\"NaN\"");
  EXPECT_EQ(written(-INFINITY), "\"-Infinity\"");
  std::string single;
  AppendFloat(0.1F, single);
  EXPECT_EQ(single, "0.1");
}

TEST(JsonText, FieldMaskPathsChangeCaseBothWays) {
  EXPECT_EQ(FieldMaskPathToProto("emails.givenName"), "emails.given_name");
  std::string out;
  AppendFieldMaskPath("emails.given_name", out);
  EXPECT_EQ(out, "emails.givenName");
}

}  // namespace
}  // namespace limpid::http

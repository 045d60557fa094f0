// Reader and writer together: what one writes the other reads, and protobuf's own JSON agrees on what is
// valid.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/http/json_fault.h"
#include "libs/http/json_reader.h"
#include "libs/http/json_writer.h"
#include "tests/libs/http/sample.pb.h"

namespace limpid::http {
namespace {

using google::protobuf::util::MessageDifferencer;
using test::Sample;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::string Json(const google::protobuf::Message& message) {
  std::string out;
  AppendJson(message, out);
  return out;
}

auto Violation(std::string_view field, std::string_view reason) {
  return testing::AllOf(Field(&FieldViolation::field, field), Field(&FieldViolation::reason, reason));
}

std::vector<FieldViolation> ViolationsOf(std::string_view json) {
  Sample sample;
  return DetailsOf(ReadJson(json, sample)).violations;
}

/// The one violation as "path reason", for tables.
std::string OnlyViolation(std::string_view json) {
  const auto violations = ViolationsOf(json);
  if (violations.size() != 1) return StrCat(violations.size(), " violations");
  return StrCat(violations[0].field, " ", violations[0].reason);
}

// Every field set, in every form that is valid.
const std::vector<std::string>& ValidDocuments() {
  static const auto& documents = *new std::vector<std::string>{
      R"({})",
      R"({"small":-5,"large":"-9223372036854775808","smallUnsigned":4294967295,"largeUnsigned":"18446744073709551615"})",
      R"({"small":"7","large":12,"largeUnsigned":18446744073709551615,"small_unsigned":1e3})",
      R"({"small":1.0,"single":1.5,"precise":0.1,"truth":true})",
      R"({"single":"NaN","precise":"-Infinity"})",
      R"({"givenName":"Zo\u00eb \"\\\/\b\f\n\r\t\u0001 \ud83d\ude00 é","raw":"+/8=","color":"GREEN"})",
      R"({"color":2,"child":{"child":{"truth":true}},"tags":["a","","c"],"children":[{},{"small":1}]})",
      R"({"labels":{"a":"1","":"2"},"numbered":{"-3":{"small":3}},"flags":{"true":"5","false":6}})",
      R"({"nickname":"","textChoice":"x"})",
      R"({"numberChoice":0})",
      R"({"createTime":"2026-11-21T10:00:00.123456Z","elapsed":"-1.500s","updateMask":"givenName,child.small"})",
      R"({"customFields":{"a":null,"b":[1,"x",{"c":true}],"d":{}},"anyValue":[1,2]})",
      R"({"anyValue":null})",
      R"({"wrapped":"w","wrappedNumber":"9","wrappedBool":false})",
      R"({"numbers":["1",2,-3],"colors":["RED",2]})",
      R"({"small":null,"child":null,"tags":null,"labels":null,"wrapped":null,"color":null,"textChoice":null,"numberChoice":1})",
  };
  return documents;
}

TEST(Json, ReadsWhatProtobufReads) {
  for (const std::string& json : ValidDocuments()) {
    Sample ours, theirs;
    const absl::Status read = ReadJson(json, ours);
    ASSERT_TRUE(read.ok()) << json << "\n" << read;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &theirs).ok()) << json;
    EXPECT_EQ(ours.ShortDebugString(), theirs.ShortDebugString()) << json;
  }
}

TEST(Json, WritesWhatProtobufReads) {
  for (const std::string& json : ValidDocuments()) {
    Sample sample, back, again;
    ASSERT_TRUE(ReadJson(json, sample).ok());
    const std::string written = Json(sample);
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(written, &back).ok()) << written;
    EXPECT_EQ(back.ShortDebugString(), sample.ShortDebugString()) << written;
    ASSERT_TRUE(ReadJson(written, again).ok()) << written;
    EXPECT_EQ(again.ShortDebugString(), sample.ShortDebugString()) << written;
  }
}

TEST(JsonWriter, ScalarsAndListsArePresentEvenWhenEmpty) {
  EXPECT_EQ(
      Json(Sample()),
      R"({"small":0,"large":"0","smallUnsigned":0,"largeUnsigned":"0","single":0,"precise":0,"truth":false,)"
      R"("givenName":"","raw":"","color":"COLOR_UNSPECIFIED","tags":[],"children":[],"labels":{},)"
      R"("numbered":{},"numbers":[],"colors":[],"flags":{}})");
}

TEST(JsonWriter, AbsentMessagesAndUnsetChoicesAreLeftOut) {
  Sample sample;
  sample.set_nickname("");
  sample.set_number_choice(0);
  sample.mutable_child();
  const std::string json = Json(sample);
  EXPECT_THAT(json, HasSubstr(R"("nickname":"")"));
  EXPECT_THAT(json, HasSubstr(R"("numberChoice":0)"));
  EXPECT_THAT(json, HasSubstr(R"("child":{"small":0)"));
  EXPECT_THAT(json, Not(HasSubstr("textChoice")));
  EXPECT_THAT(json, Not(HasSubstr("createTime")));
}

TEST(JsonWriter, UnknownEnumNumbersStayNumbers) {
  Sample sample;
  sample.set_color(static_cast<test::Color::Value>(77));
  EXPECT_THAT(Json(sample), HasSubstr(R"("color":77)"));
}

TEST(JsonWriter, MapsAreWrittenInTheOrderOfTheirKeys) {
  Sample sample;
  for (const char* key : {"b", "c", "a"}) (*sample.mutable_labels())[key] = key;
  EXPECT_THAT(Json(sample), HasSubstr(R"("labels":{"a":"a","b":"b","c":"c"})"));
}

TEST(JsonWriter, BrokenUtf8BecomesTheReplacementCharacter) {
  std::string out;
  AppendJsonString("a\xff\xc3(\xed\xa0\x80z", out);
  EXPECT_EQ(out, "\"a\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

TEST(JsonReader, NamesTheFaultOfEachField) {
  struct Row {
    const char* json;
    const char* violation;
  };
  for (const Row& row : {
           Row{R"({"foo":1})", "foo UNKNOWN_FIELD"},
           Row{R"({"child":{"bar":1}})", "child.bar UNKNOWN_FIELD"},
           Row{R"({"small":1,"small":1})", "small DUPLICATE_FIELD"},
           Row{R"({"givenName":"a","given_name":"b"})", "given_name DUPLICATE_FIELD"},
           Row{R"({"givenName":null,"givenName":"b"})", "given_name DUPLICATE_FIELD"},
           Row{R"({"labels":{"a":"1","a":"2"}})", "labels[\"a\"] DUPLICATE_FIELD"},
           Row{R"({"customFields":{"x":{"k":1,"k":2}}})", "custom_fields[\"x\"][\"k\"] DUPLICATE_FIELD"},
           Row{R"({"textChoice":"a","numberChoice":1})", "number_choice DUPLICATE_FIELD"},
           Row{R"({"small":"x"})", "small INVALID_FORMAT"},
           Row{R"({"small":""})", "small INVALID_FORMAT"},
           Row{R"({"small":1.5})", "small INVALID_FORMAT"},
           Row{R"({"small":2147483648})", "small OUT_OF_RANGE"},
           Row{R"({"small":"2147483648"})", "small OUT_OF_RANGE"},
           Row{R"({"large":9223372036854775808})", "large OUT_OF_RANGE"},
           Row{R"({"large":"9223372036854775808"})", "large OUT_OF_RANGE"},
           Row{R"({"large":1e19})", "large OUT_OF_RANGE"},
           Row{R"({"smallUnsigned":-1})", "small_unsigned OUT_OF_RANGE"},
           Row{R"({"largeUnsigned":-1})", "large_unsigned OUT_OF_RANGE"},
           Row{R"({"small":true})", "small WRONG_TYPE"},
           Row{R"({"small":[1]})", "small WRONG_TYPE"},
           Row{R"({"single":1e39})", "single OUT_OF_RANGE"},
           Row{R"({"precise":"x"})", "precise INVALID_FORMAT"},
           Row{R"({"precise":false})", "precise WRONG_TYPE"},
           Row{R"({"truth":"true"})", "truth WRONG_TYPE"},
           Row{R"({"truth":1})", "truth WRONG_TYPE"},
           Row{R"({"givenName":1})", "given_name WRONG_TYPE"},
           Row{R"({"givenName":{}})", "given_name WRONG_TYPE"},
           Row{R"({"raw":"*"})", "raw INVALID_FORMAT"},
           Row{R"({"raw":1})", "raw WRONG_TYPE"},
           Row{R"({"color":"BLUE"})", "color UNKNOWN_VALUE"},
           Row{R"({"color":"red"})", "color UNKNOWN_VALUE"},
           Row{R"({"color":9})", "color UNKNOWN_VALUE"},
           Row{R"({"color":4294967297})", "color UNKNOWN_VALUE"},
           Row{R"({"color":true})", "color WRONG_TYPE"},
           Row{R"({"colors":["RED","BLUE"]})", "colors[1] UNKNOWN_VALUE"},
           Row{R"({"child":[]})", "child WRONG_TYPE"},
           Row{R"({"child":"x"})", "child WRONG_TYPE"},
           Row{R"({"tags":"x"})", "tags WRONG_TYPE"},
           Row{R"({"tags":{}})", "tags WRONG_TYPE"},
           Row{R"({"tags":["a",null]})", "tags[1] WRONG_TYPE"},
           Row{R"({"children":[{},{"children":[{"small":"x"}]}]})",
               "children[1].children[0].small INVALID_FORMAT"},
           Row{R"({"labels":[]})", "labels WRONG_TYPE"},
           Row{R"({"labels":{"a":null}})", "labels[\"a\"] WRONG_TYPE"},
           Row{R"({"labels":{"a":1}})", "labels[\"a\"] WRONG_TYPE"},
           Row{R"({"numbered":{"x":{}}})", "numbered[\"x\"] INVALID_FORMAT"},
           Row{R"({"numbered":{"7":{"small":"x"}}})", "numbered[\"7\"].small INVALID_FORMAT"},
           Row{R"({"flags":{"yes":1}})", "flags[\"yes\"] WRONG_TYPE"},
           Row{R"({"createTime":"yesterday"})", "create_time INVALID_FORMAT"},
           Row{R"({"createTime":{"seconds":1}})", "create_time WRONG_TYPE"},
           Row{R"({"elapsed":"5"})", "elapsed INVALID_FORMAT"},
           Row{R"({"elapsed":5})", "elapsed WRONG_TYPE"},
           Row{R"({"updateMask":"a,,b"})", "update_mask INVALID_FORMAT"},
           Row{R"({"updateMask":"a,"})", "update_mask INVALID_FORMAT"},
           Row{R"({"updateMask":["a"]})", "update_mask WRONG_TYPE"},
           Row{R"({"wrapped":1})", "wrapped WRONG_TYPE"},
           Row{R"({"customFields":[]})", "custom_fields WRONG_TYPE"},
           Row{R"([])", " WRONG_TYPE"},
           Row{R"("x")", " WRONG_TYPE"},
           Row{R"(null)", " WRONG_TYPE"},
       }) {
    EXPECT_EQ(OnlyViolation(row.json), row.violation) << row.json;
  }
}

TEST(JsonReader, ReportsAllViolationsAtOnce) {
  EXPECT_THAT(
      ViolationsOf(R"({"a":1,"small":"x","child":{"b":1,"truth":0},"tags":[1,"ok",2]})"),
      UnorderedElementsAre(Violation("a", "UNKNOWN_FIELD"), Violation("small", "INVALID_FORMAT"),
                           Violation("child.b", "UNKNOWN_FIELD"), Violation("child.truth", "WRONG_TYPE"),
                           Violation("tags[0]", "WRONG_TYPE"), Violation("tags[2]", "WRONG_TYPE")));
}

TEST(JsonReader, StopsAtAThousandViolations) {
  std::string json = "[";
  for (int i = 0; i < 100'000; ++i) json += "1,";
  json = "{\"tags\":" + json + "1]}";
  Sample sample;
  const ErrorDetails details = DetailsOf(ReadJson(json, sample));
  EXPECT_THAT(details.violations, SizeIs(50));
  EXPECT_THAT(details.metadata, ElementsAre(testing::Pair("more", "950")));
}

TEST(JsonReader, LongNamesAreNotRepeatedWithEachViolation) {
  const std::string name(300'000, 'n');
  std::string twins;
  for (int i = 0; i < 2000; ++i) twins += R"("a":1,)";
  const auto violations = ViolationsOf(StrCat(R"({"customFields":{")", name, R"(":{)", twins, R"("a":1}}})"));
  ASSERT_FALSE(violations.empty());
  for (const FieldViolation& violation : violations) EXPECT_LT(violation.field.size(), 200u);
  const auto unknown = ViolationsOf(StrCat(R"({")", name, R"(":1})"));
  ASSERT_THAT(unknown, SizeIs(1));
  EXPECT_LT(unknown[0].field.size() + unknown[0].message.size(), 400u);
}

// RFC 8259 §8.2: half of a pair is no character, and no text that we could store or give back.
TEST(JsonReader, ReadsEscapesOfWholeCharactersOnly) {
  for (const char* const escaped :
       {"\\ud800", "\\udc00", "\\udfffx", "\\ud83d\\ud83d", "\\ud83dx", "\\udc00\\ud800", "\\ud83d\\u0041"}) {
    Sample sample;
    const absl::Status status = ReadJson(StrCat(R"({"givenName":")", escaped, R"("})"), sample);
    EXPECT_EQ(ReasonOf(status), "MALFORMED_JSON") << escaped;
    EXPECT_EQ(ReasonOf(ReadJson(StrCat(R"({"labels":{")", escaped, R"(":"x"}})"), sample)), "MALFORMED_JSON")
        << escaped << " in a name";
  }
  Sample sample;
  ASSERT_TRUE(ReadJson(R"({"givenName":"\ud83d\ude00\u0000\u00e9"})", sample).ok());
  EXPECT_EQ(sample.given_name(), std::string("\xf0\x9f\x98\x80\0\xc3\xa9", 7));
}

TEST(JsonReader, AnUnknownWordIsAnsweredWithTheKnownOnes) {
  EXPECT_THAT(ViolationsOf(R"({"color":"BLUE"})").at(0).message, HasSubstr("RED GREEN"));
}

TEST(JsonReader, SaysWhereTheTextStopsBeingJson) {
  struct Row {
    std::string json;
    const char* offset;
  };
  for (const Row& row :
       {Row{"", "0"}, Row{"{\"a\":1,}", "7"}, Row{"{a:1}", "1"}, Row{"{'a':1}", "1"}, Row{"{\"a\" 1}", "5"},
        Row{"{} x", "3"}, Row{"{\"a\":01}", "6"}, Row{"{\"a\":tru}", "8"}, Row{"{\"a\":\"\\x\"}", "6"},
        Row{"{\"a\":\"\xff\"}", "6"}, Row{"{\"a\":\"\\ud83d\"}", "6"}, Row{"{\"a\":\"x", "7"},
        Row{std::string("{\"a\":\"\0\"}", 9), "6"}, Row{"[1,]", "3"}}) {
    Sample sample;
    const absl::Status status = ReadJson(row.json, sample);
    EXPECT_EQ(ReasonOf(status), "MALFORMED_JSON") << row.json;
    EXPECT_THAT(DetailsOf(status).metadata, ElementsAre(testing::Pair("offset", row.offset))) << row.json;
  }
}

TEST(JsonReader, RefusesToGoDeeperThanAllowed) {
  const auto nested = [](int levels) {
    std::string json;
    for (int i = 1; i < levels; ++i) json += R"({"child":)";
    json += "{}";
    for (int i = 1; i < levels; ++i) json += "}";
    return json;
  };
  Sample sample;
  EXPECT_TRUE(ReadJson(nested(64), sample).ok());
  EXPECT_EQ(ReasonOf(ReadJson(nested(65), sample)), "TOO_DEEP");
  EXPECT_EQ(ReasonOf(ReadJson(std::string(500'000, '['), sample)), "TOO_DEEP");
  EXPECT_TRUE(ReadJson(nested(64), sample).ok());
}

TEST(JsonReader, ANumberBeyondAllFieldsIsOutOfRange) {
  Sample sample;
  EXPECT_EQ(ReasonOf(ReadJson(R"({"precise":1e400})", sample)), "OUT_OF_RANGE");
  EXPECT_EQ(ReasonOf(ReadJson(R"({"large":123456789012345678901234567890})", sample)), "OUT_OF_RANGE");
}

TEST(JsonReader, ClearsWhatWasThereBefore) {
  Sample sample;
  sample.set_small(5);
  ASSERT_TRUE(ReadJson("{}", sample).ok());
  EXPECT_EQ(sample.small(), 0);
}

TEST(JsonReader, TextOutsideOfJsonIsReadByTheSameRules) {
  Sample sample;
  ErrorCollector errors;
  const auto read = [&](const char* field, std::string_view text) {
    ReadText(text, *Sample::descriptor()->FindFieldByName(field), field, sample, errors);
  };
  read("small", "12");
  read("truth", "true");
  read("color", "RED");
  read("tags", "a");
  read("tags", "b");
  read("numbers", "3");
  read("elapsed", "1.5s");
  read("wrapped_bool", "true");
  ASSERT_THAT(errors.violations(), IsEmpty());
  EXPECT_EQ(Json(sample).find(R"("small":12)"), 1u);
  EXPECT_THAT(sample.tags(), ElementsAre("a", "b"));
  EXPECT_EQ(sample.elapsed().nanos(), 500'000'000);
  EXPECT_TRUE(sample.wrapped_bool().value());
  read("small", "x");
  read("truth", "yes");
  read("child", "{}");
  read("given_name", "\xff");
  EXPECT_THAT(errors.violations(),
              ElementsAre(Violation("small", "INVALID_FORMAT"), Violation("truth", "WRONG_TYPE"),
                          Violation("child", "WRONG_TYPE"), Violation("given_name", "INVALID_UTF8")));
}

// Texts one or two changes away from JSON: whatever the reader refuses as no JSON has its place found, and
// nothing else has.
TEST(JsonReader, FindsThePlaceOfEveryFault) {
  std::mt19937 random(7);
  const std::string bytes = "{}[]:,\"\\ \n0123456789-+.eEtrufalsn/u\xc3\xa9\xff\x01";
  int broken = 0;
  for (const std::string& document : ValidDocuments()) {
    for (int round = 0; round < 400; ++round) {
      std::string text = document;
      for (size_t change = 0; change <= random() % 2 && !text.empty(); ++change) {
        const size_t at = random() % text.size();
        const char byte = bytes[random() % bytes.size()];
        if (random() % 3 == 0) {
          text.erase(at, 1 + random() % 3);
        } else {
          random() % 2 == 0 ? text.insert(at, 1, byte) : text.replace(at, 1, 1, byte);
        }
      }
      Sample sample;
      const bool malformed = ReasonOf(ReadJson(text, sample)) == "MALFORMED_JSON";
      ASSERT_EQ(FindJsonFault(text, 64).has_value(), malformed) << text;
      broken += malformed;
    }
  }
  EXPECT_GT(broken, 1000);
}

/// The JSON Parsing Test Suite: y_ must parse, n_ must not, i_ may do either.
TEST(JsonReader, AgreesWithTheParsingTestSuite) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(LIMPID_SOURCE_DIR "/tests/data/reliability/json_parsing")) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string name = entry.path().filename();
    // Any JSON value fits here, so that only the grammar can be refused.
    Sample sample;
    const absl::Status bare = ReadJson(text, sample);
    const bool json = ReasonOf(bare) != "MALFORMED_JSON";
    if (name.starts_with("y_")) {
      EXPECT_TRUE(json) << name << " " << bare;
      EXPECT_TRUE(ReadJson(StrCat("{\"anyValue\":", text, "}"), sample).ok()) << name;
    }
    if (name.starts_with("n_")) {
      EXPECT_FALSE(json) << name;
    }
    EXPECT_EQ(FindJsonFault(text, 64).has_value(), !json) << name;
    ++files;
  }
  EXPECT_GE(files, 25);
}

}  // namespace
}  // namespace limpid::http

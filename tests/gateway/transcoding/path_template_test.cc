#include "gateway/transcoding/path_template.h"

#include <gmock/gmock.h>

#include "gateway/transcoding/route_table.h"
#include "gateway/transcoding/url_text.h"

namespace limpid::gateway {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::Field;
using testing::IsEmpty;
using testing::Optional;

TEST(PathTemplate, IsTakenApart) {
  const auto path = PathTemplate::Parse("/v1/{contact.name=contacts/*}/values/{value}:check");
  ASSERT_TRUE(path.ok()) << path.status();
  EXPECT_THAT(path->segments, ElementsAre("v1", "contacts", "*", "values", "*"));
  EXPECT_EQ(path->verb, "check");
  ASSERT_EQ(path->variables.size(), 2u);
  EXPECT_EQ(path->variables[0].field_path, "contact.name");
  EXPECT_EQ(path->variables[0].begin, 1u);
  EXPECT_EQ(path->variables[0].end, 3u);
  EXPECT_EQ(path->variables[1].field_path, "value");
  EXPECT_EQ(path->variables[1].begin, 4u);
}

TEST(PathTemplate, WhatTheGrammarLacksIsRefused) {
  for (const char* text :
       {"", "v1", "/", "/v1/", "//v1", "/v1/{", "/v1/{a", "/v1/{}", "/v1/{a=}", "/v1/{a={b}}", "/v1/***",
        "/v1/**/x", "/v1:", "/v1:a:b", "/v1:a/b", "/v 1", "/v1/{a=b/*}x"}) {
    EXPECT_FALSE(PathTemplate::Parse(text).ok()) << text;
  }
}

class RouteTableTest : public testing::Test {
 protected:
  void Add(const char* method, const char* path, size_t target) {
    ASSERT_TRUE(table_.Add(method, *PathTemplate::Parse(path), target).ok());
  }
  std::optional<size_t> Find(const char* method, const char* path) {
    const auto match = table_.Find(method, path);
    return match.target == nullptr ? std::nullopt : std::optional(*match.target);
  }
  RouteTable table_;
};

TEST_F(RouteTableTest, FindsByMethodPathAndVerb) {
  Add("GET", "/v1/books", 1);
  Add("POST", "/v1/books", 2);
  Add("GET", "/v1/{name=books/*}", 3);
  Add("POST", "/v1/{name=books/*}:lend", 4);
  Add("GET", "/v1/books:watch", 5);
  Add("GET", "/v1/{path=files/**}", 6);
  Add("GET", "/v1/books/best", 7);
  EXPECT_THAT(Find("GET", "/v1/books"), Optional(Eq(1u)));
  EXPECT_THAT(Find("POST", "/v1/books"), Optional(Eq(2u)));
  EXPECT_THAT(Find("GET", "/v1/books/x"), Optional(Eq(3u)));
  EXPECT_THAT(Find("POST", "/v1/books/x:lend"), Optional(Eq(4u)));
  EXPECT_THAT(Find("GET", "/v1/books:watch"), Optional(Eq(5u)));
  EXPECT_THAT(Find("GET", "/v1/files/a/b/c"), Optional(Eq(6u)));
  EXPECT_THAT(Find("GET", "/v1/files"), Optional(Eq(6u)));
  EXPECT_THAT(Find("GET", "/v1/books/best"), Optional(Eq(7u)));
  // A colon that is no verb belongs to the segment.
  EXPECT_THAT(Find("GET", "/v1/books/a:b"), Optional(Eq(3u)));
  for (const char* path : {"", "/", "v1/books", "/v1/books/", "/v1//books", "/v1/books//", "/v2/books",
                           "/v1/books/a/b", "/v1/books:other", "/v1/books:", "/V1/books"}) {
    EXPECT_EQ(Find("GET", path), std::nullopt) << path;
  }
}

TEST_F(RouteTableTest, NamesTheMethodsOfAPath) {
  Add("POST", "/v1/books", 2);
  Add("GET", "/v1/books", 1);
  const auto match = table_.Find("DELETE", "/v1/books");
  EXPECT_EQ(match.target, nullptr);
  EXPECT_THAT(match.methods, ElementsAre("GET", "POST"));
  EXPECT_THAT(table_.Find("GET", "/v1/x").methods, IsEmpty());
}

TEST_F(RouteTableTest, OnePathHasEachMethodOnce) {
  Add("GET", "/v1/{name=books/*}", 1);
  EXPECT_FALSE(table_.Add("GET", *PathTemplate::Parse("/v1/books/{id}"), 2).ok());
}

TEST(UrlText, DecodesPercentSigns) {
  EXPECT_THAT(PercentDecode("a%20b%C3%A9%2f", false), Optional(std::string("a b\xC3\xA9/")));
  EXPECT_THAT(PercentDecode("a%2Fb%2f", true), Optional(std::string("a%2Fb%2f")));
  for (const char* text : {"%", "%4", "%zz", "a%2", "%%20", "%+1"})
    EXPECT_EQ(PercentDecode(text, false), std::nullopt) << text;
}

TEST(UrlText, SplitsQueries) {
  const auto parameters = ParseQuery("a=1&&b=x+y%26z&c&d==&=e&f=%zz");
  ASSERT_EQ(parameters.size(), 6u);
  EXPECT_EQ(parameters[1].name, "b");
  EXPECT_THAT(parameters[1].value, Optional(std::string("x y&z")));
  EXPECT_THAT(parameters[2].value, Optional(std::string()));
  EXPECT_THAT(parameters[3].value, Optional(std::string("=")));
  EXPECT_EQ(parameters[4].name, "");
  EXPECT_EQ(parameters[5].value, std::nullopt);
  EXPECT_THAT(ParseQuery(""), IsEmpty());
}

}  // namespace
}  // namespace limpid::gateway

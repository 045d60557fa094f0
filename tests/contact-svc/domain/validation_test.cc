#include "contact-svc/domain/validation.h"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::CivilDay kToday(2026, 11, 21);

std::vector<std::string> Violations(const absl::Status& status) {
  std::vector<std::string> found;
  for (const FieldViolation& violation : DetailsOf(status).violations) {
    found.push_back(violation.field + " " + violation.reason);
  }
  return found;
}

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

struct Case {
  const char* what;
  std::function<void(Contact&)> spoil;
  std::string violation;  ///< Empty: none.
};

TEST(Validation, EachFieldHasItsBounds) {
  const std::vector<Case> cases = {
      {"an empty contact", [](Contact&) {}, ""},
      {"200 letters of two bytes", [](Contact& c) { c.given_name = Repeat("é", 200); }, ""},
      {"201 letters", [](Contact& c) { c.given_name = Repeat("é", 201); }, "given_name TOO_LONG"},
      {"a line break", [](Contact& c) { c.family_name = "A\r\nBcc: x"; }, "family_name INVALID_FORMAT"},
      {"honorific", [](Contact& c) { c.honorific = Repeat("x", 51); }, "honorific TOO_LONG"},
      {"job title", [](Contact& c) { c.job_title = Repeat("x", 201); }, "job_title TOO_LONG"},
      {"a leap day", [](Contact& c) { c.birth_date = "1980-02-29"; }, ""},
      {"no leap day", [](Contact& c) { c.birth_date = "1981-02-29"; }, "birth_date INVALID_FORMAT"},
      {"a French date", [](Contact& c) { c.birth_date = "29/02/1980"; }, "birth_date INVALID_FORMAT"},
      {"before 1900", [](Contact& c) { c.birth_date = "1899-12-31"; }, "birth_date OUT_OF_RANGE"},
      {"today", [](Contact& c) { c.birth_date = "2026-11-21"; }, ""},
      {"tomorrow", [](Contact& c) { c.birth_date = "2026-11-22"; }, "birth_date OUT_OF_RANGE"},
      {"a bad address", [](Contact& c) { c.emails = {{.value = "not an address"}}; }, ""},
      {"no address", [](Contact& c) { c.emails = {{.value = ""}}; }, "emails[0].value REQUIRED"},
      {"a long address", [](Contact& c) { c.emails = {{.value = Repeat("x", 321)}}; },
       "emails[0].value TOO_LONG"},
      {"a long number", [](Contact& c) { c.phones = {{.value = Repeat("1", 65)}}; },
       "phones[0].value TOO_LONG"},
      {"21 numbers",
       [](Contact& c) {
         for (int i = 0; i < 21; ++i) c.phones.push_back({.value = std::to_string(i)});
       },
       "phones TOO_MANY"},
      {"one mailbox twice",
       [](Contact& c) {
         c.emails = {{.value = "a", .match_key = "k"}, {.value = "b", .match_key = "k"}};
       },
       "emails[1].value DUPLICATE_FIELD"},
      {"two primary ones",
       [](Contact& c) {
         c.emails = {{.value = "a", .primary = true}, {.value = "b", .primary = true}};
       },
       "emails TOO_MANY"},
      {"an empty postal address", [](Contact& c) { c.postal_addresses.resize(1); },
       "postal_addresses[0].value REQUIRED"},
      {"a region in words", [](Contact& c) { c.postal_addresses = {{.value = {.region_code = "France"}}}; },
       "postal_addresses[0].value.region_code INVALID_FORMAT"},
      {"seven lines",
       [](Contact& c) {
         c.postal_addresses = {{.value = {.address_lines = std::vector<std::string>(7, "x")}}};
       },
       "postal_addresses[0].value.address_lines TOO_MANY"},
      {"a company", [](Contact& c) { c.company.display_name = Repeat("x", 201); },
       "company.display_name TOO_LONG"},
      {"a system in capitals",
       [](Contact& c) {
         c.external_ids = {{"CRM", "1"}};
       },
       "external_ids[0].system INVALID_FORMAT"},
      {"an id without a value",
       [](Contact& c) {
         c.external_ids = {{"crm", ""}};
       },
       "external_ids[0].id REQUIRED"},
      {"an id twice",
       [](Contact& c) {
         c.external_ids = {{"crm", "1"}, {"crm", "1"}};
       },
       "external_ids[1] DUPLICATE_FIELD"},
      {"a tag twice",
       [](Contact& c) {
         c.tags = {"vip", "vip"};
       },
       "tags[1] DUPLICATE_FIELD"},
      {"101 tags", [](Contact& c) { c.tags.resize(101, "x"); }, "tags TOO_MANY"},
      {"a custom field without a name",
       [](Contact& c) {
         c.custom_fields = {{"", "1"}};
       },
       "custom_fields INVALID_FORMAT"},
      {"a large custom value",
       [](Contact& c) {
         c.custom_fields = {{"x", Repeat("1", 4097)}};
       },
       "custom_fields.x TOO_LONG"},
      {"a source", [](Contact& c) { c.source = Source{.url = Repeat("x", 2049)}; }, "source.url TOO_LONG"},
  };
  for (const Case& row : cases) {
    Contact contact;
    row.spoil(contact);
    const std::vector<std::string> found = Violations(Validate(contact, kToday));
    if (row.violation.empty()) {
      EXPECT_THAT(found, IsEmpty()) << row.what;
    } else {
      EXPECT_THAT(found, ElementsAre(row.violation)) << row.what;
    }
  }
}

TEST(Validation, ConsentsNameTheirPurposeAndChannel) {
  const std::vector<Consent> consents = {{.purpose = "newsletter", .channel = "EMAIL"},
                                         {.proof_reference = Repeat("x", 513)}};
  EXPECT_THAT(Violations(Validate(consents)),
              ElementsAre("[1].purpose REQUIRED", "[1].channel REQUIRED", "[1].proof.reference TOO_LONG"));
}

TEST(Validation, IdsThatCallersChooseArePlain) {
  for (const char* id : {"c", "contact-1", "a1"}) EXPECT_TRUE(IsContactId(id)) << id;
  for (const char* id : {"", "1a", "-a", "A", "a_b", "a/b"}) EXPECT_FALSE(IsContactId(id)) << id;
  EXPECT_TRUE(IsContactId(Repeat("a", 63)));
  EXPECT_FALSE(IsContactId(Repeat("a", 64)));
}

TEST(Validation, ASearchNeedsSomethingToLookFor) {
  EXPECT_FALSE(Validate(SearchedPerson{.given_name = "Jean"}).ok());
  EXPECT_TRUE(Validate(SearchedPerson{.phone = "06"}).ok());
  EXPECT_THAT(Violations(Validate(SearchedPerson{.phone = "06", .default_region = "fr"})),
              ElementsAre("default_region INVALID_FORMAT"));
}

}  // namespace
}  // namespace limpid::contact

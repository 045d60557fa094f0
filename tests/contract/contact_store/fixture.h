#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "contact-svc/app/contact_cases.h"
#include "contact-svc/storage/sql_contact_store.h"
#include "libs/base/error.h"
#include "libs/testing/database.h"
#include "libs/testing/fake_clock.h"
#include "tests/contact-svc/quality.h"

namespace limpid::contact {

/// The use cases over a fresh store of the kind that the binary is linked for.
class ContactStoreTest : public ::testing::Test {
 protected:
  ContactStoreTest() : place_(limpid::testing::FreshDatabase()) {
    Reopen();
    call_.tenant = TenantId("acme");
    call_.role = Role::kStandard;
  }

  void Reopen() {
    cases_.reset();
    store_.reset();
    auto opened = SqlContactStore::Open(place_->url(), {.schema = place_->schema()});
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    cases_ = std::make_unique<ContactCases>(Parts{*store_, TestForms(), clock_, SecureRandom()});
  }

  static Contact Person(std::string_view given, std::string_view family, std::string_view email = {},
                        std::string_view phone = {}) {
    Contact contact;
    contact.given_name = given;
    contact.family_name = family;
    if (!email.empty()) contact.emails.push_back({.value = std::string(email)});
    if (!phone.empty()) contact.phones.push_back({.value = std::string(phone)});
    return contact;
  }
  Contact Create(Contact contact) {
    const auto created = cases_->create.Run(call_, {.contact = std::move(contact)});
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? *created : Contact();
  }
  absl::StatusOr<RecordedCapture> Capture(Contact contact) {
    return cases_->record_capture.Run(call_, {.contact = std::move(contact)});
  }
  absl::StatusOr<RecordedCapture> CaptureWithRole(Role role, Contact contact) {
    Call call = call_;
    call.role = role;
    return cases_->record_capture.Run(call, {.contact = std::move(contact)});
  }
  std::vector<Match> Matches(SearchedPerson person) {
    auto matches = cases_->find_matches.Run(call_, {.person = std::move(person)});
    EXPECT_TRUE(matches.ok()) << matches.status();
    return matches.ok() ? *std::move(matches) : std::vector<Match>();
  }
  std::vector<Contact> All() {
    const auto page = cases_->list.Run(call_, {.page_size = 1000});
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->contacts : std::vector<Contact>();
  }
  std::vector<HeldCapture> Held() {
    const auto page = cases_->list_held.Run(call_, {});
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? page->captures : std::vector<HeldCapture>();
  }
  Call Keyed(std::string key, std::string digest = "d") const {
    Call call = call_;
    call.idempotency_key = std::move(key);
    call.request_digest = std::move(digest);
    return call;
  }

  const std::unique_ptr<limpid::testing::TestDatabase> place_;
  limpid::testing::FakeClock clock_;
  std::unique_ptr<SqlContactStore> store_;
  std::unique_ptr<ContactCases> cases_;
  Call call_;
};

}  // namespace limpid::contact

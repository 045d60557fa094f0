#include "enrich-svc/clients/rpc_contacts.h"

#include <future>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/enrich-svc/clients/contact_stub.h"

namespace limpid::enrich {
namespace {

class RpcContactsTest : public ::testing::Test {
 protected:
  RpcContactsTest() {
    call_.role = Role::kService;
    call_.tenant = TenantId("acme");
    call_.request_id = "ev1-fill-empty-on-create";
  }

  template <class Ask>
  absl::StatusOr<StoredContact> Wait(Ask ask) {
    std::promise<absl::StatusOr<StoredContact>> answer;
    ask([&answer](absl::StatusOr<StoredContact> contact) { answer.set_value(std::move(contact)); });
    return answer.get_future().get();
  }

  Call call_;
  ContactStub stub_;
  RpcContacts contacts_{stub_.peer()};
};

TEST_F(RpcContactsTest, ReadsAsTheTenantsServiceUnderTheRunsId) {
  stub_.get = [](const Call& call,
                 const contact::v1::GetContactRequest& request) -> absl::StatusOr<contact::v1::Contact> {
    EXPECT_EQ(call.tenant, TenantId("acme"));
    EXPECT_EQ(call.role, Role::kService);
    EXPECT_EQ(call.request_id, "ev1-fill-empty-on-create");
    contact::v1::Contact contact;
    contact.set_name(request.name());
    contact.set_etag("7");
    return contact;
  };
  const auto contact = Wait([&](auto done) { contacts_.Get(call_, ContactId("c1"), std::move(done)); });
  ASSERT_TRUE(contact.ok()) << contact.status();
  EXPECT_EQ(contact->id, ContactId("c1"));
  EXPECT_EQ(contact->etag, "7");
}

TEST_F(RpcContactsTest, WritesUnderTheEtagThatWasRead) {
  stub_.update =
      [](const Call&,
         const contact::v1::UpdateContactRequest& request) -> absl::StatusOr<contact::v1::Contact> {
    EXPECT_EQ(request.contact().etag(), "7");
    contact::v1::Contact contact = request.contact();
    contact.set_etag("8");
    return contact;
  };
  contact::v1::Contact before;
  before.set_name("contacts/c1");
  before.set_etag("7");
  const StoredContact stored{.id = ContactId("c1"), .etag = "7", .wire = before.SerializeAsString()};
  const auto contact = Wait([&](auto done) {
    contacts_.Fill(call_, stored, {{Field::kCompanyDomain, "acme.com", "email-domain", 0.9}},
                   std::move(done));
  });
  ASSERT_TRUE(contact.ok()) << contact.status();
  EXPECT_EQ(contact->etag, "8");
  EXPECT_EQ(contact->profile.company_domain, "acme.com");
}

TEST_F(RpcContactsTest, ErrorsKeepTheirReason) {
  stub_.get = [](const Call&, const contact::v1::GetContactRequest&) -> absl::StatusOr<contact::v1::Contact> {
    return NotFound("contact", "c1");
  };
  stub_.update = [](const Call&,
                    const contact::v1::UpdateContactRequest&) -> absl::StatusOr<contact::v1::Contact> {
    return StaleEtag("contact", "c1");
  };
  const auto missing = Wait([&](auto done) { contacts_.Get(call_, ContactId("c1"), std::move(done)); });
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  const auto stale = Wait([&](auto done) { contacts_.Fill(call_, {}, {}, std::move(done)); });
  EXPECT_EQ(ReasonOf(stale.status()), reason::kEtagStale);
}

TEST_F(RpcContactsTest, WhatIsNoContactIsNotWritten) {
  const auto broken =
      Wait([&](auto done) { contacts_.Fill(call_, {.wire = "\xff\xff"}, {}, std::move(done)); });
  EXPECT_EQ(broken.status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace limpid::enrich

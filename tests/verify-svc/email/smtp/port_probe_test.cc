#include "verify-svc/email/smtp/port_probe.h"

#include <functional>
#include <future>
#include <memory>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "libs/testing/free_port.h"
#include "tests/verify-svc/email/smtp/callout_fixture.h"
#include "tests/verify-svc/email/smtp/scripted_server.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;

/// A probe on a loop of its own.
class ProbeFixture {
 public:
  explicit ProbeFixture(PortProbe::Options options)
      : probe_(std::make_unique<PortProbe>(loop_, std::move(options))) {}
  ~ProbeFixture() {
    Do([this](PortProbe&) { probe_.reset(); });
  }
  void Do(const std::function<void(PortProbe&)>& task) {
    std::promise<void> done;
    loop_.Post([&] {
      task(*probe_);
      done.set_value();
    });
    done.get_future().wait();
  }
  bool Closed() {
    bool closed = false;
    Do([&](PortProbe& probe) { closed = probe.Closed(); });
    return closed;
  }
  void WaitUntilClosed() {
    while (!Closed()) std::this_thread::yield();
  }

 private:
  EventLoop loop_{"limpid-probe"};
  std::unique_ptr<PortProbe> probe_;
};

std::string Nobody() { return StrCat("127.0.0.1:", testing::FreePort()); }

TEST(PortProbe, AsksAtTheStartWhereItIsToldTo) {
  ProbeFixture probe({.mode = PortProbe::Mode::kOn, .target = Nobody()});
  probe.Do([](PortProbe& it) { it.Start(); });
  probe.WaitUntilClosed();
}

TEST(PortProbe, AsksOnceSeveralProvidersInARowCannotBeReached) {
  ProbeFixture probe({.mode = PortProbe::Mode::kAuto, .target = Nobody()});
  probe.Do([](PortProbe& it) {
    it.Start();
    it.NotReached("a.fr");
    it.NotReached("b.fr");
    it.NotReached("b.fr");
    it.NotReached("c.fr");
  });
  probe.WaitUntilClosed();
  probe.Do([](PortProbe& it) { it.Reached(); });
  EXPECT_FALSE(probe.Closed());
}

TEST(PortProbe, BelievesThatThePortIsOpenWhereTheTargetIsThere) {
  ScriptedServer target(Mailboxes({}));
  ProbeFixture probe({.mode = PortProbe::Mode::kOn, .target = StrCat("127.0.0.1:", target.port())});
  probe.Do([](PortProbe& it) { it.Start(); });
  while (target.connections() == 0) std::this_thread::yield();
  EXPECT_FALSE(probe.Closed());
}

TEST(PortProbe, DoesNotConcernMailServersInsideTheCompany) {
  SmtpCallout::Options options = CalloutOptions(testing::FreePort());
  options.probe = {.mode = PortProbe::Mode::kOn, .target = Nobody()};
  CalloutFixture fixture(options);
  for (const std::string_view domain : {"a.fr", "b.fr", "c.fr", "d.fr", "e.fr"}) {
    EXPECT_EQ(fixture.Ask(std::string(domain), {"jean"}).front().reason, er::kNoConnect);
  }
}

}  // namespace
}  // namespace limpid::verify

#include "libs/testing/exim_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "libs/base/strings.h"
#include "libs/base/unique_fd.h"

namespace limpid::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The last line of each reply to the lines sent, the banner's first.
std::vector<std::string> Talk(int port, const std::vector<std::string>& lines) {
  const UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return {};
  FILE* const stream = fdopen(dup(fd.get()), "r+");
  std::vector<std::string> replies;
  char line[1024];
  const auto read_reply = [&] {
    do {
      if (fgets(line, sizeof(line), stream) == nullptr) return false;
    } while (line[3] == '-');
    replies.emplace_back(line);
    return true;
  };
  bool goes_on = read_reply();
  for (size_t i = 0; goes_on && i < lines.size(); ++i) {
    const std::string text = lines[i] + "\r\n";
    goes_on = send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL) > 0 && read_reply();
  }
  fclose(stream);
  return replies;
}

TEST(EximServer, KnowsItsMailboxesAndServesNoOtherDomain) {
  auto exim = EximServer::Start({.mailboxes = {"jean@exim.test"}, .catch_all_domains = {"all.test"}});
  ASSERT_TRUE(exim.ok()) << exim.status();
  EXPECT_THAT(Talk((*exim)->port(), {"EHLO test", "MAIL FROM:<a@b.test>", "RCPT TO:<jean@exim.test>",
                                     "RCPT TO:<paul@exim.test>", "RCPT TO:<paul@all.test>",
                                     "RCPT TO:<paul@other.test>", "QUIT"}),
              ElementsAre(StartsWith("220 "), StartsWith("250 "), StartsWith("250 "), StartsWith("250 "),
                          StartsWith("550 5.1.1 User unknown"), StartsWith("250 "),
                          StartsWith("550 relay not permitted"), StartsWith("221 ")));
  EXPECT_THAT((*exim)->Messages(), IsEmpty());
  EXPECT_THAT((*exim)->Log(), HasSubstr("rejected RCPT <paul@exim.test>"));
}

TEST(EximServer, KeepsTheMailItTakes) {
  auto exim = EximServer::Start();
  ASSERT_TRUE(exim.ok()) << exim.status();
  Talk((*exim)->port(), {"EHLO test", "MAIL FROM:<a@b.test>", "RCPT TO:<jean@exim.test>", "DATA",
                         "Subject: code\r\n\r\n123456\r\n.", "QUIT"});
  EXPECT_THAT((*exim)->Messages(), ElementsAre(AllOf(HasSubstr("jean@exim.test"), HasSubstr("Subject: code"),
                                                     HasSubstr("123456"))));
}

}  // namespace
}  // namespace limpid::testing

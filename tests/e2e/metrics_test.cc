// What the programs count is public: names, types and labels are those of tests/data/metrics.txt.
#include <cstdlib>
#include <fstream>

#include "tests/e2e/metrics_page.h"
#include "tests/e2e/shapes.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kGolden = LIMPID_SOURCE_DIR "/tests/data/metrics.txt";

MetricsPage PageOf(Suite& suite, std::string_view program) {
  const HttpAnswer answer = Send({.url = suite.ops_url(program) + "/metrics"});
  EXPECT_EQ(answer.status, 200);
  return MetricsPage(answer.body);
}

/// `tests/data/metrics.txt`: comments, then a line `program name type labels` for each family.
class GoldenFile {
 public:
  GoldenFile() {
    std::ifstream in(kGolden);
    for (std::string line; std::getline(in, line);) {
      (line.starts_with('#') ? comments_ : lines_).push_back(line);
    }
  }
  std::vector<std::string> FamiliesOf(std::string_view program) const {
    const std::string prefix = StrCat(program, " ");
    std::vector<std::string> families;
    for (const std::string& line : lines_) {
      if (line.starts_with(prefix)) families.push_back(line.substr(prefix.size()));
    }
    return families;
  }
  void Replace(std::string_view program, const std::vector<std::string>& families) {
    const std::string prefix = StrCat(program, " ");
    std::erase_if(lines_, [&](const std::string& line) { return line.starts_with(prefix); });
    for (const std::string& family : families) lines_.push_back(prefix + family);
    std::ranges::sort(lines_);
    std::ofstream out(kGolden);
    for (const std::string& line : comments_) out << line << "\n";
    for (const std::string& line : lines_) out << line << "\n";
  }

 private:
  std::vector<std::string> comments_;
  std::vector<std::string> lines_;
};

class Metrics : public BothShapes {
 protected:
  static std::vector<std::string> Programs() {
    if (GetParam() == Shape::kOneProcess) return {"limpid"};
    return {"gateway", "contact-svc", "verify-svc", "enrich-svc"};
  }
};

TEST_P(Metrics, FamiliesAreThoseOfTheGoldenFile) {
  const json person = {{"email", "ada.metrics@orange.fr"}, {"phone", "06 20 00 00 91"}, {"givenName", "Ada"}};
  ASSERT_EQ(TheSuite().Post("/v1/capture:check", person).status, 200);
  ASSERT_EQ(TheSuite().Post("/v1/capture:submit", person).status, 200);
  for (const std::string& program : Programs()) {
    const std::vector<std::string> families = PageOf(TheSuite(), program).Families();
    if (std::getenv("LIMPID_WRITE_GOLDEN") != nullptr) GoldenFile().Replace(program, families);
    EXPECT_THAT(families, ElementsAreArray(GoldenFile().FamiliesOf(program)))
        << program << ": the head of " << kGolden << " says how to write it anew";
  }
}

TEST_P(Metrics, NothingOfACallerStandsInThem) {
  const json person = {
      {"email", "zsazsa.metrics@orange.fr"}, {"phone", "06 20 00 00 92"}, {"givenName", "Zsazsa"}};
  ASSERT_EQ(TheSuite().Post("/v1/capture:submit", person, {{"X-Request-Id", "request-of-zsazsa"}}).status,
            200);
  for (const std::string& program : Programs()) {
    const std::string page = Send({.url = TheSuite().ops_url(program) + "/metrics"}).body;
    for (const char* said : {"zsazsa", "Zsazsa", "orange.fr", "0620000092", "33620000092", "contacts/"}) {
      EXPECT_THAT(page, Not(HasSubstr(said))) << program;
    }
  }
}

LIMPID_FOR_BOTH_SHAPES(Metrics);

TEST(MetricsOfOneProcess, ACallIsCountedOnceByEachServerThatItPasses) {
  Suite suite({.shape = Shape::kOneProcess});
  ASSERT_EQ(suite.Get("/v1/contacts").status, 200);
  const std::string page = Send({.url = suite.ops_url() + "/metrics"}).body;
  for (const char* server : {"contact", "gateway"}) {
    EXPECT_THAT(page, HasSubstr(StrCat(R"(limpid_rpc_server_calls_total{code="OK",)",
                                       R"(method="limpid.contact.v1.ContactService/ListContacts",server=")",
                                       server, "\"} 1\n")));
  }
}

// Whoever can add series with every call can fill the memory of a process and of the Prometheus behind it.
TEST(MetricsOfOneProcess, UnknownPathsAndMethodsAddNoSeries) {
  Suite suite({.shape = Shape::kOneProcess});
  const std::string grpc = StrCat("http://", suite.grpc_target());
  const auto call = [&](int number) {
    const std::string name = StrCat("Nonsense", number);
    EXPECT_EQ(suite.Get("/v1/" + name).status, 404);
    EXPECT_EQ(suite.Get("/v1/contacts:" + name).status, 404);
    EXPECT_GE(suite.Call(name, "/v1/contacts").status, 400);
    for (const std::string& path : {StrCat("/limpid.contact.v1.ContactService/", name),
                                    StrCat("/limpid.", name, ".v1.Service/Get"), "/" + name}) {
      // Without a message: gRPC may answer before it is sent, and curl takes that for a failure.
      HttpAnswer answer = Send({.method = "POST",
                                .url = grpc + path,
                                .headers = {{"Content-Type", "application/grpc"},
                                            {"TE", "trailers"},
                                            {"Authorization", "Bearer " + suite.key()}},
                                .http2 = true});
      EXPECT_EQ(answer.headers["grpc-status"], "12") << path;
    }
  };
  call(0);
  const std::set<std::string> before = PageOf(suite, "").series();
  EXPECT_THAT(before, Contains(HasSubstr("limpid_rpc_server_calls_total")));
  for (int number = 1; number <= 200; ++number) call(number);
  EXPECT_EQ(PageOf(suite, "").series(), before);
}

}  // namespace
}  // namespace limpid::e2e

#include "verify-svc/jobs/shipped_data.h"

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

#include <gmock/gmock.h>

#include "libs/base/log.h"
#include "libs/testing/temp_dir.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A kind of data that the test writes.
struct Words {
  absl::StatusOr<std::shared_ptr<const std::string>> Load() const {
    if (!fault.ok()) return fault;
    return std::make_shared<const std::string>(text);
  }
  ShippedKind<std::string> Kind(std::string name) {
    return {.name = std::move(name), .files = {}, .load = [this] { return Load(); }};
  }

  std::string text = "first";
  absl::Status fault;
};

class ShippedDataTest : public ::testing::Test {
 protected:
  ~ShippedDataTest() override { SetLogging({}); }

  MetricsRegistry metrics_;
  ShippedData data_{metrics_};
  Words words_;
};

TEST_F(ShippedDataTest, IsReadAtOnceAndFailsAsItsReaderDoes) {
  EXPECT_EQ(*data_.Add<std::string>(words_.Kind("words")).value()->Get(), "first");
  words_.fault = absl::NotFoundError("words.txt");
  EXPECT_EQ(data_.Add<std::string>(words_.Kind("others")).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ShippedDataTest, IsReplacedAsAWholeWhileWhoHoldsTheOldKeepsIt) {
  const auto in_force = data_.Add<std::string>(words_.Kind("words")).value();
  const std::shared_ptr<const std::string> held = in_force->Get();
  words_.text = "second";
  data_.Reload();
  EXPECT_EQ(*in_force->Get(), "second");
  EXPECT_EQ(*held, "first");
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_data_reloads_total{data=\"words\",outcome=\"taken\"} 1\n"));
}

TEST_F(ShippedDataTest, IsRefusedWhenItIsWrongAndTheOldStaysInForce) {
  std::vector<std::string> lines;
  SetLogging({.service = "verify-svc", .sink = [&](std::string_view line) { lines.emplace_back(line); }});
  const auto in_force = data_.Add<std::string>(words_.Kind("words")).value();
  Words good;
  const auto other = data_.Add<std::string>(good.Kind("others")).value();
  words_.fault = absl::InvalidArgumentError("words.txt: line 3");
  good.text = "second";
  data_.Reload();
  EXPECT_EQ(*in_force->Get(), "first");
  EXPECT_EQ(*other->Get(), "second") << "one that is wrong does not hold up the others";
  EXPECT_THAT(lines, ElementsAre(AllOf(HasSubstr("data_not_reloaded"), HasSubstr("words.txt: line 3"))));
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("limpid_data_reloads_total{data=\"words\",outcome=\"refused\"} 1\n"));
  words_.fault = absl::OkStatus();
  words_.text = "third";
  data_.Reload();
  EXPECT_EQ(*in_force->Get(), "third");
}

TEST_F(ShippedDataTest, TellsWhatItWasReplacedBy) {
  ShippedKind<std::string> kind = words_.Kind("words");
  std::string told;
  kind.on_replaced = [&](const std::string& before, const std::string& after) {
    told = before + " " + after;
  };
  ASSERT_TRUE(data_.Add<std::string>(std::move(kind)).ok());
  words_.text = "second";
  data_.Reload();
  EXPECT_EQ(told, "first second");
}

TEST_F(ShippedDataTest, HasAnotherStampWhenAFileOfAnyKindChanges) {
  const limpid::testing::TempDir folder;
  const std::string file = folder.File("words.txt");
  ShippedKind<std::string> kind = words_.Kind("words");
  kind.files = {file};
  ASSERT_TRUE(data_.Add<std::string>(std::move(kind)).ok());
  const uint64_t missing = data_.Stamp();
  std::ofstream(file) << "a word";
  const uint64_t written = data_.Stamp();
  EXPECT_NE(written, missing);
  EXPECT_EQ(data_.Stamp(), written);
}

TEST_F(ShippedDataTest, IsReadByWhoAsksWhileItIsReplaced) {
  const auto in_force = data_.Add<std::string>(words_.Kind("words")).value();
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) EXPECT_FALSE(in_force->Get()->empty());
  });
  std::thread signal([&] {
    for (int i = 0; i < 100; ++i) data_.Reload();
  });
  for (int i = 0; i < 100; ++i) data_.Reload();
  signal.join();
  done = true;
  reader.join();
}

}  // namespace
}  // namespace limpid::verify

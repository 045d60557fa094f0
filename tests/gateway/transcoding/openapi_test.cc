#include "gateway/transcoding/openapi.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/struct.pb.h"

#include "gateway/transcoding/descriptor_set.h"
#include "gateway/transcoding/http_binding.h"
#include "gateway/transcoding/proto_comment.h"
#include "libs/base/strings.h"
#include "libs/http/json_reader.h"

namespace limpid::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptorSet;
using google::protobuf::Value;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Value& Get(const Value& object, std::string_view key) {
  static const Value absent;
  const auto& fields = object.struct_value().fields();
  const auto found = fields.find(std::string(key));
  return found == fields.end() ? absent : found->second;
}

const Value& At(const Value& root, std::initializer_list<std::string_view> path) {
  const Value* at = &root;
  for (const std::string_view key : path) at = &Get(*at, key);
  return *at;
}

bool IsPresent(const Value& value) { return value.kind_case() != Value::KIND_NOT_SET; }

void Walk(const Value& value, const std::function<void(const Value&)>& visit) {
  visit(value);
  for (const auto& [key, member] : value.struct_value().fields()) Walk(member, visit);
  for (const Value& item : value.list_value().values()) Walk(item, visit);
}

FileDescriptorSet Embedded() {
  FileDescriptorSet files;
  EXPECT_TRUE(files.ParseFromString(std::string(EmbeddedDescriptorSet())));
  return files;
}

/// The names of our services in the embedded set.
std::vector<std::string> ServiceNames() {
  std::vector<std::string> names;
  const FileDescriptorSet files = Embedded();
  for (const auto& file : files.file()) {
    for (const auto& service : file.service()) names.push_back(StrCat(file.package(), ".", service.name()));
  }
  return names;
}

class OpenApiTest : public testing::Test {
 protected:
  OpenApiTest() {
    const auto text = MakeOpenApi(EmbeddedDescriptorSet(), {.version = "1.2.3"});
    EXPECT_TRUE(text.ok()) << text.status();
    const absl::Status read = http::ReadJson(*text, document_);
    EXPECT_TRUE(read.ok()) << read;
  }

  const Value& Operation(std::string_view path, std::string_view method) {
    return At(document_, {"paths", path, method});
  }

  Value document_;
};

TEST_F(OpenApiTest, HeadSaysWhatItIs) {
  EXPECT_EQ(Get(document_, "openapi").string_value(), "3.1.0");
  EXPECT_EQ(At(document_, {"info", "version"}).string_value(), "1.2.3");
  EXPECT_EQ(At(document_, {"components", "securitySchemes", "apiKey", "scheme"}).string_value(), "bearer");
}

TEST_F(OpenApiTest, EveryReferenceLeadsSomewhere) {
  int references = 0;
  Walk(document_, [&](const Value& value) {
    const std::string reference = Get(value, "$ref").string_value();
    if (reference.empty()) return;
    ++references;
    ASSERT_TRUE(reference.starts_with("#/components/")) << reference;
    const size_t slash = reference.find('/', 13);
    EXPECT_TRUE(IsPresent(
        At(document_, {"components", reference.substr(13, slash - 13), reference.substr(slash + 1)})))
        << reference;
  });
  EXPECT_GT(references, 100);
}

TEST_F(OpenApiTest, EveryMethodThatHttpReachesHasAnOperation) {
  std::set<std::string> expected;
  for (const std::string& name : ServiceNames()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(name);
    ASSERT_NE(service, nullptr) << name;
    const auto bindings = BindingsOf(*service);
    ASSERT_TRUE(bindings.ok()) << bindings.status();
    for (const HttpBinding& binding : *bindings) {
      expected.insert(StrCat(service->name(), "_", binding.method->name()));
      EXPECT_TRUE(binding.access.AdmitsAnyone() || binding.access.Admits(Role::kOperator))
          << binding.method->full_name() << " admits nobody";
    }
  }
  EXPECT_GT(expected.size(), 20u);
  std::set<std::string> found;
  for (const auto& [path, item] : Get(document_, "paths").struct_value().fields()) {
    for (const auto& [method, operation] : item.struct_value().fields()) {
      EXPECT_TRUE(found.insert(Get(operation, "operationId").string_value()).second) << path;
      EXPECT_THAT(Get(operation, "summary").string_value(), Not(IsEmpty())) << path;
      EXPECT_TRUE(IsPresent(At(operation, {"responses", "200"}))) << path;
      EXPECT_TRUE(IsPresent(At(operation, {"responses", "4XX"}))) << path;
    }
  }
  EXPECT_EQ(found, expected);
}

TEST_F(OpenApiTest, PathsAndTheirParametersAgree) {
  for (const auto& [path, item] : Get(document_, "paths").struct_value().fields()) {
    std::set<std::string> in_path;
    for (size_t open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
      in_path.insert(path.substr(open + 1, path.find('}', open) - open - 1));
    }
    for (const auto& [method, operation] : item.struct_value().fields()) {
      std::set<std::string> declared;
      for (const Value& parameter : Get(operation, "parameters").list_value().values()) {
        if (Get(parameter, "in").string_value() == "path")
          declared.insert(Get(parameter, "name").string_value());
      }
      EXPECT_EQ(declared, in_path) << method << " " << path;
    }
  }
}

TEST_F(OpenApiTest, EveryFieldIsDescribed) {
  for (const auto& [name, schema] : At(document_, {"components", "schemas"}).struct_value().fields()) {
    for (const auto& [field, property] : Get(schema, "properties").struct_value().fields()) {
      EXPECT_THAT(Get(property, "description").string_value(), Not(IsEmpty())) << name << "." << field;
    }
  }
}

TEST_F(OpenApiTest, ContactsAreAsTheContractHasThem) {
  EXPECT_TRUE(IsPresent(Operation("/v1/capture:check", "post")));
  const Value& get = Operation("/v1/contacts/{contact}", "get");
  EXPECT_EQ(Get(get, "operationId").string_value(), "ContactService_GetContact");
  EXPECT_THAT(Get(get, "description").string_value(), HasSubstr("`READER`"));
  const Value& list = Operation("/v1/contacts", "get");
  std::vector<std::string> names;
  for (const Value& parameter : Get(list, "parameters").list_value().values()) {
    names.push_back(Get(parameter, "name").string_value());
  }
  EXPECT_THAT(names, Contains("pageSize"));
  const Value& patch = Operation("/v1/contacts/{contact}", "patch");
  EXPECT_EQ(At(patch, {"requestBody", "content", "application/json", "schema", "$ref"}).string_value(),
            "#/components/schemas/contact.v1.Contact");
  const Value& watch = Operation("/v1/contacts:watch", "get");
  EXPECT_TRUE(IsPresent(At(watch, {"responses", "200", "content", "application/x-ndjson"})));
  EXPECT_TRUE(IsPresent(At(watch, {"responses", "200", "content", "text/event-stream"})));
  const Value& time =
      At(document_, {"components", "schemas", "contact.v1.Contact", "properties", "createTime"});
  EXPECT_EQ(Get(time, "format").string_value(), "date-time");
  EXPECT_TRUE(Get(time, "readOnly").bool_value());
}

// Static libraries lose descriptors that nobody refers to: half the API would be gone without a word.
TEST(DescriptorSet, HoldsTheServicesThatTheProgramHas) {
  std::vector<std::string> embedded = ServiceNames();
  EXPECT_THAT(embedded, Contains("limpid.gateway.v1.CaptureService"));
  int methods = 0;
  for (const std::string& name : embedded) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(name);
    ASSERT_NE(service, nullptr) << name;
    methods += service->method_count();
  }
  int embedded_methods = 0;
  const FileDescriptorSet files = Embedded();
  for (const auto& file : files.file()) {
    for (const auto& service : file.service()) embedded_methods += service.method_size();
  }
  EXPECT_EQ(methods, embedded_methods);
}

TEST(OpenApi, WhatIsNoSetOfDescriptorsIsRefused) { EXPECT_FALSE(MakeOpenApi("\xff\xff", {}).ok()); }

TEST(ProtoComment, IsTidiedAndCut) {
  const std::string tidy = TidyComment(" Required. Number as\n typed, e.g. 5.\n\n Second.\n");
  EXPECT_EQ(tidy, "Required. Number as typed, e.g. 5.\n\nSecond.");
  EXPECT_EQ(FirstSentence("Gives one contact. Fast."), "Gives one contact");
  EXPECT_EQ(FirstSentence("Gives one."), "Gives one");
  EXPECT_EQ(FirstSentence("One\n\nTwo"), "One");
  EXPECT_EQ(FirstSentence(""), "");
}

}  // namespace
}  // namespace limpid::gateway

#include "libs/rpc/wire.h"

#include <array>
#include <string>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <google/protobuf/wire_format_lite.h>
#include <grpcpp/support/slice.h>
#include <openssl/sha.h>

#include "absl/strings/escaping.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/text/unicode.h"

namespace limpid::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// Messages of ours are a few levels deep; protobuf itself stops at a hundred.
constexpr int kMaxDepth = 100;

// Looks for the texts that made a parse fail. Slow, and only used when one did.
class TextFaults {
 public:
  absl::Status Explain(const Descriptor& type, std::string_view bytes) {
    Walk(type, bytes, "", 0);
    if (!faults_.empty()) return faults_.Finish();
    return InvalidRequest(reason::kMalformedMessage,
                          StrCat("The body is not a message ", type.full_name(), "."));
  }

 private:
  void Walk(const Descriptor& type, std::string_view bytes, const std::string& prefix, int depth) {
    if (depth > kMaxDepth) return;
    std::vector<int> seen(type.field_count(), 0);
    CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    while (const uint32_t tag = in.ReadTag()) {
      const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
      if (field == nullptr ||
          WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
        if (!WireFormatLite::SkipField(&in, tag)) return;
        continue;
      }
      uint32_t size = 0;
      std::string value;
      if (!in.ReadVarint32(&size) || !in.ReadString(&value, static_cast<int>(size))) return;
      std::string path = StrCat(prefix, field->name());
      if (field->is_repeated()) StrAppend(path, "[", seen[field->index()]++, "]");
      if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
        Walk(*field->message_type(), value, StrCat(path, "."), depth + 1);
      } else if (field->type() == FieldDescriptor::TYPE_STRING && !text::IsValidUtf8(value)) {
        faults_.Add(path, reason::kInvalidUtf8, "This text is not UTF-8: send it in that encoding.");
      }
    }
  }

  ErrorCollector faults_;
};

std::string Flatten(const grpc::ByteBuffer& bytes) {
  std::vector<grpc::Slice> slices;
  std::string flat;
  if (!bytes.Dump(&slices).ok()) return flat;
  for (const grpc::Slice& slice : slices)
    flat.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return flat;
}

}  // namespace

absl::Status CheckSent(const grpc::ByteBuffer& bytes) {
  if (bytes.Valid()) return absl::OkStatus();
  return InvalidRequest(reason::kMalformedMessage, "The call ended without a message.");
}

absl::Status ParseMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  if (absl::Status status = CheckSent(bytes); !status.ok()) return status;
  grpc::Slice slice;
  if (bytes.TrySingleSlice(&slice).ok()) {
    if (message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) return absl::OkStatus();
  } else if (message.ParseFromString(Flatten(bytes))) {
    return absl::OkStatus();
  }
  return TextFaults().Explain(*message.GetDescriptor(), Flatten(bytes));
}

grpc::ByteBuffer SerializeMessage(const google::protobuf::Message& message) {
  const size_t size = message.ByteSizeLong();
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

std::string RequestDigest(const google::protobuf::Message& request) {
  std::string text = StrCat(request.GetDescriptor()->full_name(), "\n");
  {
    google::protobuf::io::StringOutputStream stream(&text);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&out);
  }
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace limpid::rpc

namespace grpc {

using limpid::rpc::IncomingMessage;
using limpid::rpc::OutgoingMessage;
using limpid::rpc::PassedBytes;

Status SerializationTraits<PassedBytes>::Serialize(const PassedBytes& passed, ByteBuffer* out,
                                                   bool* own_buffer) {
  out->Swap(&passed.bytes);
  *own_buffer = true;
  return Status::OK;
}

Status SerializationTraits<PassedBytes>::Deserialize(ByteBuffer* in, PassedBytes* passed) {
  passed->bytes.Swap(in);
  return Status::OK;
}

Status SerializationTraits<OutgoingMessage>::Serialize(const OutgoingMessage& outgoing, ByteBuffer* out,
                                                       bool* own_buffer) {
  ByteBuffer bytes = limpid::rpc::SerializeMessage(*outgoing.message);
  out->Swap(&bytes);
  *own_buffer = true;
  return Status::OK;
}

Status SerializationTraits<IncomingMessage>::Deserialize(ByteBuffer* in, IncomingMessage* incoming) {
  incoming->read = limpid::rpc::ParseMessage(*in, *incoming->message).ok();
  in->Clear();
  return Status::OK;
}

}  // namespace grpc

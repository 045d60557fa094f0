#include "libs/rpc/status.h"

#include <array>
#include <utility>

#include <grpcpp/support/status.h>

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

// gRPC's clients take 8 KiB of trailers, names and 32 bytes for each header included. Base64 makes a third
// more of the details, and percent-encoding three bytes of one in a sentence that is not ASCII.
constexpr size_t kMaxEncodedBytes = 4864;
constexpr size_t kMaxMessageBytes = 384;
// What the wire adds to a detail beside its type and value: tags and lengths.
constexpr size_t kDetailOverhead = 12;

// In the order in which they are kept when not all fit.
constexpr std::array kDetailTypes = {kErrorInfoType, kRetryInfoType, kBadRequestType, kResourceInfoType};

// Cuts between characters: the wire takes UTF-8 only.
std::string_view Shortened(std::string_view text) {
  if (text.size() <= kMaxMessageBytes) return text;
  size_t end = kMaxMessageBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

std::string EncodeStatus(const absl::Status& status) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  const std::string_view message = Shortened(Std(status.message()));
  out.set_message(message.data(), message.size());
  size_t size = out.ByteSizeLong();
  for (const std::string_view type : kDetailTypes) {
    const auto payload = status.GetPayload(Absl(type));
    if (!payload || size + type.size() + payload->size() + kDetailOverhead > kMaxEncodedBytes) continue;
    google::protobuf::Any& detail = *out.add_details();
    detail.set_type_url(type.data(), type.size());
    detail.set_value(std::string(*payload));
    size += type.size() + payload->size() + kDetailOverhead;
  }
  return out.SerializeAsString();
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      std::string(Shortened(Std(status.message()))), EncodeStatus(status));
}

absl::Status FromGrpc(const grpc::Status& status, std::string_view peer, bool stopped) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  google::rpc::Status details;
  if (!status.error_details().empty() && details.ParseFromString(status.error_details()) &&
      details.details_size() > 0) {
    absl::Status result(code, status.error_message());
    for (const google::protobuf::Any& detail : details.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
    return result;
  }
  // No details: the transport speaks, or a peer that is not ours.
  if (code == absl::StatusCode::kUnavailable || (code == absl::StatusCode::kCancelled && !stopped)) {
    return Unavailable(peer);
  }
  if (code == absl::StatusCode::kDeadlineExceeded) return DeadlineExceeded();
  if (code == absl::StatusCode::kCancelled) return Cancelled();
  return absl::Status(code, status.error_message());
}

}  // namespace limpid::rpc

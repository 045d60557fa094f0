#include "gateway/rpc/key_convert.h"

#include <cstdint>
#include <string>

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

using WireRole = type::v1::Role;

WireRole::Value ToProto(Role role) {
  switch (role) {
    case Role::kNone:
      return WireRole::ROLE_UNSPECIFIED;
    case Role::kOperator:
      return WireRole::OPERATOR;
    case Role::kAdmin:
      return WireRole::ADMIN;
    case Role::kStandard:
      return WireRole::STANDARD;
    case Role::kReader:
      return WireRole::READER;
    case Role::kCapture:
      return WireRole::CAPTURE;
    case Role::kService:
      return WireRole::SERVICE;
  }
  return WireRole::ROLE_UNSPECIFIED;
}

/// Role::kService stands for every word that no key has, known or not: CheckKeyDraft refuses it.
Role FromProto(WireRole::Value role) {
  switch (role) {
    case WireRole::ROLE_UNSPECIFIED:
      return Role::kNone;
    case WireRole::OPERATOR:
      return Role::kOperator;
    case WireRole::ADMIN:
      return Role::kAdmin;
    case WireRole::STANDARD:
      return Role::kStandard;
    case WireRole::READER:
      return Role::kReader;
    case WireRole::CAPTURE:
      return Role::kCapture;
    default:
      return Role::kService;
  }
}

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = micros / 1'000'000 - (micros % 1'000'000 < 0 ? 1 : 0);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>((micros - seconds * 1'000'000) * 1000));
  return timestamp;
}

absl::Duration FromProto(const google::protobuf::Duration& duration, std::string_view field,
                         ErrorCollector& errors) {
  const bool opposed =
      (duration.seconds() > 0 && duration.nanos() < 0) || (duration.seconds() < 0 && duration.nanos() > 0);
  if (opposed || duration.nanos() <= -1'000'000'000 || duration.nanos() >= 1'000'000'000) {
    errors.Add(field, reason::kOutOfRange, "Seconds and nanoseconds do not go together.");
    return absl::ZeroDuration();
  }
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

v1::Key ToProto(const ApiKey& key, int default_rate_per_minute) {
  v1::Key wire;
  wire.set_name(StrCat("keys/", key.id.value()));
  wire.set_display_name(key.display_name);
  wire.set_role(ToProto(key.role));
  for (const std::string& origin : key.origins) wire.add_origins(origin);
  wire.set_rate_per_minute(key.rate_per_minute.value_or(default_rate_per_minute));
  wire.set_secret_prefix(key.secret_prefix);
  *wire.mutable_create_time() = ToProto(key.create_time);
  if (key.revoke_time) *wire.mutable_revoke_time() = ToProto(*key.revoke_time);
  if (key.previous_expire_time) *wire.mutable_previous_expire_time() = ToProto(*key.previous_expire_time);
  return wire;
}

v1::Key ToProto(const IssuedKey& key, int default_rate_per_minute) {
  v1::Key wire = ToProto(key.key, default_rate_per_minute);
  wire.set_secret(key.secret);
  return wire;
}

KeyDraft FromProto(const v1::Key& key, std::string_view path, ErrorCollector& errors) {
  const auto refuse_set = [&](bool set, std::string_view field) {
    if (set) errors.Add(StrCat(path, ".", field), reason::kReadOnly, "Set by the gateway: leave it out.");
  };
  refuse_set(!key.name().empty(), "name");
  refuse_set(!key.secret().empty(), "secret");
  refuse_set(!key.secret_prefix().empty(), "secret_prefix");
  refuse_set(key.has_create_time(), "create_time");
  refuse_set(key.has_revoke_time(), "revoke_time");
  refuse_set(key.has_previous_expire_time(), "previous_expire_time");

  KeyDraft draft;
  draft.display_name = key.display_name();
  draft.role = FromProto(key.role());
  draft.origins.assign(key.origins().begin(), key.origins().end());
  if (key.rate_per_minute() != 0) draft.rate_per_minute = key.rate_per_minute();
  return draft;
}

}  // namespace limpid::gateway

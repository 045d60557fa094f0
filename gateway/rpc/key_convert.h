#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "limpid/gateway/v1/key_service.pb.h"

#include "gateway/app/issued_key.h"
#include "libs/base/error.h"

namespace limpid::gateway {

google::protobuf::Timestamp ToProto(absl::Time time);
/// OUT_OF_RANGE for `field` when seconds and nanoseconds do not go together.
absl::Duration FromProto(const google::protobuf::Duration& duration, std::string_view field,
                         ErrorCollector& errors);

/// `default_rate_per_minute` is shown for a key that names none.
v1::Key ToProto(const ApiKey& key, int default_rate_per_minute);
v1::Key ToProto(const IssuedKey& key, int default_rate_per_minute);

/// A key to make. Adds violations for output-only fields that are set; the rest is CheckKeyDraft's to say.
KeyDraft FromProto(const v1::Key& key, std::string_view path, ErrorCollector& errors);

}  // namespace limpid::gateway

#pragma once

#include "limpid/gateway/v1/capture_service.pb.h"

namespace limpid::gateway {

/// Takes off what a keyboard or a paste put around the values: white space around e-mail and phone, and in
/// names what DisplayName() takes off. Nobody needs to be asked about that.
void Tidy(v1::CheckRequest& request);
void Tidy(v1::SubmitRequest& request);

}  // namespace limpid::gateway

#pragma once

#include <string>
#include <string_view>

#include "libs/base/call.h"
#include "libs/rpc/principal.h"

namespace limpid::rpc {

/// What one service tells another about each call, in one entry of metadata (`limpid-call`): gRPC handles
/// every entry apart at both ends, and three of them cost more than what they say.
///
/// Fields stand in a fixed order with a blank between: the signed principal, the request id, the language.
/// Those at the end may be missing. Views into the line.
struct CallLine {
  std::string_view principal;
  std::string_view request_id;  ///< Unchecked.
  std::string_view language;
};

CallLine ReadCallLine(std::string_view line);
/// A field that holds a blank is left empty.
std::string MakeCallLine(const Call& call, PrincipalSigner& signer);

}  // namespace limpid::rpc

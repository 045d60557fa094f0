#pragma once

namespace limpid::rpc {

/// Sets what gRPC and protobuf keep for the whole process: health and reflection on every server, and their
/// own lines in our log. Called by Server and MakeChannel before anything else; later calls do nothing.
void SetUpProcess();

}  // namespace limpid::rpc

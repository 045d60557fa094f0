#pragma once

namespace limpid::rpc {

/// Sets what gRPC and protobuf keep for the whole process: health and reflection on every server, their own
/// lines in our log, and a heap for calls that come and go. Called by Server and MakeChannel before anything
/// else; later calls do nothing.
void SetUpProcess();

}  // namespace limpid::rpc

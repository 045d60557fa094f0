#include "gateway/forwarding/peer_stream.h"

#include <utility>

namespace limpid::gateway {

void PeerStream::Start(const Call& call, const std::string& path) {
  client_.Prepare(call, /*streaming=*/true, context_);
  stop_.emplace(call.stop, Canceller{&context_});
  client_.stub().PrepareBidiStreamingCall(&context_, path, {}, this);
  AddMultipleHolds(2);
  StartRead(&incoming_);
  StartCall();
}

void PeerStream::Send(grpc::ByteBuffer& message) {
  MutexLock lock(mutex_);
  if (upwards_over_) return;
  outgoing_.Swap(&message);
  StartWrite(&outgoing_);
}

void PeerStream::SendLast(grpc::ByteBuffer message) {
  MutexLock lock(mutex_);
  if (upwards_over_) return;
  last_ = true;
  outgoing_.Swap(&message);
  StartWriteLast(&outgoing_, grpc::WriteOptions());
}

void PeerStream::SendNoMore() {
  {
    MutexLock lock(mutex_);
    if (upwards_over_) return;
    StartWritesDone();
  }
  EndUpwards();
}

void PeerStream::Read() { StartRead(&incoming_); }

void PeerStream::Abandon() {
  context_.TryCancel();
  StartRead(&incoming_);  // Fails, and so ends the direction as every other end does.
}

void PeerStream::OnReadDone(bool ok) {
  if (ok) return listener_.OnPeerMessage(incoming_);
  // The service has said its last word: what the caller still sends goes nowhere.
  EndUpwards();
  RemoveHold();
}

void PeerStream::OnWriteDone(bool ok) {
  if (!ok || last_) return EndUpwards();
  listener_.OnPeerTook();
}

void PeerStream::OnDone(const grpc::Status& status) {
  stop_.reset();
  listener_.OnPeerEnd(status);  // May end in the deletion of this object.
}

void PeerStream::EndUpwards() {
  {
    MutexLock lock(mutex_);
    if (std::exchange(upwards_over_, true)) return;
  }
  RemoveHold();
}

}  // namespace limpid::gateway

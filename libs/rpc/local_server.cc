#include "libs/rpc/local_server.h"

#include <utility>

namespace limpid::rpc {
namespace {

absl::flat_hash_map<std::string, LocalMethod> ByPath(const std::vector<LocalMethod>& methods) {
  absl::flat_hash_map<std::string, LocalMethod> by_path;
  for (const LocalMethod& method : methods) by_path.emplace(method.served->path, method);
  return by_path;
}

}  // namespace

LocalServer::LocalServer(const std::vector<LocalMethod>& methods) : methods_(ByPath(methods)) {}

const LocalMethod* LocalServer::Find(const std::string& path) const {
  const auto it = methods_.find(path);
  return it == methods_.end() ? nullptr : &it->second;
}

LocalServer::Visit::Visit(std::shared_ptr<LocalServer> server) {
  MutexLock lock(server->mutex_);
  if (server->closed_) return;
  ++server->running_;
  server_ = server;
}

LocalServer::Visit::~Visit() {
  if (server_ == nullptr) return;
  MutexLock lock(server_->mutex_);
  if (--server_->running_ == 0 && server_->closed_) server_->idle_.NotifyAll();
}

void LocalServer::Close() {
  MutexLock lock(mutex_);
  closed_ = true;
}

void LocalServer::Drain(SteadyTime deadline) {
  Close();
  const auto idle = [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return running_ == 0; };
  {
    MutexLock lock(mutex_);
    if (idle_.WaitUntil(mutex_, deadline, idle)) return;
  }
  cancel_.request_stop();
  MutexLock lock(mutex_);
  idle_.Wait(mutex_, idle);
}

}  // namespace limpid::rpc

#include "libs/sql/postgres/replica_link.h"

#include <array>
#include <utility>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "libs/base/strings.h"

namespace limpid::sql {

ReplicaLink::ReplicaLink(PostgresConnection::Settings settings, absl::Duration poll_interval,
                         CommitSignal& commits)
    : settings_(std::move(settings)),
      poll_interval_(poll_interval),
      commits_(commits),
      channel_(StrCat("limpid_", settings_.schema)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { Work(); }) {
  pthread_setname_np(thread_.native_handle(), "replica-link");
}

ReplicaLink::~ReplicaLink() {
  stop_.request_stop();
  eventfd_write(wake_, 1);
  thread_.join();
  close(wake_);
}

void ReplicaLink::Tell() { eventfd_write(wake_, 1); }

void ReplicaLink::Work() {
  Call call;
  call.stop = stop_.get_token();
  while (!call.Stopped()) {
    auto connection = PostgresConnection::Open(settings_, call);
    connected_ = connection.ok();
    if (connection.ok() && (*connection)->RunScript(StrCat("LISTEN \"", channel_, "\""), call).ok()) {
      Follow(**connection);
    } else {
      WaitForNews(-1);
    }
    // Whatever was said while nobody listened.
    commits_.Notify();
  }
}

void ReplicaLink::Follow(PostgresConnection& connection) {
  Call call;
  call.stop = stop_.get_token();
  // The first round tells of all that came before.
  bool tell = true;
  while (!call.Stopped() && !connection.broken()) {
    if (tell) {
      if (!connection.RunScript(StrCat("NOTIFY \"", channel_, "\""), call).ok()) return;
    }
    connection.TakeNotifications();
    commits_.Notify();
    tell = WaitForNews(connection.socket());
  }
}

bool ReplicaLink::WaitForNews(int socket) {
  std::array<pollfd, 2> descriptors = {pollfd{wake_, POLLIN, 0}, pollfd{socket, POLLIN, 0}};
  poll(descriptors.data(), socket < 0 ? 1 : 2, static_cast<int>(absl::ToInt64Milliseconds(poll_interval_)));
  eventfd_t count = 0;
  return eventfd_read(wake_, &count) == 0;
}

}  // namespace limpid::sql

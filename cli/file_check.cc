#include "cli/file_check.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/trim.h"

namespace limpid::cli {
namespace {

using Response = absl::StatusOr<gateway::v1::CheckResponse>;

/// A row from when it is read until it is given out.
struct Slot {
  CsvRow row;
  gateway::v1::CheckRequest request;
  int attempts = 0;
  bool is_short = false;
  std::optional<RowResult> result;
};

/// Where answers wait for the thread that runs. Shared with callbacks, which may outlive the run.
struct Mailbox {
  Mutex mutex;
  CondVar changed;
  std::deque<std::pair<std::shared_ptr<Slot>, Response>> answers ABSL_GUARDED_BY(mutex);
  bool stopped ABSL_GUARDED_BY(mutex) = false;
};

/// Whether the rest of the row belongs to no column: then which cell is which is not known.
bool IsRagged(const CsvRow& row, size_t width) {
  return row.unterminated || (row.cells.size() > width &&
                              std::any_of(row.cells.begin() + static_cast<ptrdiff_t>(width), row.cells.end(),
                                          [](const std::string& cell) { return !Trim(cell).empty(); }));
}

bool IsRefusalOfTheCaller(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnauthenticated ||
         status.code() == absl::StatusCode::kPermissionDenied;
}

/// The run itself; one thread.
class FileRun {
 public:
  FileRun(const FileCheck::Options& options, const CheckCall& check, Summary& summary,
          const FileCheck::OnRow& on_row)
      : options_(options), check_(check), summary_(summary), on_row_(on_row) {}

  absl::Status Run(CsvReader& reader, const Columns& columns, size_t width, const std::stop_token& stop) {
    const std::stop_callback wake(stop, [mailbox = mailbox_] {
      MutexLock lock(mailbox->mutex);
      mailbox->stopped = true;
      mailbox->changed.NotifyAll();
    });
    while (failure_.ok()) {
      Send();
      ReadAhead(reader, columns, width);
      Send();
      GiveOut();
      if (window_.empty() && at_end_) return absl::OkStatus();
      if (in_flight_ == 0 && to_send_.empty()) continue;  // a stretch of rows that need no call
      if (!Collect()) return Cancelled();
    }
    return failure_;
  }

 private:
  void ReadAhead(CsvReader& reader, const Columns& columns, size_t width) {
    while (!at_end_ && window_.size() < options_.max_window && to_send_.size() < options_.max_in_flight) {
      auto slot = std::make_shared<Slot>();
      if (!reader.Next(slot->row)) {
        at_end_ = true;
        return;
      }
      slot->is_short = slot->row.cells.size() < width;
      if (IsRagged(slot->row, width)) {
        slot->result = RowResult{.outcome = RowOutcome::kRagged};
      } else {
        slot->request = RequestOf(columns, slot->row.cells, options_.defaults);
        if (slot->request.email().empty() && slot->request.phone().empty()) {
          slot->result = RowResult{.outcome = RowOutcome::kEmpty};
        } else {
          to_send_.push_back(slot);
        }
      }
      window_.push_back(std::move(slot));
    }
  }

  void Send() {
    const SteadyTime now = SystemClock().SteadyNow();
    while (!to_send_.empty() && in_flight_ < options_.max_in_flight && now >= not_before_) {
      const std::shared_ptr<Slot> slot = std::move(to_send_.front());
      to_send_.pop_front();
      ++slot->attempts;
      ++in_flight_;
      check_(slot->request, [mailbox = mailbox_, slot](Response response) {
        MutexLock lock(mailbox->mutex);
        mailbox->answers.emplace_back(slot, std::move(response));
        mailbox->changed.NotifyAll();
      });
    }
  }

  /// Waits for answers, or until it is time to send again. False: the run was stopped.
  bool Collect() {
    std::deque<std::pair<std::shared_ptr<Slot>, Response>> answers;
    {
      MutexLock lock(mailbox_->mutex);
      const auto ready = [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
        return mailbox_->stopped || !mailbox_->answers.empty();
      };
      if (to_send_.empty() || in_flight_ >= options_.max_in_flight) {
        mailbox_->changed.Wait(mailbox_->mutex, ready);
      } else {
        mailbox_->changed.WaitUntil(mailbox_->mutex, not_before_, ready);
      }
      if (mailbox_->stopped) return false;
      answers.swap(mailbox_->answers);
    }
    for (auto& [slot, response] : answers) {
      --in_flight_;
      Settle(slot, response);
    }
    return true;
  }

  void Settle(const std::shared_ptr<Slot>& slot, const Response& response) {
    if (response.ok()) {
      slot->result = ResultOf(*response);
      return;
    }
    const absl::Status& error = response.status();
    if (IsRefusalOfTheCaller(error)) {
      failure_.Update(error);
    } else if (const auto delay = RetryDelay(error, slot->attempts)) {
      not_before_ = std::max(not_before_, SystemClock().SteadyNow() + absl::ToChronoNanoseconds(*delay));
      to_send_.push_front(slot);
    } else if (error.code() == absl::StatusCode::kUnavailable) {
      failure_.Update(error);
    } else {
      slot->result = ResultOf(error);
    }
  }

  /// After how long a row is sent again. A quota is waited for as often as it takes, a gateway that is away
  /// is not.
  std::optional<absl::Duration> RetryDelay(const absl::Status& error, int attempts) const {
    const absl::Duration given = DetailsOf(error).retry_after;
    if (error.code() == absl::StatusCode::kResourceExhausted && given > absl::ZeroDuration()) return given;
    if (error.code() != absl::StatusCode::kUnavailable || attempts >= options_.max_attempts)
      return std::nullopt;
    return std::max(given, options_.first_retry_delay * (1 << (attempts - 1)));
  }

  void GiveOut() {
    while (!window_.empty() && window_.front()->result) {
      Slot& slot = *window_.front();
      if (slot.is_short) summary_.AddShortRow(slot.row.line);
      summary_.Add(slot.row.line, *slot.result);
      on_row_(std::move(slot.row), *slot.result);
      window_.pop_front();
    }
  }

  const FileCheck::Options& options_;
  const CheckCall& check_;
  Summary& summary_;
  const FileCheck::OnRow& on_row_;
  const std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
  std::deque<std::shared_ptr<Slot>> window_;
  std::deque<std::shared_ptr<Slot>> to_send_;
  size_t in_flight_ = 0;
  bool at_end_ = false;
  SteadyTime not_before_{};
  absl::Status failure_;
};

}  // namespace

absl::Status FileCheck::Run(CsvReader& reader, const Columns& columns, size_t width, Summary& summary,
                            const OnRow& on_row, std::stop_token stop) {
  return FileRun(options_, check_, summary, on_row).Run(reader, columns, width, stop);
}

}  // namespace limpid::cli

#include "libs/redis/codec.h"

#include <utility>
#include <vector>

#include <hiredis/hiredis.h>

#include "libs/base/error.h"

namespace limpid::redis {
namespace {

// hiredis builds its replies through these: straight into a Reply, without a tree of its own to copy from.
// Elements live in their parent's vector; only the root is allocated, and given to freeObject.
Reply* Place(const redisReadTask* task, Reply::Kind kind) {
  Reply* reply =
      task->parent == nullptr ? new Reply : &static_cast<Reply*>(task->parent->obj)->elements[task->idx];
  reply->kind = kind;
  return reply;
}

void* CreateString(const redisReadTask* task, char* text, size_t length) {
  using enum Reply::Kind;
  Reply* reply = Place(task, task->type == REDIS_REPLY_ERROR    ? kError
                             : task->type == REDIS_REPLY_STATUS ? kStatus
                                                                : kString);
  reply->text.assign(text, length);
  return reply;
}

void* CreateArray(const redisReadTask* task, int elements) {
  Reply* reply = Place(task, Reply::Kind::kArray);
  reply->elements.resize(static_cast<size_t>(elements));
  return reply;
}

void* CreateInteger(const redisReadTask* task, long long value) {
  Reply* reply = Place(task, Reply::Kind::kInteger);
  reply->integer = value;
  return reply;
}

void* CreateNil(const redisReadTask* task) { return Place(task, Reply::Kind::kNil); }

void FreeReply(void* reply) { delete static_cast<Reply*>(reply); }

// hiredis takes a pointer that is not const, and does not write through it.
redisReplyObjectFunctions builders = {CreateString, CreateArray, CreateInteger, CreateNil, FreeReply};

}  // namespace

std::string EncodeCommand(std::span<const std::string_view> arguments) {
  std::vector<const char*> texts;
  std::vector<size_t> lengths;
  for (const std::string_view argument : arguments) {
    texts.push_back(argument.data());
    lengths.push_back(argument.size());
  }
  char* command = nullptr;
  const int length =
      redisFormatCommandArgv(&command, static_cast<int>(arguments.size()), texts.data(), lengths.data());
  if (length < 0) throw std::bad_alloc();
  std::string out(command, static_cast<size_t>(length));
  redisFreeCommand(command);
  return out;
}

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader(RespScanner::Limits limits)
    : scanner_(limits), reader_(redisReaderCreateWithFunctions(&builders)) {}

absl::Status ReplyReader::Feed(std::string_view bytes) {
  if (absl::Status status = scanner_.Scan(bytes); !status.ok()) return status;
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) return Unavailable("redis");
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Reply>> ReplyReader::Next() {
  void* root = nullptr;
  if (redisReaderGetReply(reader_.get(), &root) != REDIS_OK) return Unavailable("redis");
  if (root == nullptr) return std::nullopt;
  const std::unique_ptr<Reply> reply(static_cast<Reply*>(root));
  return std::move(*reply);
}

}  // namespace limpid::redis

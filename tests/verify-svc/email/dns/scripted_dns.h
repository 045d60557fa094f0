#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "libs/base/unique_fd.h"

namespace limpid::verify::dns {

/// A DNS server that says what a test wants, for what a real one will not do. UDP and TCP on one port of the
/// loopback address.
class ScriptedDns {
 public:
  /// The datagrams (or, by TCP, the messages) that answer a question; none: silence.
  using Script = std::function<std::vector<std::string>(std::string_view question, bool by_tcp)>;

  explicit ScriptedDns(Script script);
  ~ScriptedDns();
  ScriptedDns(const ScriptedDns&) = delete;
  ScriptedDns& operator=(const ScriptedDns&) = delete;

  std::string address() const;
  int asked_by_udp() const { return asked_by_udp_; }
  int asked_by_tcp() const { return asked_by_tcp_; }

 private:
  void Work();
  void AnswerUdp();
  void AnswerTcp();

  const Script script_;
  UniqueFd udp_;
  UniqueFd tcp_;
  UniqueFd wake_;
  int port_ = 0;
  std::atomic<int> asked_by_udp_ = 0;
  std::atomic<int> asked_by_tcp_ = 0;
  std::thread thread_;
};

}  // namespace limpid::verify::dns

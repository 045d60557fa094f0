#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct evp_mac_ctx_st;

namespace limpid::redis {

/// The name under which something is kept in a cache. Only KeyHasher makes one, so that no e-mail, phone or
/// address can become part of a key.
class CacheKey {
 public:
  const std::string& text() const { return text_; }
  friend bool operator==(const CacheKey&, const CacheKey&) = default;

 private:
  friend class KeyHasher;
  explicit CacheKey(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// Makes keys and check tags with HMAC-SHA-256 under a secret, cut to 128 bits.
///
/// Without the secret, who reads the cache cannot find out whose entry it is by trying addresses and numbers,
/// as with a plain hash. All processes that share a Redis need the same secret. Thread-safe.
class KeyHasher {
 public:
  static constexpr size_t kTagBytes = 16;

  explicit KeyHasher(std::string_view secret);
  KeyHasher(KeyHasher&&) noexcept;
  KeyHasher& operator=(KeyHasher&&) noexcept;
  ~KeyHasher();

  /// `kind` says what is kept, in a word of ours (`mx`, `verdict`); `parts` say of what: the tenant first
  /// where the answer is not the same for all. `limpid:<kind>:<22 characters>`.
  CacheKey Key(std::string_view kind, std::initializer_list<std::string_view> parts) const;
  /// What proves that `value` was stored under `key` by a holder of the secret: kTagBytes bytes.
  std::string Tag(const CacheKey& key, std::string_view value) const;

 private:
  struct Free {
    void operator()(evp_mac_ctx_st* context) const;
  };
  std::string Digest(char purpose, std::initializer_list<std::string_view> parts) const;

  std::unique_ptr<evp_mac_ctx_st, Free> keyed_;  ///< Copied for each digest: setting the key costs as much.
};

}  // namespace limpid::redis

#include "verify-svc/phone/providers/web_token.h"

#include <utility>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "absl/strings/escaping.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

std::string Encoded(std::string_view bytes) {
  std::string text;
  absl::WebSafeBase64Escape(Absl(bytes), &text);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

}  // namespace

void WebTokenSigner::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

WebTokenSigner::WebTokenSigner(Key key) : key_(std::move(key)) {}
WebTokenSigner::WebTokenSigner(WebTokenSigner&&) noexcept = default;
WebTokenSigner::~WebTokenSigner() = default;

absl::StatusOr<WebTokenSigner> WebTokenSigner::Create(std::string_view pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  // Without a callback OpenSSL would ask the terminal for the password of an encrypted key.
  const auto no_password = [](char*, int, int, void*) { return -1; };
  Key key(PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_password, nullptr));
  if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) {
    return absl::InvalidArgumentError("not a private RSA key in PEM");
  }
  return WebTokenSigner(std::move(key));
}

std::string WebTokenSigner::Sign(std::string_view claims) const {
  const std::string text = StrCat(Encoded(R"({"alg":"RS256","typ":"JWT"})"), ".", Encoded(claims));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  std::string signature(size, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                 reinterpret_cast<const unsigned char*>(text.data()), text.size());
  signature.resize(size);
  return StrCat(text, ".", Encoded(signature));
}

}  // namespace limpid::verify

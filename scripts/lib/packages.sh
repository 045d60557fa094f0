# The Debian 12 packages that Limpid needs, by what they are needed for. One place to add one.
# shellcheck shell=bash disable=SC2034

# Configure, compile, link and run the suite in one process.
RUN_PACKAGES=(
  # the tools
  g++ cmake ninja-build pkg-config ccache mold git curl ca-certificates
  # the wire: gRPC, protobuf, google/api and google/rpc protos, JSON, HTTP, TLS
  libgrpc++-dev protobuf-compiler-grpc libprotobuf-dev protobuf-compiler golang-github-gogo-googleapis-dev
  libsimdjson-dev libcurl4-openssl-dev libssl-dev
  # Beast and Asio, headers only. Never libboost1.81-dev: it removes libphonenumber-dev, which needs 1.74.
  libboost-dev
  # the rules: phones, Unicode, international domains, public suffixes
  libphonenumber-dev libicu-dev libidn2-dev libpsl-dev
  # asynchronous DNS
  libc-ares-dev
  # storage and cache
  libsqlite3-dev libpq-dev libhiredis-dev
  # settings and metrics
  libyaml-cpp-dev prometheus-cpp-dev
  # configured with the suite, though only tests and benches link them
  libgtest-dev libgmock-dev libbenchmark-dev nlohmann-json3-dev
)

# `scripts/start --separate`: the servers that the four processes share.
SEPARATE_PACKAGES=(redis-server redis-tools postgresql)

# `scripts/test`: real neighbours for the tests (dnsmasq-base is the program without the service, unbound starts none where no systemd runs), load tools
# and what the quick checks read.
TEST_PACKAGES=("${SEPARATE_PACKAGES[@]}" openssl dnsmasq-base unbound wrk nghttp2-client python3 python3-yaml clang-format)

# Unpacked for the tests by scripts/lib/unpack_mail_servers, with what they need and a Debian machine may lack; the two
# wrappers let a server find users that the machine does not have; the SOCKS proxy is what they are asked through.
MAIL_SERVER_PACKAGES=(
  exim4-daemon-light libgnutls-dane0 libidn12 libnsl2 libunbound8 libevent-2.1-7
  postfix libsasl2-2
  postgrey libnet-server-perl libio-multiplex-perl libberkeleydb-perl libnetaddr-ip-perl libnet-dns-perl
  libnss-wrapper libuid-wrapper
  microsocks
)

# `scripts/check` as a whole.
CHECK_PACKAGES=(clang-tidy shellcheck)

# `scripts/fuzz`.
FUZZ_PACKAGES=(clang-14 libclang-rt-14-dev)

# Prints those of the named packages that are not installed.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | awk '$2 == "installed" {print $1}') || true
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

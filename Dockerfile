# One image for all programs of the suite: docker build -t limpid:0.1.0 .
# Without a command it serves everything in one process, with its data in the volume /state:
#   docker run -p 8080:8080 -p 50050:50050 -v limpid:/state limpid:0.1.0
# Kubernetes names the program of each service.

FROM debian:bookworm AS builder
WORKDIR /src
# The packages first, so that a change of the sources does not install them again.
COPY scripts/bootstrap scripts/bootstrap
COPY scripts/lib scripts/lib
RUN scripts/bootstrap --run
COPY . .
# What /version shows: docker build --build-arg COMMIT=$(git rev-parse --short=12 HEAD)
ARG COMMIT=unknown
RUN cmake --preset release -DLIMPID_COMMIT=$COMMIT \
    && cmake --build --preset release --target limpid gateway contact-svc verify-svc enrich-svc \
    && strip --strip-debug build/release/bin/*

FROM debian:bookworm-slim
# The libraries that the programs link, and nothing to build with.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libgrpc++1.51 libprotobuf32 libssl3 libphonenumber8 \
       libicu72 libidn2-0 libc-ares2 libsqlite3-0 libpq5 libhiredis0.14 libcurl4 libsimdjson14 libyaml-cpp0.7 \
       libprometheus-cpp-core1.0 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o 65532 -g 65532 -m 0700 /state
COPY --from=builder /src/build/release/bin/ /usr/local/bin/
COPY --from=builder /src/data /usr/local/share/limpid/data
COPY --from=builder /src/build/release/data/email/lists.bin /usr/local/share/limpid/data/email/lists.bin
COPY LICENSE /usr/local/share/limpid/
# In a container loopback reaches nobody. What is set for a program that does not run is passed over.
ENV LIMPID_STATE_DIR=/state \
    LIMPID_GATEWAY_HTTP_ADDR=0.0.0.0:8080 LIMPID_GATEWAY_GRPC_ADDR=0.0.0.0:50050 LIMPID_GATEWAY_OPS_ADDR=0.0.0.0:9100 \
    LIMPID_CONTACT_GRPC_ADDR=0.0.0.0:50051 LIMPID_CONTACT_OPS_ADDR=0.0.0.0:9101 \
    LIMPID_VERIFY_GRPC_ADDR=0.0.0.0:50052 LIMPID_VERIFY_OPS_ADDR=0.0.0.0:9102 \
    LIMPID_ENRICH_GRPC_ADDR=0.0.0.0:50053 LIMPID_ENRICH_OPS_ADDR=0.0.0.0:9103
VOLUME /state
USER 65532:65532
EXPOSE 8080 50050 9100
CMD ["limpid", "serve"]

# Compiler, warnings, sanitizers, ccache and linker: everything that holds for each target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
# -g1 keeps line numbers in stack traces at a third of the object size.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

set(LIMPID_SANITIZER "" CACHE STRING "What -fsanitize= gets; empty for none")
option(LIMPID_FUZZ "Instrument our code for libFuzzer and build tests/fuzz as fuzzers (clang only)" OFF)

find_program(LIMPID_CCACHE ccache)
if(LIMPID_CCACHE)
  # The base directory makes results of one checkout hit in another; the sloppiness is what precompiled
  # headers need to be cacheable at all.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${LIMPID_CCACHE})
endif()

find_program(LIMPID_MOLD mold)
if(LIMPID_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Flags of our own code only: generated code and third-party headers are neither warned about nor instrumented.
add_library(limpid_flags INTERFACE)
target_compile_options(limpid_flags INTERFACE -Wall -Wextra -Werror -Wpedantic -Wshadow -Wnon-virtual-dtor
                                              -Wno-missing-field-initializers -fno-omit-frame-pointer)
target_include_directories(limpid_flags INTERFACE ${CMAKE_SOURCE_DIR})
if(LIMPID_SANITIZER)
  # -Og: at -O1 a file with gRPC headers takes several times as long to compile under sanitizers.
  target_compile_options(limpid_flags INTERFACE -fsanitize=${LIMPID_SANITIZER} -fno-sanitize-recover=all -Og)
  # gcc 12 sees uninitialised members in std::stop_source and std::optional under sanitizers: false.
  target_compile_options(limpid_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=${LIMPID_SANITIZER})
  add_compile_definitions(LIMPID_SANITIZED=1)
endif()
if(LIMPID_FUZZ)
  target_compile_options(limpid_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

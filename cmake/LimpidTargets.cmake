# limpid_library(verify_domain SOURCES a.cc b.cc DEPS limpid::base absl::strings [PRIVATE_DEPS ...])
#   One library per folder: target limpid_verify_domain, alias limpid::verify_domain.
# limpid_executable(limpid SOURCES main.cc DEPS ...)
# limpid_test(base_test LABEL unit SOURCES a_test.cc DEPS limpid::base [TIMEOUT 60] [RESOURCES name])
#   One test binary per source folder, one ctest entry. Labels: unit (no process, no port), integration, e2e, slow.
#   Only tests of label unit are built under ThreadSanitizer, and of those only what links no gRPC (see NO_TSAN);
#   TSAN adds an integration test that links no gRPC.
# limpid_fuzzer(phone_number SOURCES phone_number_fuzz.cc DEPS limpid::quality)
#   A target of libFuzzer whose corpus lies in tests/fuzz/corpus/<name>. Preset fuzz builds the fuzzer itself, every
#   other preset the unit test fuzz_<name>_test, which replays the corpus.
include_guard()

function(limpid_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(limpid_${name} STATIC ${arg_SOURCES})
  add_library(limpid::${name} ALIAS limpid_${name})
  target_link_libraries(limpid_${name} PUBLIC ${arg_DEPS} PRIVATE limpid_flags ${arg_PRIVATE_DEPS})
  target_include_directories(limpid_${name} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()

function(limpid_executable name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE limpid_flags ${arg_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

function(limpid_test name)
  cmake_parse_arguments(arg "NO_TSAN;TSAN" "LABEL;TIMEOUT" "SOURCES;DEPS;NEEDS" ${ARGN})
  if(LIMPID_SANITIZER STREQUAL "thread" AND (arg_NO_TSAN OR NOT (arg_TSAN OR arg_LABEL STREQUAL "unit")))
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE limpid_flags ${arg_DEPS} GTest::gmock limpid::gtest_main)
  if(NOT LIMPID_SANITIZER)
    target_precompile_headers(${name} REUSE_FROM limpid_gtest_main)
  endif()
  target_compile_definitions(${name} PRIVATE LIMPID_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                             LIMPID_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
  foreach(target ${arg_NEEDS})
    add_dependencies(${name} ${target})
  endforeach()
endfunction()

function(limpid_fuzzer name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  set(corpus ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  if(LIMPID_FUZZ)
    limpid_executable(fuzz_${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS})
    target_compile_definitions(fuzz_${name} PRIVATE LIMPID_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    limpid_test(fuzz_${name}_test LABEL unit
      SOURCES ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_test.cc ${arg_SOURCES} DEPS ${arg_DEPS})
    target_compile_definitions(fuzz_${name}_test PRIVATE LIMPID_FUZZ_CORPUS="${corpus}")
  endif()
endfunction()

# limpid_proto(verify [ROOT dir] SOURCES a.proto ... DEPS type google)
#   The messages of a package: alias limpid::proto_<name>. Linked whole: a linker drops unreferenced descriptors
#   from static libraries, and the gateway would then serve half the API. Generated code is a system include,
#   without our warnings and sanitizers. No gRPC stubs are generated: libs/rpc serves and calls methods by their
#   descriptors (docs/adr/2026-11-21-services-from-descriptors.md).
function(limpid_proto name)
  cmake_parse_arguments(arg "" "ROOT" "SOURCES;DEPS" ${ARGN})
  set(root ${CMAKE_CURRENT_SOURCE_DIR})
  if(arg_ROOT)
    set(root ${arg_ROOT})
  endif()
  set(out ${CMAKE_BINARY_DIR}/protos)
  set(sources)
  foreach(proto ${arg_SOURCES})
    string(REGEX REPLACE "[.]proto$" "" stem ${proto})
    add_custom_command(
      OUTPUT ${out}/${stem}.pb.cc ${out}/${stem}.pb.h
      COMMAND protobuf::protoc --cpp_out=${out} -I${root} -I${PROJECT_SOURCE_DIR}/protos -I${LIMPID_GOOGLEAPIS}
              ${proto}
      DEPENDS ${root}/${proto} VERBATIM)
    list(APPEND sources ${out}/${stem}.pb.cc)
  endforeach()

  add_library(limpid_proto_${name}_archive STATIC ${sources})
  target_include_directories(limpid_proto_${name}_archive SYSTEM PUBLIC ${out})
  target_link_libraries(limpid_proto_${name}_archive PUBLIC protobuf::libprotobuf)
  add_library(limpid_proto_${name} INTERFACE)
  add_library(limpid::proto_${name} ALIAS limpid_proto_${name})
  add_dependencies(limpid_proto_${name} limpid_proto_${name}_archive)
  target_include_directories(limpid_proto_${name} SYSTEM INTERFACE ${out})
  target_link_libraries(limpid_proto_${name}
    INTERFACE "$<LINK_LIBRARY:WHOLE_ARCHIVE,limpid_proto_${name}_archive>" protobuf::libprotobuf)
  foreach(dep ${arg_DEPS})
    target_link_libraries(limpid_proto_${name} INTERFACE limpid_proto_${dep})
    add_dependencies(limpid_proto_${name}_archive limpid_proto_${dep}_archive)
  endforeach()
  set_property(GLOBAL APPEND PROPERTY LIMPID_PROTOS ${arg_SOURCES})
endfunction()

# One FileDescriptorSet of all protos with their comments.
function(limpid_descriptor_set)
  get_property(protos GLOBAL PROPERTY LIMPID_PROTOS)
  set(paths)
  foreach(proto ${protos})
    if(EXISTS ${PROJECT_SOURCE_DIR}/protos/${proto})
      list(APPEND paths ${PROJECT_SOURCE_DIR}/protos/${proto})
    endif()
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/protos/limpid.desc)
  add_custom_command(
    OUTPUT ${out}
    COMMAND protobuf::protoc --include_imports --include_source_info --descriptor_set_out=${out}
            -I${PROJECT_SOURCE_DIR}/protos -I${LIMPID_GOOGLEAPIS} ${paths}
    DEPENDS ${paths} VERBATIM)
  add_custom_target(limpid_descriptors DEPENDS ${out})
endfunction()

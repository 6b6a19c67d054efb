# candor.wasm, its wasm2js twin, and compiler.wasm. Included by the root with the preset `wasm`.
set(dist ${CMAKE_SOURCE_DIR}/dist)
set(wasm ${CMAKE_SOURCE_DIR}/wasm)
file(MAKE_DIRECTORY ${dist})
find_program(NODE node REQUIRED)

# No function table, no destructors at exit: an instance is dropped, never closed. The runtime is a percent smaller without
# link-time optimization, the compiler a good deal larger.
set(runtime_options -mbulk-memory -Wglobal-constructors)
target_compile_options(candor_runtime PRIVATE ${runtime_options})
target_compile_options(candor_compiler PRIVATE -flto)
target_compile_options(candor_tools PRIVATE -flto)

set(standalone -sSTANDALONE_WASM --no-entry -sFILESYSTEM=0 -sSUPPORT_ERRNO=0 -Wl,--stack-first)

# Links TARGET and cuts it down to the published exports of NAME_exports.txt; fails where it imports or exports more. What
# else is given are passes of wasm-opt.
function(candor_module target output names)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${target}.linked SUFFIX .wasm)
  add_custom_command(
    OUTPUT ${dist}/${output}
    COMMAND ${NODE} ${wasm}/trim.mjs $<TARGET_FILE:${target}> ${dist}/${output} ${wasm}/${names}exports.txt ${wasm}/${names}imports.txt ${ARGN}
    DEPENDS ${target} ${wasm}/features.mjs ${wasm}/trim.mjs ${wasm}/${names}exports.txt ${wasm}/${names}imports.txt
    COMMENT "Trimming ${output}"
    VERBATIM)
endfunction()

# --- candor.wasm -----------------------------------------------------------------------------------------------------
add_executable(candor wasm/exports.cpp)
target_compile_options(candor PRIVATE ${runtime_options})
target_link_libraries(candor PRIVATE candor_runtime)
# Fixed memory, just enough for stack, tables, input, bundle and answer; the linker refuses a size that is too small.
target_link_options(candor PRIVATE ${standalone} -sMALLOC=none -sTOTAL_STACK=65536 -sINITIAL_MEMORY=2097152
  -sALLOW_MEMORY_GROWTH=0 -sEXPORTED_FUNCTIONS=_candor_abi,_candor_alloc,_candor_answer,_candor_call,_candor_free)
# Flattening and rebuilding the control flow before optimizing takes off another 2 %. Writing out small bodies where they are
# called costs next to nothing after brotli and takes off a fifth of the time.
candor_module(candor candor.wasm "" --flatten --rereloop -Oz -Oz --always-inline-max-function-size=8)

add_custom_command(
  OUTPUT ${dist}/candor.nowasm.js
  COMMAND ${NODE} ${wasm}/twin.mjs ${dist}/candor.wasm ${dist}/candor.nowasm.js
  DEPENDS ${dist}/candor.wasm ${wasm}/features.mjs ${wasm}/twin.mjs
  COMMENT "Making the twin"
  VERBATIM)
add_custom_target(runtime-module DEPENDS ${dist}/candor.wasm ${dist}/candor.nowasm.js)

# --- compiler.wasm ---------------------------------------------------------------------------------------------------
# Only the header is wanted of /usr/include: the rest of it belongs to the native compiler.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
file(CREATE_LINK /usr/include/nlohmann ${CMAKE_BINARY_DIR}/include/nlohmann SYMBOLIC)

if(DEFINED ENV{XDG_CACHE_HOME})
  set(cache $ENV{XDG_CACHE_HOME})
else()
  set(cache $ENV{HOME}/.cache)
endif()
set(CANDOR_ICU_SOURCE ${cache}/candor/icu-72.1/source/common CACHE PATH "ICU's common library, fetched by script/bootstrap")

# What icu::MessagePattern and icu::UnicodeString reach, and nothing else of ICU.
add_compile_options(-flto)
add_library(icu_messagepattern STATIC
  ${CANDOR_ICU_SOURCE}/bytestream.cpp
  ${CANDOR_ICU_SOURCE}/cmemory.cpp
  ${CANDOR_ICU_SOURCE}/messagepattern.cpp
  ${CANDOR_ICU_SOURCE}/patternprops.cpp
  ${CANDOR_ICU_SOURCE}/putil.cpp
  ${CANDOR_ICU_SOURCE}/stringpiece.cpp
  ${CANDOR_ICU_SOURCE}/uchar.cpp
  ${CANDOR_ICU_SOURCE}/uinvchar.cpp
  ${CANDOR_ICU_SOURCE}/unistr.cpp
  ${CANDOR_ICU_SOURCE}/unistr_props.cpp
  ${CANDOR_ICU_SOURCE}/uobject.cpp
  ${CANDOR_ICU_SOURCE}/ustring.cpp
  ${CANDOR_ICU_SOURCE}/ustrtrns.cpp
  ${CANDOR_ICU_SOURCE}/utf_impl.cpp)
target_include_directories(icu_messagepattern SYSTEM PUBLIC ${CANDOR_ICU_SOURCE})
target_compile_definitions(icu_messagepattern
  PUBLIC U_STATIC_IMPLEMENTATION U_CHARSET_IS_UTF8=1 UCONFIG_NO_CONVERSION=1 UCONFIG_NO_SERVICE=1
  PRIVATE U_COMMON_IMPLEMENTATION U_ENABLE_DYLOAD=0)
target_compile_options(icu_messagepattern PRIVATE -w)

target_include_directories(candor_compiler SYSTEM PRIVATE ${CMAKE_BINARY_DIR}/include)
target_link_libraries(candor_compiler PUBLIC icu_messagepattern)

# The host functions stay undefined for Emscripten; compiler_imports.txt says which there are.
add_executable(compiler EXCLUDE_FROM_ALL wasm/compiler_exports.cpp)
target_link_libraries(compiler PRIVATE candor_tools)
target_link_options(compiler PRIVATE ${standalone} -flto -sMALLOC=emmalloc -sTOTAL_STACK=1048576 -sINITIAL_MEMORY=16777216
  -sALLOW_MEMORY_GROWTH=1 -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0
  -sEXPORTED_FUNCTIONS=_command_alloc,_command_argument,_command_input,_command_part,_command_part_size,_command_parts,_command_run)
candor_module(compiler compiler.wasm compiler_)
add_custom_target(compiler-module DEPENDS ${dist}/compiler.wasm)

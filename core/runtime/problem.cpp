#include "core/runtime/problem.h"

namespace candor::runtime {

void Problems::add(Text code, const Key& key, Text found, Text expected) {
  if (Problem* problem = list.add()) *problem = {code, expected, found, key};
}

void Problems::add(Text code, Text path, Text found, Text expected) {
  add(code, Key{path, length(path), -1}, found, expected);
}

}  // namespace candor::runtime

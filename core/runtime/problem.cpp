#include "core/runtime/problem.h"

namespace candor::runtime {

void Problems::add(Text code, const Key& key, Text found, Text expected) {
  Problem* problem = list.add();
  if (!problem) return;
  problem->code = code;
  problem->expected = expected;
  problem->found = found;
  problem->key = key;
}

void Problems::add(Text code, Text path, Text found, Text expected) {
  add(code, Key{path, length(path), -1}, found, expected);
}

}  // namespace candor::runtime

// What must this chat say in Germany? First: build/native/candor build --deployment candor.json --out build/acme
// Then: build/native/example-cpp build/acme/candor.bundle
#include <candor/candor.h>

#include <fstream>
#include <iostream>
#include <iterator>

int main(int, char** arguments) {
  std::ifstream file(arguments[1], std::ios::binary);
  candor::Engine engine;
  engine.load(std::string(std::istreambuf_iterator<char>(file), {}));
  std::cout << engine.decide({.at = "2026-11-20", .jurisdictions = {"DE"}, .channel = "chat", .languages = {"de"}});
}

/// @file Packs and bundles whose checksum fits, whatever is in them: taken or refused, asked, and then replaced by a
/// good one that answers as ever.
#include <cstdlib>

#include "tests/corpus/corpus.h"
#include "tests/corpus/pack_bytes.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace candor::corpus {
namespace {

constexpr const char* deployment =
    "deployment.operator.name=Acme\ndeployment.channels.chat.type=chat-widget\ndeployment.channels.chat.assistant="
    "helper\n"
    "deployment.assistants.helper.name=Ada\ndeployment.purposes.0.id=ads\ndeployment.purposes.0.kind=advertising\n";
constexpr const char* question = "op=decide\nat=2026-11-20\nplace=DE\nlanguage=en\nchannel=chat\n";

/// A pack of this format with a header that fits.
std::string sealed(std::string_view bytes, std::string_view good) {
  std::string pack(bytes);
  if (pack.size() < pack_header) pack.resize(pack_header);
  pack.replace(0, 5, good, 0, 5);
  return resealed(pack);
}

void look_at(std::string_view bytes) {
  static const std::vector<std::string> good = {std::string(tools::embedded("dist/rules.pack")),
                                                std::string(tools::embedded("dist/locales/en.pack"))};
  static Engine engine = loaded(good);
  static const std::string answer = engine.call(std::string(question) + deployment);
  engine.load(sealed(bytes, good[0]));
  engine.load(good[1]);
  // With the deployment of the bundle where it brought one, else handed over.
  for (const char* place : {"DE", "US-CA", "KR"}) {
    const std::string lines =
        std::string("op=explain\nat=2026-11-20\nchannel=chat\nlanguage=de\nplace=") + place + '\n';
    engine.call(lines);
    engine.call(lines + deployment);
  }
  engine.call("op=consent\nat=2026-11-20\nchannel=chat\nevent=accept-all\nevent.now=2026-11-20T09:00:00Z\n" +
              std::string(deployment));
  for (const std::string& pack : good)
    if (!engine.load(pack).starts_with(R"({"type":"success")")) std::abort();
  if (engine.call(std::string(question) + deployment) != answer) std::abort();
}

}  // namespace
}  // namespace candor::corpus

/// Keeps the header fitting, so that what the fuzzer learns is about the sections.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned) {
  size = LLVMFuzzerMutate(data, size, max_size);
  const std::string pack = candor::corpus::resealed({reinterpret_cast<const char*>(data), size});
  pack.copy(reinterpret_cast<char*>(data), size);
  return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  candor::corpus::look_at({reinterpret_cast<const char*>(data), size});
  return 0;
}

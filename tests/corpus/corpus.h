#pragma once
/// @file The corpus, tests/cases/, as questions to the engine: one source of cases for the unit tests, for the answers
/// that the tests in Node compare, for the fuzzers' seeds and for the benchmark. Programs that use it run in the root
/// of the repository, with the packs that ship inside them.
#include <candor/engine.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/cases.h"
#include "core/tools/law.h"

namespace candor::corpus {

/// The law and words that ship. Ends the program where they cannot be read.
const tools::Law& law();

/// The cases that were read.
const std::vector<compiler::Case>& cases();
/// How many the files hold, counted without reading them as cases.
std::size_t cases_in_files();

/// `rules.pack` and every language pack, in the order in which a whole bundle holds them.
std::vector<std::string> shipped_packs();

/// The deployment of a case as it stands, read strictly.
std::optional<compiler::Deployment> deployment_of(const compiler::Json& document, compiler::Issues&);
/// Everything that there is, around one deployment.
std::string whole_bundle(const compiler::Deployment&);
/// The same with as many rules as a rulebook holds: copies of the law, in Japan.
std::string crowded_bundle(const compiler::Deployment&);
/// What `candor build` makes of it.
std::string sliced_bundle(const compiler::Deployment&);

/// The lines of a case's situation, checked by the compiler; without `op`.
std::optional<std::string> situation_lines(const compiler::Case&, const compiler::Deployment&, compiler::Issues&);
/// The same lines unchecked, as a host writes them that has no compiler.
std::string raw_situation_lines(const compiler::Json& situation);
/// The lines of a deployment that is handed over: all of it, as the engine in TypeScript flattens it.
std::string deployment_lines(const compiler::Json& document);

/// The document with its places and languages cut down to the ones that the situation of the case asks about.
compiler::Json narrowed(const compiler::Case&);

/// An engine with packs loaded, each of which must be taken.
Engine loaded(const std::vector<std::string>& packs);

/// One way to put a case to the engine.
struct Way {
  std::string name;
  std::vector<std::string> packs;
  std::string lines;  ///< without `op`
};
/// `whole`, `handed-over` and, where the deployment itself limits neither places nor languages, `sliced` must answer
/// the same; so must `narrow-whole` and `narrow`, over the narrowed deployment. A case about bad input can only be
/// handed over.
std::vector<Way> ways(const compiler::Case&);

}  // namespace candor::corpus

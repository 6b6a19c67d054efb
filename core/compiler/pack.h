#pragma once
/// @file Writes packs and bundles (the layout is runtime/format.h), and reads language packs back for slicing.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compiler/issue.h"
#include "core/compiler/locale.h"
#include "core/compiler/model.h"

namespace candor::compiler {

/// Reports (`too-large`) whatever the layout of packs has no room for.
void check_fits(const Rulebook&, Issues&);

/// The last day on which the rules of a pack are no older than P180D.
Day stale_after(const Rulebook&);

/// The fingerprint of a whole rulebook: eight hexadecimal digits. A slice carries that of what it was cut from.
std::string rulebook_hash(const Rulebook&);

std::string pack_rules(const Rulebook&);
std::string pack_sources(const Rulebook&);
/// The locale must have been baked for the vocabulary and topics of `rulebook`.
std::string pack_locale(const Locale&, const Rulebook& rulebook);
/// The language of a pack that pack_locale wrote; nothing where it is none.
std::optional<Locale> unpack_locale(std::string_view pack);

/// A language pack without a message that goes with `rules_pack`, of whatever release; nothing where that is none.
std::optional<std::string> pack_without_words(Locale, std::string_view rules_pack);

/// What one operator ships.
struct BundleParts {
  const Rulebook& rulebook;            ///< whole or sliced
  const std::vector<bool>& inside;     ///< one a place: whether the bundle answers for it
  std::string hash;                    ///< rulebook_hash of the whole
  const std::vector<Locale>& locales;  ///< best first
  std::vector<std::string> lines;      ///< the deployment, flattened
};
std::string pack_bundle(const BundleParts&);

}  // namespace candor::compiler

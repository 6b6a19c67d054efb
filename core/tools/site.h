#pragma once
/// @file The files that a site serves, written from one deployment.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/compiler/deployment.h"
#include "core/compiler/issue.h"
#include "core/tools/law.h"

namespace candor::tools {

/// UTF-8 text as an ASCII JavaScript string in single quotes, since JSON holds many double ones; compresses to half of
/// what its base64 does.
std::string ascii_literal(std::string_view text);

/// The embedded script `name` with `literal`, a JavaScript string, in place of its placeholder. Nothing where script or
/// placeholder is missing.
std::optional<std::string> script_with_data(std::string_view name, std::string_view literal);

/// `candor.one.js`: loader, twin and bundle in one script. It and the planned file bring the consent prompt and the
/// gates only where the deployment declares purposes.
std::optional<std::string> one_file(std::string_view bundle, const compiler::Deployment&);
/// `candor.plan.js`: a decision already made, and no engine.
std::optional<std::string> planned_file(compiler::Json envelope, const compiler::Deployment&);

/// Files that a page loads only when it needs them, by name: of an embed that is closed, of signals, of the guard, of a
/// registered consent platform; and `candor.head.js`, which knows the deployment's services. None without purposes.
/// Nothing where this was built without its scripts.
std::optional<std::vector<std::pair<std::string, std::string>>> consent_parts(const compiler::Deployment&);

/// The adapters of chat hosts, `hosts/<name>.js`: which one a page needs is known only there.
std::vector<std::pair<std::string, std::string>> adapters();

/// Static HTML for the notices of a decision, in the same words, which need no script; the script (`candor.one.js` with
/// this integrity) refines it. All text is escaped.
std::string snippet_html(const compiler::Json& envelope, std::string_view channel, std::string_view script_integrity);

}  // namespace candor::tools

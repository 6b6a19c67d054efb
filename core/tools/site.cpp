#include "core/tools/site.h"

#include <cstdio>
#include <set>
#include <vector>

#include "core/tools/embedded.h"
#include "core/tools/notices.h"
#include "core/tools/pack_text.h"
#include "core/tools/report.h"

namespace candor::tools {
namespace {

using compiler::items_at;
using compiler::Json;

constexpr std::string_view placeholder = "\"@candor-data@\"";

std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "=\"" + escape_html(value) + '"';
}

bool asks_consent(const compiler::Deployment& deployment) { return !items_at(deployment.document, "purposes").empty(); }

void erase(Json& object, const std::set<std::string>& keys) {
  std::erase_if(object.members, [&](const Json::Member& each) { return keys.count(each.key) > 0; });
}

}  // namespace

std::string ascii_literal(std::string_view text) {
  std::string out = "'";
  const auto escape = [&](unsigned unit) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\u%04x", unit);
    out += digits;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) {
      if (lead == '\'' || lead == '\\') out += '\\';
      if (lead < 0x20) escape(lead);
      else out += static_cast<char>(lead);
      continue;
    }
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    unsigned point = lead & (0x3fu >> more);
    for (; more > 0 && i < text.size(); --more) point = point << 6 | (static_cast<unsigned char>(text[i++]) & 0x3f);
    if (point > 0xffff) escape(0xd800 + ((point - 0x10000) >> 10));
    escape(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point);
  }
  return out + '\'';
}

std::optional<std::string> script_with_data(std::string_view name, std::string_view literal) {
  std::string script(embedded(name));
  const std::size_t at = script.find(placeholder);
  if (at == std::string::npos) return std::nullopt;
  return script.replace(at, placeholder.size(), literal);
}

std::optional<std::string> one_file(std::string_view bundle, const compiler::Deployment& deployment) {
  return script_with_data(asks_consent(deployment) ? "dist/js/one-consent.iife.js" : "dist/js/one.iife.js",
                          pack_literal(bundle));
}

std::optional<std::string> planned_file(Json envelope, const compiler::Deployment& deployment) {
  std::set<std::string> asked_of_the_engine = {"obligations", "undetermined", "moreLinks", "providers"};
  if (!asks_consent(deployment)) asked_of_the_engine.insert("consent");
  for (Json::Member& answer : envelope.members) {
    erase(answer.value, asked_of_the_engine);
    for (Json::Member& field : answer.value.members)
      if (field.key == "notices")
        for (Json& notice : field.value.items)
          for (Json::Member& part : notice.members)
            if (part.key == "text") erase(part.value, {"spoken"});  // no page speaks
  }
  return script_with_data(asks_consent(deployment) ? "dist/js/plan-consent.iife.js" : "dist/js/plan.iife.js",
                          ascii_literal(compiler::write_json(envelope, 0)));
}

std::optional<std::vector<std::pair<std::string, std::string>>> consent_parts(const compiler::Deployment& deployment) {
  std::vector<std::pair<std::string, std::string>> files;
  if (!asks_consent(deployment)) return files;
  for (const char* name : {"candor.chat.js", "candor.cmp.js", "candor.embeds.js", "candor.gpp.js", "candor.guard.js",
                           "candor.signals.js", "candor.tcf.js"})
    files.emplace_back(name, std::string(embedded(std::string("dist/") + name)));
  const Json* purposes = deployment.document.find("purposes");
  auto head = script_with_data("dist/candor.head.js", ascii_literal(compiler::write_json(*purposes, 0)));
  if (!head || files.front().second.empty()) return std::nullopt;
  files.emplace_back("candor.head.js", std::move(*head));
  return files;
}

std::vector<std::pair<std::string, std::string>> adapters() {
  constexpr std::string_view folder = "dist/js/";
  std::vector<std::pair<std::string, std::string>> files;
  for (const EmbeddedFile& file : embedded_files())
    if (file.name.starts_with("dist/js/hosts/")) files.emplace_back(file.name.substr(folder.size()), file.bytes);
  return files;
}

std::string snippet_html(const Json& envelope, std::string_view channel, std::string_view script_integrity) {
  std::string notices, links;
  if (const Json* decision = envelope.find("value")) {
    for (const Words& words : notices_in(*decision, {})) notices += "  " + paragraph(words);
    for (const Words& link : links_in(*decision))
      links += "  <a" + attribute("href", link.url) + '>' + escape_html(link.body) + "</a>\n";
  }
  std::string html;
  if (!notices.empty() || !links.empty())
    html = "<div" + attribute("data-candor-static", channel) + ">\n" + notices + links + "</div>\n";
  return html + "<script src=\"candor.one.js\"" + attribute("data-channel", channel) +
         attribute("integrity", script_integrity) + " defer></script>\n";
}

}  // namespace candor::tools

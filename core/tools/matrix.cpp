#include <algorithm>

#include "core/compiler/pack.h"
#include "core/compiler/reader.h"
#include "core/tools/command.h"
#include "core/tools/law.h"
#include "core/tools/report.h"
#include "core/tools/survey.h"

namespace candor::tools {
namespace {

using compiler::Issues;
using compiler::Json;
using compiler::json_list;
using compiler::json_object;
using compiler::json_text;
using compiler::json_texts;

Json names(const Json& decision, const char* list, const char* key) {
  std::vector<std::string> found;
  for (const Json& item : compiler::items_at(decision, list)) found.push_back(compiler::text_at(item, key));
  return json_texts(found);
}

Json cell(const Row& row) {
  const Json& decision = row.decision;
  std::vector<Json> obligations, undetermined, notices;
  for (const Json& each : compiler::items_at(decision, "obligations")) obligations.push_back(in_short(each));
  for (const Json& each : compiler::items_at(decision, "undetermined"))
    undetermined.push_back(json_object({{"rule", *each.find("rule")}, {"needs", *each.find("needs")}}));
  for (const Json& each : compiler::items_at(decision, "notices"))
    notices.push_back(
        json_object({{"id", *each.find("id")}, {"timing", *each.find("timing")}, {"slots", *each.find("slots")}}));
  const Json& consent = *decision.find("consent");
  std::vector<Json::Member> members = {
      {"place", json_text(row.place)},
      {"name", json_text(row.name)},
      {"channel", json_text(row.channel)},
      {"validUntil", *decision.find("validUntil")},
      {"obligations", json_list(std::move(obligations))},
      {"undetermined", json_list(std::move(undetermined))},
      {"notices", json_list(std::move(notices))},
      {"consent", json_object({{"model", *consent.find("model")}, {"prompt", *consent.find("prompt")}})},
      {"marks", names(decision, "marks", "id")},
      {"offers", names(decision, "offers", "id")},
      {"blocks", names(decision, "blocks", "action")},
      {"links", names(decision, "links", "id")}};
  if (const std::string why = reason(row); !why.empty()) members.push_back({"reason", json_text(why)});
  return json_object(std::move(members));
}

/// One field after RFC 4180. Spreadsheets take what begins like a formula for one, so an apostrophe keeps it text.
std::string field(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) text.insert(0, 1, '\'');
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_row(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i ? "," : "") + field(fields[i]);
  return line + "\r\n";
}

/// A line for each obligation; one with the reason where there is none.
std::string csv(const std::vector<Row>& rows) {
  std::vector<std::string> keys = {"rule", "duty", "topic", "severity", "certainty", "status", "law", "article", "url"};
  std::vector<std::string> head = {"place", "name", "channel"};
  head.insert(head.end(), keys.begin(), keys.end());
  head.push_back("reason");
  std::string text = csv_row(head);
  for (const Row& row : rows) {
    const std::vector<Json>& obligations = compiler::items_at(row.decision, "obligations");
    const std::vector<Json> nothing = {Json()};
    for (const Json& each : obligations.empty() ? nothing : obligations) {
      std::vector<std::string> fields = {row.place, row.name, row.channel};
      const Json brief = in_short(each);
      for (const std::string& key : keys) fields.push_back(compiler::text_at(brief, key));
      fields.push_back(obligations.empty() ? reason(row) : "");
      text += csv_row(fields);
    }
  }
  return text;
}

}  // namespace

Outcome matrix(const Invocation& invocation) {
  Issues issues;
  auto law = embedded_law(issues);
  if (!law) return refuse(issues);
  const std::string day = invocation.option("at");
  if (!compiler::parse_date(day))
    issues.push_back({"bad-date", "--at", "found `" + day + "`, expected a day that exists, YYYY-MM-DD", {}});
  auto deployment = read_deployment_option(invocation, law->rulebook, issues);
  if (!deployment || !issues.empty()) return refuse(issues);
  const std::string name = compiler::text_at(*deployment->document.find("operator"), "name");
  auto survey = Survey::of(*law, std::move(*deployment), issues);
  const auto rows = survey ? survey->rows(day, issues) : std::nullopt;
  if (!rows) return refuse(issues);
  std::vector<Json> cells;
  for (const Row& row : *rows) cells.push_back(cell(row));
  const std::string stale = compiler::format_date(compiler::stale_after(law->rulebook) + 1);
  const std::string& rules = compiler::text_at(rows->front().decision, "rules");
  Outcome outcome;
  outcome.out = R"({"type":"success","warnings":[],"value":)" +
                compiler::write_json(json_object({{"rules", json_text(rules)},
                                                  {"at", json_text(day)},
                                                  {"operator", json_text(name)},
                                                  {"cells", json_list(std::move(cells))}}),
                                     0) +
                "}\n";
  if (invocation.has("html"))
    outcome.files.emplace_back(invocation.option("html"), report_html(name, day, rules, stale, *rows));
  if (invocation.has("csv")) outcome.files.emplace_back(invocation.option("csv"), csv(*rows));
  return outcome;
}

}  // namespace candor::tools

#pragma once
/// @file The report of `candor matrix` that people read and print: one HTML file that needs nothing else.
#include <string>
#include <vector>

#include "core/tools/survey.h"

namespace candor::tools {

/// `text` for HTML, in elements and in quoted attributes.
std::string escape_html(std::string_view text);

/// A page of its own, in the looks of the report; `body` is HTML, `title` text.
std::string html_page(std::string_view title, const std::string& body);

/// Why nothing is due, where nothing is: that no rule is in force there, or what each rule that was looked at lacks.
/// Empty where something is due.
std::string reason(const Row&);

/// Places with the same duties stand in one row; `rules` is the version of the rulebook, `stale` the day on which it is
/// too old, which changes no duty.
std::string report_html(const std::string& operator_name, const std::string& day, const std::string& rules,
                        const std::string& stale, const std::vector<Row>& rows);

}  // namespace candor::tools

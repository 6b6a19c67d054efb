#pragma once
/// @file Marks of AI output as plain data: what to write in each form, and what is found in content handed over.
/// Vocabularies and the standing of each: docs/marks.md.
#include "core/runtime/answer.h"

namespace candor::runtime {

/// What a mark speaks of.
struct Marked {
  const Book& book;
  const Deployment& deployment;
  const Situation& situation;
  const Context& context;
};

/// Writes `"values"`: for each of `forms` (mask) what to write there. What is not known is left out, and so is a form
/// that is more than a text, such as a signed manifest.
void write_marks(const Marked& marked, std::uint32_t forms, JsonWriter& out);

/// Writes `"marks"`: each mark in `content`, labels first, the others in the order in which they stand: its form, its
/// value, the origins that this value means (none: it means nothing), and whether it contradicts an earlier mark of the
/// same thing. A page's marks speak of the page, an element's of the element. Changes `content`.
void read_marks(const Book& book, const Languages& languages, const Deployment& deployment, char* content,
                JsonWriter& out);

}  // namespace candor::runtime

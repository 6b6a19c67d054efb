#pragma once
/// @file Candor: decides which AI disclosures, consent notices and marks a site, chat, portal, e-mail or contract must
/// carry.
///
/// The tour, in the order of use:
///  - `Situation` (situation.h): one moment: day, places, channel, languages, facts.
///  - `Engine` (engine.h): loads what `candor build` or the bake wrote, and answers. Errors are values; nothing throws.
///
/// Answers are JSON, the same bytes as in a browser, in Node and at an edge: docs/decision.md says what is in them.
#include "candor/engine.h"
#include "candor/situation.h"

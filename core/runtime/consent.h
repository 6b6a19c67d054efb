#pragma once
/// @file Consent: which model holds for each purpose, where the person stands, and whether to ask.
///
/// Standing is what the person did; state is what the gate does now. Under opt-in only an explicit grant opens it.
/// Under opt-out and notice it is open until a choice, or Global Privacy Control where a rule honours it, closes it.
/// GPC is read live and never recorded; an explicit grant outweighs it.
#include <cstdint>

#include "core/runtime/bundle.h"
#include "core/runtime/deployment.h"
#include "core/runtime/request.h"

namespace candor::runtime {

enum class Standing { unasked, granted, denied, withdrawn, expired };
inline constexpr Words standings = "unasked\0granted\0denied\0withdrawn\0expired\0";
/// Where the person is to be asked now: what becomes of the words of a chat, in the chat.
enum class Ask { nowhere, on_page, in_chat };
inline constexpr Words ask_slots = "\0page-banner\0before-chat\0";
enum class Gpc { absent, honoured, not_applicable };
inline constexpr Words gpc_states = "absent\0honoured\0not-applicable\0";

struct PurposeState {
  Model model;
  Standing standing;
  Ask ask;
  bool granted;
  bool unreadable;  ///< what is recorded of it cannot be read: it may have been a refusal
  bool gpc_denies;  ///< the signal is an opt-out that no later choice outweighs
  Day until;        ///< the day on which a grant expires, or `no_day`
};

struct Consent {
  Model model;  ///< the strictest of the purposes that are not necessary
  bool prompt, equal_choice, by_parent, gpc_status, unreadable;
  Gpc gpc;
  bool gpc_denies;  ///< the signal is an opt-out that no later choice outweighs
  bool terms_changed;
  Day refused, reprompt_not_before;
  Text floor, cap;  ///< the longest time before asking again, the shortest life of a grant
  PurposeState purposes[48];
};

struct Decision;

/// Applies the event of `situation` to its record: the one place where a choice is made. Prohibited purposes stay
/// denied; necessary ones are not asked for.
void apply_event(const Book& book, const Deployment& deployment, const Decision& decision, Situation& situation);

}  // namespace candor::runtime

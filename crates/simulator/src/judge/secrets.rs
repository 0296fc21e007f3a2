//! Rules for each secret.

use super::cases::{Broken, Case, Cases, Life};
use super::requests::pass;
use crate::history::State;
use crate::script::{Action, Look, Pass};
use std::time::Duration;

/// A page may be wrong about an expiry if its clock is further ahead than this: what
/// its margin of six minutes has beyond a signature and a request.
const PAGE_AHEAD: i64 = 25;
const WITHDRAWAL: &str = "UpdateItem secret (withdrawn)";
/// An account's list goes back so far.
const LISTED_SECONDS: i64 = 30 * 86_400;

pub(super) fn judge(cases: &Cases<'_>, broken: &mut Broken) {
    for life in &cases.secrets {
        let requests = || cases.requests.values();
        released(life, requests(), broken);
        ended(life, cases, broken);
        stories(life, cases, broken);
        creation(life, cases, broken);
        for case in requests() {
            open(life, case, broken);
            known(life, case, broken);
        }
    }
}

fn released<'a>(life: &Life<'_>, requests: impl Iterator<Item = &'a Case<'a>>, broken: &mut Broken) {
    let shown = |case: &&Case<'_>| case.answered.is_some_and(|(_, answer)| answer.released == Some(life.id));
    let shown: Vec<_> = requests.filter(shown).collect();
    for late in shown.iter().filter(|case| life.creation.is_some() && case.clock >= life.ends) {
        let found = format!("{} s late", late.clock - life.ends);
        broken.note("no secret opens after its end", Some(late.id), found);
    }
    let ids: Vec<_> = shown.iter().map(|case| case.id).collect();
    if ids.len() > 1 {
        broken.note("a text is released once", ids.last().copied(), format!("secret {} by {ids:?}", life.id));
    }
}

/// The rows: one request ends a secret, and what is destroyed stays so.
fn ended(life: &Life<'_>, cases: &Cases<'_>, broken: &mut Broken) {
    for other in life.ended.iter().skip(1) {
        let first = &life.ended[0];
        if (other.request, &other.call.name) != (first.request, &first.call.name) {
            let found = format!("{:?} after {:?} by #{}", other.call, first.call, first.request);
            broken.note("a secret ends once", Some(other.request), found);
        }
    }
    let Some(creation) = life.creation.and_then(|creation| cases.requests.get(&creation)) else { return };
    // A withdrawal counts whatever it has found: a late put must find its tombstone.
    let withdrawals = creation.carried_out.iter().filter(|call| call.call.is(WITHDRAWAL));
    let over = life.ended.iter().chain(withdrawals).map(|call| call.at).min();
    let put = creation.done("PutItem secret");
    if let Some(put) = put.filter(|put| over.is_some_and(|over| put.at > over)).last() {
        let found = format!("secret {} is stored at {:?}, and was over at {over:?}", life.id, put.at);
        broken.note("what is destroyed does not come back", Some(creation.id), found);
    }
}

/// What was told of a secret.
struct Told<'a> {
    case: &'a Case<'a>,
    at: Duration,
    state: State,
}

/// Who is told how a secret ended is never told otherwise.
///
/// Except for a creation that nobody was told of and whose secret was not stored by then:
/// its creator's list calls it expired (docs/decisions.md).
fn stories(life: &Life<'_>, cases: &Cases<'_>, broken: &mut Broken) {
    let creation = life.creation.and_then(|creation| cases.requests.get(&creation));
    let is_stored = |at: Duration| {
        creation.is_some_and(|creation| creation.done("PutItem secret").any(|put| put.at <= at))
    };
    let mut told = Vec::new();
    for case in cases.requests.values() {
        let Some((at, answer)) = case.answered else { continue };
        let states = answer.told.iter().filter(|(secret, _)| *secret == life.id).map(|(_, state)| *state);
        let state = states.chain((answer.released == Some(life.id)).then_some(State::Received));
        let by_page = matches!(case.action, Action::Look(_, Look::Page));
        let was_made = life.acknowledged.is_some() || is_stored(at);
        let is_binding =
            |state: &State| *state != State::Expired || was_made && !(by_page && case.ahead > PAGE_AHEAD);
        told.extend(state.filter(is_binding).map(|state| Told { case, at, state }));
    }
    for expired in told.iter().filter(|told| told.state == State::Expired) {
        let by_page = matches!(expired.case.action, Action::Look(_, Look::Page));
        let is_gone = life.deleted.is_some_and(|deleted| deleted <= expired.at);
        let is_written =
            life.ended.iter().any(|end| end.call.is("UpdateItem secret (expired)") && end.at <= expired.at);
        if !by_page && !is_gone && !is_written {
            let found = format!("secret {}", life.id);
            broken.note("expiry is told after it is written", Some(expired.case.id), found);
        }
    }
    for earlier in told.iter().filter(|told| told.state.is_last()) {
        // A page with a slower clock says that the time is up, as it does before it may say
        // that nobody read the secret.
        let agrees =
            |later: State| later == earlier.state || (earlier.state, later) == (State::Expired, State::Ended);
        for later in told.iter().filter(|later| !agrees(later.state)) {
            if later.state.is_last() && later.at >= earlier.at || later.case.is_after(Some(earlier.at)) {
                let found =
                    format!("told {:?} after #{} was told {:?}", later.state, earlier.case.id, earlier.state);
                broken.note("who is told an end is never told otherwise", Some(later.case.id), found);
            }
        }
    }
    let by_api = |told: &&Told<'_>| {
        !matches!(told.case.action, Action::Look(_, Look::Page) | Action::Burn(_, _, true))
    };
    for earlier in told.iter().filter(by_api).filter(|told| told.state == State::Viewed) {
        let again = told
            .iter()
            .filter(by_api)
            .find(|later| later.state == State::New && later.case.is_after(Some(earlier.at)));
        if let Some(again) = again {
            let found = format!("new after #{} was told viewed", earlier.case.id);
            broken.note("a receipt that was viewed is not new", Some(again.case.id), found);
        }
    }
}

/// What a creation leaves behind.
fn creation(life: &Life<'_>, cases: &Cases<'_>, broken: &mut Broken) {
    let Some(case) = life.creation.and_then(|creation| cases.requests.get(&creation)) else { return };
    let id = Some(case.id);
    let withdrawn = life.ended.iter().find(|ended| ended.call.is(WITHDRAWAL));
    if let (200, Some(withdrawn)) = (case.status(), withdrawn) {
        broken.note("an acknowledged creation is kept", id, format!("withdrawn at {:?}", withdrawn.at));
    }
    let sent: Vec<_> = case.done("SendEmail").collect();
    let Some((at, _)) = case.answered else { return };
    let is_mailed = sent.iter().any(|mail| mail.at <= at);
    // A mail that was opened before its answer came needs no other answer.
    if case.status() == 200 && life.wish.mailed && !is_mailed {
        broken.note("an acknowledged mail was sent", id, "no mail".to_owned());
    }
    if !sent.is_empty() && (!life.wish.mailed || (400..500).contains(&case.status())) {
        broken.note("a refused creation sends no mail", id, format!("{} mails", sent.len()));
    }
    let revealed = cases
        .requests
        .values()
        .find(|other| other.answered.is_some_and(|(_, answer)| answer.released == Some(life.id)));
    if let (502, Some(revealed)) = (case.status(), revealed) {
        let found = format!("#{} was told that it was not kept", case.id);
        broken.note("what was not kept is not revealed", Some(revealed.id), found);
    }
}

/// An acknowledged secret opens until its end, unless it was consumed.
fn open(life: &Life<'_>, case: &Case<'_>, broken: &mut Broken) {
    let asks = matches!(case.action, Action::Reveal(..) | Action::Burn(..));
    let Some((at, answer)) = case.answered.filter(|_| asks && case.secret() == Some(life.id)) else { return };
    let is_right = !life.wish.passphrase || pass(case) == Some(Pass::Right);
    let is_consumed = life.ended.iter().any(|ended| ended.at <= at);
    let in_time = case.is_after(life.acknowledged) && case.clock < life.ends;
    if is_right && in_time && !is_consumed && (400..500).contains(&answer.status) && answer.status != 429 {
        let found = format!("{} {}", answer.status, answer.message);
        broken.note("an acknowledged secret opens until its end", Some(case.id), found);
    }
}

/// An acknowledged receipt is there until its end, and on the list of its creator.
fn known(life: &Life<'_>, case: &Case<'_>, broken: &mut Broken) {
    let Some((at, answer)) = case.answered.filter(|_| case.is_after(life.acknowledged)) else { return };
    let ends = life.ends + life.wish.ttl;
    let looks = matches!(case.action, Action::Look(..)) && case.secret() == Some(life.id);
    if looks && answer.status == 404 && case.clock < ends {
        broken.note("an acknowledged receipt is there until its end", Some(case.id), "404".to_owned());
    }
    let lists = life.wish.account.is_some_and(|account| case.action == Action::Recent(account));
    let listed_until = ends.min(life.ends - life.wish.ttl + LISTED_SECONDS);
    // TTL takes entries of lists without a margin, by AWS's own clock.
    let took = at.saturating_sub(case.arrived.unwrap_or(at)).as_secs();
    let latest = case.clock.max(case.clock - case.ahead + 1 + i64::try_from(took).unwrap_or(0));
    let is_listed = answer.told.iter().any(|(secret, _)| *secret == life.id);
    if lists && answer.status == 200 && latest < listed_until && !is_listed {
        let found = format!("secret {} is not on the list", life.id);
        broken.note("an acknowledged receipt is there until its end", Some(case.id), found);
    }
}
